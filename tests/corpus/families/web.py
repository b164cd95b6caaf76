"""Lines 12 to 17: what websites do to a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

from tests.corpus.families.zeros import mark, zeros_as
from tests.corpus.family import Family, Way, clean, written
from tests.corpus.formats import html, text
from tests.corpus.layout import Grid, Printed, Square


def page(content: Callable[[Printed], str], around: html.Page | None = None) -> Callable[[Printed], bytes]:
    around = around or html.Page()
    return lambda printed: around.around(content(printed)).encode()


def inner(label: html.Inner, number: html.Inner | None = None) -> Callable[[Printed], bytes]:
    """A page whose label cells are written by `label` and whose number cells by `number`."""
    return page(lambda printed: html.body(printed, partial(html.table, inner=number or label, label=label)))


def _digits_apart(text: str) -> str:
    """A number with each digit in a span of its own, as Word exports one that was corrected."""
    return "".join(f"<span lang=EN-US>{html.plain(letter)}</span>" for letter in text) or "&nbsp;"


def _grid_page(change: Callable[[Grid], Grid]) -> Callable[[Printed], bytes]:
    return page(lambda printed: html.body(printed, lambda grid: html.table(change(grid))))


def _corner(grid: Grid) -> Square | None:
    return next((square for square in grid.squares if square.label == "note"), None)


def _corner_in_three(grid: Grid) -> Grid:
    """The note over the first header row only, an empty cell over the labels in the other two."""
    corner = _corner(grid)
    if corner is None:
        return grid
    rest = tuple(square for square in grid.squares if square is not corner)
    empty = (replace(corner, text="", row=1, row_span=1), replace(corner, text="", row=2, row_span=1))
    return replace(grid, squares=(replace(corner, row_span=1), *empty, *rest))


def _corner_by_column(grid: Grid) -> Grid:
    """The note over one label column, empty fillers over the two others."""
    corner = _corner(grid)
    if corner is None:
        return grid
    rest = tuple(square for square in grid.squares if square is not corner)
    fillers = tuple(
        replace(corner, text="", column=column, row=row, row_span=1, column_span=1)
        for column in (1, 2)
        for row in range(3)
    )
    return replace(grid, squares=(replace(corner, column_span=1), *fillers, *rest))


def _super_too_wide(grid: Grid) -> Grid:
    """The super-header and the titles of articles claim more columns than there are."""
    wide = ("super", "caption:")
    return grid.relabelled(
        lambda square: replace(square, column_span=square.column_span + 3) if square.label.startswith(wide) else square
    )


def _no_header_spans(grid: Grid) -> Grid:
    """The group header of the applications table without its colspan."""
    return grid.relabelled(
        lambda square: replace(square, column_span=1) if square.label == "group:organisation" else square
    )


def _results_too_long(grid: Grid) -> Grid:
    """三、本年度办理结果 claims one row more than it has."""
    return grid.relabelled(
        lambda square: replace(square, row_span=square.row_span + 1) if square.label == "group:results" else square
    )


def _unsure_of_table(prefix: str) -> Callable[[Printed, Random], Printed]:
    return lambda report, rng: report.unsure_of(address for address in report.expected if address.startswith(prefix))


def _metadata(printed: Printed) -> bytes:
    agency = next(name for name in printed.agencies if name)
    title = next(iter(printed.squares()), None)
    around = html.metadata_page(agency, f"{agency}政府信息公开工作年度报告" if title else "")
    return around.around(html.body(printed)).encode()


def _metadata_in_layout(printed: Printed) -> bytes:
    agency = next(name for name in printed.agencies if name)
    index = html.metadata_page(agency, f"{agency}政府信息公开工作年度报告").before
    around = replace(html.LAYOUT_TABLES, before=html.LAYOUT_TABLES.before + index)
    return around.around(html.body(printed, partial(html.table, inner=html.soup))).encode()


def _single_quoted(printed: Printed) -> str:
    content = html.body(printed).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("</", "<\\/")
    return f"<script>\ndocument.write('{content}');\n</script>"


def _escaped_letters(printed: Printed) -> str:
    content = html.body(printed)
    escaped = "".join(letter if letter.isascii() else f"\\u{ord(letter):04x}" for letter in content)
    escaped = escaped.replace('"', '\\"').replace("\n", "\\n").replace("/", "\\/")
    return f'<script type="text/javascript">var detail = {{"id": 1042, "content": "{escaped}"}};</script>'


def encoded(encoding: str, declared: str, *, mark: bytes = b"", newline: str = "\n") -> Callable[[Printed], bytes]:
    def write(printed: Printed) -> bytes:
        content = html.Page(charset=declared).around(html.body(printed)).replace("\n", newline)
        return mark + content.encode(encoding)

    return write


def encoded_text(encoding: str, *, mark: bytes = b"", newline: str = "\n") -> Callable[[Printed], bytes]:
    return lambda printed: mark + text.text(printed, text.rows_with_pipes).replace("\n", newline).encode(encoding)


def way(name: str, write: Callable[[Printed], bytes], suffix: str = ".html") -> Way:
    return Way(name, "html" if suffix != ".txt" else "text-rows", suffix, write)


BOM = b"\xef\xbb\xbf"
FAMILIES: tuple[Family, ...] = (
    written("12-span", "标签被span、p切断", (Way("word", "html-word", ".htm", inner(html.soup)),)),
    written("12-font", "标签被font切断", (way("font", inner(html.fonts, html.soup)),)),
    written("12-br", "标签被br切断", (way("br", inner(html.broken)),)),
    written("12-paragraph", "标签分成两段", (way("p", inner(html.paragraphs)),)),
    written("12-digits", "数字被span切断", (way("digits", inner(html.soup, _digits_apart)),)),
    written(
        "13-fillers",
        "用空格代替合并",
        (way("fillers", page(lambda printed: html.body(printed, html.table_with_fillers))),),
    ),
    written(
        "13-header",
        "表头各行跨度不一",
        (
            way("rows", _grid_page(_corner_in_three)),
            way("columns", _grid_page(_corner_by_column)),
            way("wide", _grid_page(_super_too_wide)),
        ),
    ),
    written(
        "13-no-span", "表头没有跨列", (way("none", _grid_page(_no_header_spans)),), _unsure_of_table("applications.")
    ),
    written(
        "13-long-span",
        "跨行多算一行",
        (way("long", _grid_page(_results_too_long)),),
        _unsure_of_table("applications.carried_forward."),
    ),
    written("14-metadata", "正文前有索引表", (way("index", _metadata),)),
    written(
        "14-layout",
        "外有布局表格",
        (way("layout", page(html.body, html.LAYOUT_TABLES)), way("both", _metadata_in_layout)),
    ),
    written(
        "15-script",
        "正文在脚本字符串里",
        (
            way("json", page(lambda printed: html.in_script(html.body(printed)))),
            way("quoted", page(_single_quoted)),
            way("escaped", page(_escaped_letters)),
        ),
    ),
    written("16-chrome", "页头页脚、今天的日期", (way("chrome", page(html.body, html.CHROME)),)),
    written(
        "16-chrome-dash",
        "页头页脚，零写作-",
        (way("dash", page(lambda printed: html.body(printed, partial(html.table, inner=html.soup)), html.CHROME)),),
        zeros_as(mark("-")),
    ),
    written(
        "17-charset",
        "编码与声明不符",
        (
            way("gbk-as-utf8", encoded("gb18030", "utf-8")),
            way("utf8-as-gbk", encoded("utf-8", "gb2312")),
            way("gbk", encoded("gb18030", "gb2312")),
            way("gbk-silent", encoded("gb18030", "")),
            way("utf8-silent", encoded("utf-8", "")),
            way("gbk-text", encoded_text("gb18030"), ".txt"),
            way("utf16-text", encoded_text("utf-16"), ".txt"),
        ),
    ),
    written(
        "17-bom",
        "BOM与CRLF",
        (
            way("html", encoded("utf-8", "utf-8", mark=BOM, newline="\r\n")),
            way("text", encoded_text("utf-8", mark=BOM, newline="\r\n"), ".txt"),
            way("gbk-text", encoded_text("gb18030", newline="\r\n"), ".txt"),
        ),
        clean,
    ),
)

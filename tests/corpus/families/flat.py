"""Lines 18 to 25 and 27 to 31 in plain text: tables that lost their shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby
from random import Random

from tests.corpus.families.numbers import both
from tests.corpus.families.zeros import BLANK, mark, zeros_as
from tests.corpus.family import Family, Mess, Origin, Way, clean, messed, nothing_certain, written
from tests.corpus.formats import text
from tests.corpus.grids import Style, stacked
from tests.corpus.layout import Block, Grid, Printed, Square
from tests.corpus.splitting import CutLabel, header_of, only_above, repeated, split


def _way(name: str, table: text.TableText) -> Way:
    """A text file counted under the flattening its name begins with (`rows-dash` under `text-rows`)."""
    return Way(name, f"text-{name.split('-')[0]}", ".txt", lambda printed: text.text(printed, table).encode())


def _without_blanks(grid: Grid) -> Grid:
    return replace(grid, squares=tuple(square for square in grid.squares if square.text))


def _without_repeats(grid: Grid) -> Grid:
    """Of equal neighbours in a row only the first is kept."""
    kept: list[Square] = []
    for row in grid.rows():
        for _, same in groupby(row, key=lambda square: square.text):
            kept.append(next(same))
    return replace(grid, squares=tuple(kept))


def _dropped(change: Callable[[Grid], Grid], table: text.TableText) -> text.TableText:
    return lambda grid: table(change(grid))


def losing_labels(chosen: Callable[[Square], bool]) -> Mess:
    """Label cells whose text is gone while the cell stays."""

    def mess(report: Printed, rng: Random) -> Printed:
        return report.each_square(lambda square: replace(square, text="") if chosen(square) else square)

    return mess


def _group_label(square: Square) -> bool:
    return square.label.startswith("group:") and square.label.split(":")[1] in _GROUPS


_GROUPS = ("results", "denied", "unable_to_provide", "not_processed", "other_handling")
_SOME_LABELS = ("row:denied_third_party_rights", "row:unable_needs_creation", "row:not_processed_publication")


def _labels_gone(prefix: str, table: str) -> Mess:
    """All labels of one kind in a table are gone: its numbers stand there without a name."""

    def mess(report: Printed, rng: Random) -> Printed:
        def grid(grid: Grid) -> list[Block]:
            if grid.key != table:
                return [grid]
            kept = (square for square in grid.squares if square.address or not square.label.startswith(prefix))
            return [replace(grid, squares=tuple(kept))]

        gone = [address for address in report.expected if address.startswith(f"{table}.")]
        return report.each_grid(grid).unsure_of(gone)

    return mess


def page_broken(label: CutLabel, *, header: bool, seams: int = 1) -> Mess:
    """The applications table cut by pages and glued together again, its labels and header as each page printed them."""

    def mess(report: Printed, rng: Random) -> Printed:
        def grid(grid: Grid) -> list[Block]:
            if grid.key != "applications":
                return [grid]
            parts = pages_of(grid, label, rng, seams)
            glued = [part for page in parts for part in ((header_of(grid), page) if header else (page,))]
            return [stacked("applications", glued[1:] if header else glued)]

        return report.each_grid(grid)

    return mess


def pages_of(grid: Grid, label: CutLabel, rng: Random, seams: int) -> list[Grid]:
    """The parts of a grid on its pages; the seams fall inside the groups of items."""
    rows = sorted(rng.sample(range(grid.header_rows + 5, grid.row_count - 3), seams))
    parts = []
    rest, done = grid, 0
    for row in rows:
        above, rest = split(rest, row - done, label)
        done = row
        parts.append(above)
    return [*parts, rest]


def _page_lines(style: str, table: text.TableText) -> text.TableText:
    """Page numbers between the rows of a table: the grid is cut where a page ended."""

    def flattened(grid: Grid) -> str:
        if grid.row_count < 6:
            return table(grid)
        pieces = _cut_without_labels(grid, (grid.row_count // 3, 2 * grid.row_count // 3))
        pages = [table(piece).strip("\n") for piece in pieces]
        return "\n".join(f"{page}\n{style.format(at)}" for at, page in enumerate(pages, 2))

    return flattened


def _cut_without_labels(grid: Grid, rows: Iterable[int]) -> list[Grid]:
    """The grid in pieces that keep its width, a label standing only where it began."""
    pieces = []
    rest, done = grid, 0
    for row in rows:
        above, rest = split(rest, row - done, only_above)
        rest = replace(rest, squares=tuple(square for square in rest.squares if square.text or square.address))
        done = row
        pieces.append(above)
    return [*pieces, rest]


def as_extracted(grid: Grid) -> str:
    """Line 29: rows as text extraction gives them, the numbers between the two halves of a long label."""
    lines: list[str] = []
    for row in grid.rows():
        labels = [square.text for square in row if square.is_label]
        numbers = " ".join(square.text for square in row if square.address)
        lone = [square.text for square in row if square.is_label and square.row_span > 1 and numbers]
        lines += lone
        label = " ".join(label for label in labels if label not in lone)
        if numbers and len(label) > 13:
            middle = len(label) * 2 // 3
            lines += [label[:middle], numbers, label[middle:]]
        else:
            lines.append(f"{label} {numbers}".strip())
    return "\n".join(line for line in lines if line)


def parted(grid: Grid) -> str:
    """Line 31: first every label of a table, then its rows of numbers."""
    labels = [square.text for row in grid.rows() for square in row if square.is_label]
    numbers = [" ".join(square.text for square in row if square.address) for row in grid.rows()]
    return "\n".join([*labels, *(line for line in numbers if line)])


def parted_by_column(grid: Grid) -> str:
    """Line 31: every label, then the numbers column by column, one a line."""
    labels = [square.text for row in grid.rows() for square in row if square.is_label]
    numbers = sorted((square for square in grid.squares if square.address), key=lambda s: (s.column, s.row))
    return "\n".join([*labels, *(square.text for square in numbers)])


# Letters of the Kangxi and CJK radical blocks that PDF writers leave in the text layer.
RADICALS = str.maketrans(
    "一人入八力十口土大女子小山工己干心戈户手文斗方日月木止比氏水火父牛犬玉田生用白目石示立米老而自至舟色虫血行衣西见言"
    "谷走足身车里金长门阜非面革页风食首马高鱼鸟",
    "⼀⼈⼊⼋⼒⼗⼝⼟⼤⼥⼦⼩⼭⼯⼰⼲⼼⼽⼾⼿⽂⽃⽅⽇⽉⽊⽌⽐⽒⽔⽕⽗⽜⽝⽟⽥⽣⽤⽩⽬⽯⽰⽴⽶⽼⽽⾃⾄⾈⾊⾍⾎⾏⾐⻄⻅⾔"
    "⾕⾛⾜⾝⻋⾥⾦⻓⻔⾩⾮⾯⾰⻚⻛⻝⾸⻢⾼⻥⻦",
)


def radicals(report: Printed, rng: Random) -> Printed:
    """Line 30."""
    report = report.each_square(lambda square: replace(square, text=square.text.translate(RADICALS)))
    return report.each_line(lambda line: replace(line, text=line.text.translate(RADICALS)))


def untitled(report: Printed, rng: Random) -> Printed:
    """The title was lost on the way; the preamble may still name the agency and the year."""
    report = report.each_line(lambda line: None if line.kind == "title" else line)
    return replace(report, agencies=report.agencies | {None}, years=report.years | {None})


FLAT = ("text-fillers", "text-rows", "text-edges", "text-cells", "text-pipes", "text-tabs", "text-ragged-tabs")
STYLES = {
    "dash": "-{}-",
    "long": "— {} —",
    "page": "第{}页",
    "of": "第 {} 页 共 5 页",
    "spaced": "- {} -",
    "slash": "{} / 5",
}
FAMILIES: tuple[Family, ...] = (
    messed("18-fillers", "一格一行，行末竖线补齐", clean, ("text-fillers",), Origin(style=Style(joined=True))),
    messed("18-untitled", "一格一行，标题丢失", untitled, ("text-fillers", "text-rows")),
    messed("19-rows", "一行一行，竖线分隔", clean, ("text-rows", "text-edges"), Origin(style=Style(joined=True))),
    messed("20-cells", "一格一行，空行分隔", clean, ("text-cells",), Origin(style=Style(joined=True))),
    messed("21-pipes", "竖线自成一行", clean, ("text-pipes",), Origin(style=Style(joined=True))),
    written(
        "22-blanks",
        "空格丢失",
        [
            _way("rows", _dropped(_without_blanks, text.rows_with_pipes)),
            _way("cells", _dropped(_without_blanks, text.one_cell_a_line)),
            _way("tabs", _dropped(_without_blanks, text.ragged_tabs)),
        ],
        both(zeros_as(BLANK), nothing_certain),
    ),
    written(
        "22-repeats",
        "重复的格丢失",
        [
            _way("rows", _dropped(_without_repeats, text.rows_with_pipes)),
            _way("cells", _dropped(_without_repeats, text.one_cell_a_line)),
        ],
        nothing_certain,
    ),
    messed("23-groups", "分组标签丢失", losing_labels(_group_label), ("text-rows", "text-tabs", "html", "docx")),
    messed(
        "23-some",
        "个别标签丢失",
        losing_labels(lambda square: square.label in _SOME_LABELS),
        ("html", "docx", "text-tabs"),
    ),
    messed(
        "23-rows-gone",
        "申请表行标签全部丢失",
        _labels_gone(("row:", "group:"), "applications"),
        ("text-rows", "text-fillers", "text-tabs"),
    ),
    messed(
        "23-columns-gone",
        "申请表列标签全部丢失",
        _labels_gone(("column:", "group:organisation", "super"), "applications"),
        ("text-rows", "text-tabs"),
    ),
    messed(
        "24-header",
        "换页处表头重复",
        page_broken(repeated, header=True),
        ("text-fillers", "text-rows", "html", "docx", "markdown"),
    ),
    messed(
        "24-group",
        "换页处分组标签重复",
        page_broken(repeated, header=False),
        ("text-fillers", "text-rows", "text-cells", "html", "docx", "xlsx"),
    ),
    messed("25-tabs", "制表符分隔", clean, ("text-tabs", "text-ragged-tabs"), Origin(style=Style(joined=True))),
    messed("25-markdown", "Markdown表格", clean, ("markdown", "markdown-repeated")),
    written(
        "27-text",
        "行间有页码",
        [_way(f"rows-{name}", _page_lines(style, text.rows_with_pipes)) for name, style in STYLES.items()],
    ),
    written(
        "27-text-dashes",
        "行间有页码，零写作-",
        [
            _way("cells-spaced", _page_lines("- {} -", text.one_cell_a_line)),
            _way("fillers-long", _page_lines("— {} —", text.cells_with_fillers)),
            _way("rows-dash", _page_lines("-{}-", text.rows_with_pipes)),
        ],
        zeros_as(mark("-")),
    ),
    written("29-text", "数字夹在标签两半之间", [_way("extracted", as_extracted)]),
    messed("30-radicals", "康熙部首与兼容字", radicals, ("text-rows", "text-cells", "html", "docx", "xlsx")),
    written(
        "31-parted",
        "标签与数字分家",
        [_way("parted", parted), _way("parted-columns", parted_by_column)],
        nothing_certain,
    ),
)

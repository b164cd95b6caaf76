"""Lines 26 to 35: PDF, Word and spreadsheet files."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from random import Random

import docx
import pypdfium2

from tests.corpus.families.flat import pages_of, radicals
from tests.corpus.families.zeros import mark, zeros_as
from tests.corpus.family import Case, Family, Mess, Origin, Way, messed, must_be_refused, written
from tests.corpus.formats import html, pdf, sheets, word
from tests.corpus.grids import stacked
from tests.corpus.layout import Block, Grid, Line, Printed, Square
from tests.corpus.outputs import OUTPUTS
from tests.corpus.printing import printed
from tests.corpus.splitting import CutLabel, halved, header_of, only_above, repeated, split
from tests.corpus.truth import truth


def press(name: str, **how: object) -> Way:
    return Way(name, "pdf", ".pdf", lambda report: pdf.pdf(report, replace(pdf.PLAIN, **how)))  # type: ignore[arg-type]


def paged(label: CutLabel, *, header: bool, seams: int) -> Callable[[Printed, Random], Printed]:
    """The applications table cut by page breaks into tables of their own."""

    def mess(report: Printed, rng: Random) -> Printed:
        def grid(grid: Grid) -> list[Block]:
            if grid.key != "applications":
                return [grid]
            first, *others = pages_of(grid, label, rng, seams)
            blocks: list[Block] = [first]
            for part in others:
                whole = stacked(part.key, [header_of(grid), part]) if header else part
                blocks += [Line("", "break"), whole]
            return blocks

        return report.each_grid(grid)

    return mess


def row_cut(*, numbers_below: bool) -> Mess:
    """A page break inside a row: half of its label on each page, its numbers on one of them."""

    def mess(report: Printed, rng: Random) -> Printed:
        def grid(grid: Grid) -> list[Block]:
            if grid.key != "applications":
                return [grid]
            label = f"row:{rng.choice(CUT_ROWS)}"
            row = next(square.row for square in grid.squares if square.label == label)
            above, below = split(
                _doubled(grid, row, rng.randint(3, 8), numbers_below=numbers_below), row + 1, only_above
            )
            return [above, Line("", "break"), below]

        return report.each_grid(grid)

    return mess


CUT_ROWS = ("denied_prohibited_by_law", "unable_needs_creation", "not_processed_abusive")


def _doubled(grid: Grid, row: int, letters: int, *, numbers_below: bool) -> Grid:
    """The grid with one row printed as two: some letters of the label and the rest, and the numbers in one of them."""
    squares: list[Square] = []
    for square in grid.squares:
        if square.row > row:
            squares.append(replace(square, row=square.row + 1))
        elif square.row_span > 1 and square.row + square.row_span > row:
            squares.append(replace(square, row_span=square.row_span + 1))
        elif square.row < row:
            squares.append(square)
        elif square.address:
            number, nothing = (row + 1, row) if numbers_below else (row, row + 1)
            squares += [replace(square, row=number), Square("", nothing, square.column)]
        else:
            above, below = square.text[:letters], square.text[letters:]
            squares += [replace(square, text=above), replace(square, text=below, row=row + 1, label="")]
    return replace(grid, squares=tuple(squares))


def _stacked_labels(grid: Grid) -> str:
    def cell(square: Square) -> Square:
        tall = square.label.startswith("group:") and square.row_span > 2
        return replace(square, text="\n".join(square.text)) if tall else square

    return html.table(grid.relabelled(cell))


# Tables that are none of the form's: they stand in the prose and name its words.
PROSE_TABLE = Grid(
    "prose",
    tuple(
        Square(text, row, column)
        for row, cells in enumerate(
            (
                ("公开渠道", "信息条数", "较上年增减"),
                ("政府网站", "1136", "+12"),
                ("行政许可公示", "550", "-3"),
                ("政务微信", "618", "0"),
                ("总计", "2304", "9"),
            )
        )
        for column, text in enumerate(cells)
    ),
)


def prose_table(report: Printed, rng: Random) -> Printed:
    """A table of channels in section one."""
    blocks: list[Block] = []
    for block in report.blocks:
        blocks.append(block)
        if isinstance(block, Line) and block.text.startswith("（一）主动公开"):
            blocks.append(PROSE_TABLE)
    return replace(report, blocks=tuple(blocks))


def _boxed_prose(report: Printed, rng: Random) -> Printed:
    """Prose inside boxes, which a PDF reader takes for tables of one cell."""
    boxed: list[Block] = []
    for block in report.blocks:
        box = isinstance(block, Line) and block.kind == "text" and len(block.text) > 30
        boxed.append(Grid("box", (Square(block.text, 0, 0),)) if box and isinstance(block, Line) else block)
    return replace(report, blocks=tuple(boxed))


@cache
def other_report(edition: str) -> Printed:
    """The second report in a file that holds two."""
    return printed(truth(f"the other report {edition}", edition, scale="bureau"))


def _followed(write: Callable[[Printed], bytes]) -> Callable[[Printed], bytes]:
    def both(report: Printed) -> bytes:
        second = other_report("2021")
        return write(replace(report, blocks=(*report.blocks, Line("", "break"), *second.blocks)))

    return both


def _beside(report: Printed) -> bytes:
    how = replace(pdf.PLAIN, landscape=True, size=8, table_size=5.5, inset=1.5)
    return pdf.pdf(report, how, beside=other_report("2021"))


def _tables_beside(report: Printed) -> bytes:
    """A web page that shows two reports in the two cells of a layout table."""
    cells = "".join(f"<td valign='top'>{html.body(each)}</td>" for each in (report, other_report("2021")))
    return html.Page().around(f"<table><tr>{cells}</tr></table>").encode()


def _scanned(report: Printed) -> bytes:
    return pdf.scan(pdf.pdf(report))


def _picture(report: Printed) -> bytes:
    page = pypdfium2.PdfDocument(pdf.pdf(report))[0]
    file = io.BytesIO()
    page.render(scale=1).to_pil().convert("L").save(file, "PNG")
    return file.getvalue()


def _scan_in_word(report: Printed) -> bytes:
    document = docx.Document()
    document.add_picture(io.BytesIO(_picture(report)))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _scan_in_page(report: Printed) -> bytes:
    return html.CHROME.around('<p><img src="/upload/nb1.jpg"></p><p><img src="/upload/nb2.jpg"></p>').encode()


FOOTERS = ("-%p-", "— %p —", "第%p页", "第 %p 页 共 %n 页", "%p / %n", "%p")
DASHES = ("-", "—", "－")


def _footers() -> tuple[Way, ...]:
    return tuple(press(f"style{at}", footer=footer) for at, footer in enumerate(FOOTERS, 1))


def _dashes_and_footers() -> list[Case]:
    """Page numbers in dashes, against dashes that are values, with the table over several pages."""
    cases: list[Case] = []
    for at, dash in enumerate(DASHES):
        how = replace(pdf.PLAIN, landscape=True, footer=f"{dash} %p {dash}")
        made = written(
            "27-pdf-dashes",
            "",
            (Way(f"dash{at}", "pdf", ".pdf", partial(_pressed, how)),),
            zeros_as(mark(dash)),
        )
        cases += made.cases()
    return cases


def _pressed(how: pdf.Press, report: Printed) -> bytes:
    return pdf.pdf(report, how)


def _workbook(name: str, how: sheets.Workbook) -> Way:
    return Way(name, "xlsx", ".xlsx", lambda report: sheets.sheets(report, how))


def _worded(name: str, paper: word.Paper) -> Way:
    return Way(name, "docx", ".docx", lambda report: word.word(report, paper))


FAMILIES: tuple[Family, ...] = (
    messed("26-two-pages", "表跨两页，分组格切断", paged(halved, header=False, seams=1), ("pdf", "docx", "html")),
    messed(
        "26-three-pages",
        "表跨三页，表头重复",
        paged(halved, header=True, seams=2),
        ("pdf", "docx", "html", "text-rows"),
    ),
    messed("26-repeated", "表跨两页，分组格重复", paged(repeated, header=True, seams=1), ("pdf", "docx", "html")),
    messed("26-row-cut", "一行切在两页，数字在前页", row_cut(numbers_below=False), ("pdf", "pdf-landscape")),
    messed("26-row-cut-below", "一行切在两页，数字在后页", row_cut(numbers_below=True), ("pdf", "pdf-landscape")),
    written(
        "26-natural",
        "长表自然分页",
        (
            press("a4", landscape=True),
            press("heads", landscape=True, repeat_header=True),
            press("large", table_size=12, inset=7),
        ),
    ),
    written("27-pdf", "页码样式", _footers(), origin=Origin(editions=("2021",))),
    Family("27-pdf-dashes", 27, "带横线的页码，零写作横线", lambda: tuple(_dashes_and_footers())),
    written("28-stacked-pdf", "竖排标签", (press("stacked", tall="stacked"), press("rotated", tall="rotated"))),
    written(
        "28-stacked",
        "一字一行的标签",
        (
            _worded("word", word.Paper(word.letters)),
            Way(
                "html", "html", ".html", lambda report: html.Page().around(html.body(report, _stacked_labels)).encode()
            ),
        ),
    ),
    written(
        "29-pdf",
        "无框线，标签折行",
        (press("unruled", ruled=False), press("unruled-large", ruled=False, table_size=11, inset=5)),
    ),
    messed("30-radicals-pdf", "康熙部首", radicals, ("pdf",)),
    messed(
        "32-prose-table", "正文中另有表格", prose_table, ("html", "docx", "text-rows", "text-fillers", "pdf", "xlsx")
    ),
    messed("32-boxed-prose", "正文带边框", _boxed_prose, ("html", "docx", "pdf")),
    written(
        "33-two-reports",
        "一个文件两份报告",
        (
            *(
                Way(name, name, OUTPUTS[name].suffix, _followed(OUTPUTS[name].write))
                for name in ("html", "docx", "text-rows", "text-fillers", "pdf", "xlsx")
            ),
            Way("beside", "pdf", ".pdf", _beside),
            Way("beside-html", "html", ".html", _tables_beside),
        ),
        must_be_refused,
    ),
    written(
        "34-scan",
        "扫描件",
        (
            Way("pdf", "pdf", ".pdf", _scanned),
            Way("docx", "docx", ".docx", _scan_in_word),
            Way("html", "html", ".html", _scan_in_page),
        ),
        must_be_refused,
        Origin(editions=("2021",)),
    ),
    written(
        "35-landscape",
        "横排页面",
        (press("landscape", landscape=True), press("sans", landscape=True, font="Noto Sans SC", labels="center")),
    ),
    written(
        "35-rotated",
        "旋转页面",
        (press("r90", turned=90), press("r180", turned=180), press("r270", turned=270, landscape=True)),
    ),
    written(
        "35-sheets",
        "多个工作表",
        (
            _workbook("many", sheets.Workbook("many")),
            _workbook("many-text", sheets.Workbook("many", typed=False, offset=2)),
            _workbook("one-offset", sheets.Workbook(offset=1)),
        ),
    ),
    written(
        "35-nested",
        "表套在表里",
        (_worded("nested", word.Paper(nested=True)), _worded("nested-letters", word.Paper(word.letters, nested=True))),
    ),
)

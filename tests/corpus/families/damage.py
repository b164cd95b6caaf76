"""Lines 37 and 38: misread letters, wrong headings, mojibake, files cut off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.corpus.families.form import misprinted
from tests.corpus.family import Family, Way, messed, must_be_refused, nothing_certain, written
from tests.corpus.formats import html, pdf, text, word
from tests.corpus.layout import Block, Grid, Line, Printed, Square
from tests.corpus.truth import LOST, number


def _wrong_captions(report: Printed, rng: Random) -> Printed:
    """The captions of two articles changed places; the rows below say what they are."""
    other = {"caption:art20_5": "第二十条第（六）项", "caption:art20_6": "第二十条第（五）项"}
    return report.each_square(lambda square: replace(square, text=other.get(square.label, square.text)))


def _wrong_sections(report: Printed, rng: Random) -> Printed:
    """The headings over the applications and the remedies changed places."""
    titles = {
        "三、收到和处理政府信息公开申请情况": "三、政府信息公开行政复议、行政诉讼情况",
        "四、政府信息公开行政复议、行政诉讼情况": "四、收到和处理政府信息公开申请情况",
    }
    return report.each_line(lambda line: replace(line, text=titles.get(line.text, line.text)))


def _misread_digits(report: Printed, rng: Random) -> Printed:
    """A letter where a digit was: the number may be guessed, so leaving it unread is right too."""
    cells = {}
    for address, cell in report.expected.items():
        if cell.value in (0, 1) and rng.random() < 0.08:
            text = rng.choice("OoQ") if cell.value == 0 else rng.choice("lI")
            cells[address] = number(cell.value or 0, text).unsure()
    return report.with_cells(cells)


def _as_gbk(report: Printed) -> str:
    return text.text(report, text.rows_with_pipes).encode().decode("gb18030", errors="replace")


def _as_latin(report: Printed) -> str:
    return text.text(report, text.rows_with_pipes).encode().decode("latin-1")


def _question_marks(report: Printed) -> str:
    return text.text(report, text.rows_with_pipes).encode("ascii", errors="replace").decode()


def _html_as_gbk(report: Printed) -> bytes:
    page = html.Page().around(html.body(report))
    return page.encode().decode("gb18030", errors="replace").encode()


def _mojibake(name: str, garbled: Callable[[Printed], str]) -> Way:
    return Way(name, "text-rows", ".txt", lambda report: garbled(report).encode())


def cut_off(inside: str, share: float) -> Callable[[Printed, Random], Printed]:
    """The file ends inside a table: what stands after the cut is not in it."""

    def mess(report: Printed, rng: Random) -> Printed:
        blocks: list[Block] = []
        kept: set[str] = set()
        doubtful: set[str] = set()
        for block in report.blocks:
            if not isinstance(block, Grid):
                blocks.append(block)
                continue
            if block.key == inside:
                block = _first_squares(block, share)
                last = max(square.row for square in block.squares if square.address)
                doubtful = {square.address for square in block.squares if square.row == last}
            blocks.append(block)
            kept |= {square.address for square in block.squares}
            if block.key == inside:
                break
        report = replace(report, blocks=tuple(blocks)).without(set(report.expected) - kept, LOST)
        return report.unsure_of(doubtful - {""})

    return mess


def _first_squares(grid: Grid, share: float) -> Grid:
    order = [square for row in grid.rows() for square in row]
    cut = int(len(order) * share)
    while not order[cut - 1].address:
        cut += 1
    return replace(grid, squares=tuple(order[:cut]))


def _cut_text(table: text.TableText) -> Callable[[Printed], bytes]:
    """The flattened text up to its last number; what a whole table would have after it is gone."""

    def write(report: Printed) -> bytes:
        whole = text.text(report, table).rstrip("\n |")
        return (whole + " |").encode() if table is text.cells_with_fillers else whole.encode()

    return write


def _cut_html(report: Printed) -> bytes:
    content = html.body(report)
    return f"<html><head><meta charset='utf-8'></head><body>{content[: content.rindex('</td>') + 5]}".encode()


def _cut_html_in_cell(report: Printed) -> bytes:
    content = html.body(report)
    return f"<html><head><meta charset='utf-8'></head><body>{content[: content.rindex('</td>') + 5]}<td align=\"cen".encode()


def _half(write: Callable[[Printed], bytes], share: float) -> Callable[[Printed], bytes]:
    def half(report: Printed) -> bytes:
        whole = write(report)
        return whole[: int(len(whole) * share)]

    return half


def _table_only(report: Printed, rng: Random) -> Printed:
    """The applications table alone, without a title or any other part: what is not there is not zero."""
    grid = next(grid for grid in report.grids() if grid.key == "applications")
    there = {square.address for square in grid.squares}
    report = replace(report, blocks=(Line("收到和处理政府信息公开申请情况", "heading"), grid))
    report = report.without(set(report.expected) - there, LOST)
    return replace(report, agencies=frozenset({None}), years=frozenset({None}))


def _rows_missing(report: Printed, rng: Random) -> Printed:
    """Two rows of the applications table are not printed at all."""
    gone = ("applications.denied_enforcement_file.", "applications.not_processed_duplicate.")

    def grid(grid: Grid) -> list[Block]:
        rows = sorted({square.row for square in grid.squares if square.address.startswith(gone)}, reverse=True)
        for row in rows:
            grid = _without_row(grid, row)
        return [grid]

    lost = [address for address in report.expected if address.startswith(gone)]
    return report.each_grid(grid).without(lost, LOST)


def _without_row(grid: Grid, row: int) -> Grid:
    squares: list[Square] = []
    for square in grid.squares:
        if square.row > row:
            squares.append(replace(square, row=square.row - 1))
        elif square.row + square.row_span > row and square.row_span > 1:
            squares.append(replace(square, row_span=square.row_span - 1))
        elif square.row != row:
            squares.append(square)
    return replace(grid, squares=tuple(squares))


CUT_TEXTS = (
    Way("fillers", "text-fillers", ".txt", _cut_text(text.cells_with_fillers)),
    Way("rows", "text-rows", ".txt", _cut_text(text.rows_with_pipes)),
    Way("cells", "text-cells", ".txt", _cut_text(text.one_cell_a_line)),
    Way("tabs", "text-tabs", ".txt", _cut_text(text.ragged_tabs)),
    Way("html", "html", ".html", _cut_html),
    Way("html-tag", "html", ".html", _cut_html_in_cell),
)
FAMILIES: tuple[Family, ...] = (
    messed("37-names", "标签有多处误识", misprinted(1, 6), ("html", "text-cells", "docx")),
    messed("37-captions", "条款名称与数据不符", _wrong_captions, ("html", "docx", "text-rows")),
    messed("37-sections", "部分标题与数据不符", _wrong_sections, ("html", "docx", "text-rows", "pdf")),
    messed("37-digits", "数字误识为字母", _misread_digits, ("html", "text-rows", "docx")),
    written(
        "37-mojibake",
        "乱码",
        (
            _mojibake("gbk", _as_gbk),
            _mojibake("latin", _as_latin),
            _mojibake("question", _question_marks),
            Way("html", "html", ".html", _html_as_gbk),
        ),
        must_be_refused,
    ),
    written("38-applications", "申请表中途截断", CUT_TEXTS, cut_off("applications", 0.55)),
    written("38-early", "申请表开头截断", CUT_TEXTS, cut_off("applications", 0.16)),
    written("38-remedies", "复议诉讼表中途截断", CUT_TEXTS, cut_off("remedies", 0.8)),
    messed(
        "38-rows-missing", "表中缺行", _rows_missing, ("html", "docx", "text-rows", "text-fillers", "text-tabs", "xlsx")
    ),
    messed("38-table-only", "只有一张表", _table_only, ("html", "text-rows", "docx", "xlsx")),
    written(
        "38-broken-file",
        "文件残缺",
        (
            Way("docx", "docx", ".docx", _half(word.word, 0.6)),
            Way("pdf", "pdf", ".pdf", _half(pdf.pdf, 0.6)),
            Way("pdf-most", "pdf", ".pdf", _half(pdf.pdf, 0.95)),
        ),
        nothing_certain,
    ),
)

"""A PDF as a `Document`: pages to lines and tables, lines to paragraphs, everything in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from gongkai.documents.model import Document, Heading, Paragraph, Position, Refusal, Table, TableCell
from gongkai.documents.readers.pdf import content
from gongkai.documents.readers.pdf.alignment import aligned_tables
from gongkai.documents.readers.pdf.furniture import body_lines
from gongkai.documents.readers.pdf.glyphs import UNKNOWN, Box, Glyph, Page, Ruling, bounding_box
from gongkai.documents.readers.pdf.grids import TOUCH, Grid, grids, joined
from gongkai.documents.readers.pdf.lines import Line, lines_of, moved, segments
from gongkai.documents.readers.pdf.paragraphs import Block, Measure, Placed, paragraphs
from gongkai.documents.readers.pdf.tables import PageTable, ruled_table, with_cut_row_joined, with_same_columns
from gongkai.documents.readers.pdf.unruled import has_numbers
from gongkai.documents.readers.refusing import CannotRead, empty, scan, unmapped_fonts

_PICTURE_PAGE = 0.5  # a page with this share under pictures and next to no text is a picture of a page
_SPARSE = 20  # glyphs; a scanned page may still carry a typed page number or stamp
_LONGEST_CAPTION = 30  # glyphs; more in a frame is prose
_LONGEST_SCRAP = 8  # glyphs
_MOST_SCRAPS = 4  # lines
_HEADER_LINES = 16  # looked at on the page before for a header that was cut off
_HEADER_GAP = 1.9  # of the font size, between such a header and the rows: more than in a cell, less than between tables
_LINES_BEFORE_NUMBERS = 8  # of a header and of a wrapped label
_UNKNOWN_SHARE = 0.05  # bullets from symbol fonts are normal, more unknown characters than this are not


@dataclass(frozen=True, slots=True)
class _Column:
    """One text column: a page, or one of two pages printed side by side on a sheet."""

    page: int
    column: int
    height: float
    tables: tuple[PageTable, ...]
    lines: tuple[Line, ...]
    separators: tuple[Ruling, ...]
    frames: tuple[Grid, ...]  # ruled, but of one column: boxes around text, or a table's first rows cut off by the page


def document_from(data: bytes) -> Document:
    """The document in a PDF file.

    Errors: CannotRead for a file that needs a password, is damaged, too large, a scan, or whose fonts hide its characters.
    """
    with content.opened(data) as file:
        title = file.get_metadata_value("Title")
        census = _Census()
        columns = [column for page in content.pages(file) for column in census.counted(page)]
    refusal = census.refusal()
    if refusal is not None:
        raise CannotRead(refusal)
    return Document(tuple(_blocks(columns)), title=title, format="pdf", notes=tuple(census.notes()))


class _Census:
    """What has to be known of all pages together: whether there is a text layer that can be trusted."""

    def __init__(self) -> None:
        self.pages = self.glyphs = self.unknown = self.hidden = self.outlines = 0
        self.pictures: list[int] = []

    def counted(self, page: Page) -> Iterator[_Column]:
        """The columns of a page, after it has been counted."""
        self.pages += 1
        self.glyphs += len(page.glyphs)
        self.unknown += sum(glyph.text == UNKNOWN for glyph in page.glyphs)
        self.hidden += page.hidden
        self.outlines += page.outlines
        if page.picture_share > _PICTURE_PAGE and len(page.glyphs) < _SPARSE:
            self.pictures.append(page.number)
            return
        yield from _columns(page)

    def refusal(self) -> Refusal | None:
        """Why the file can't be read, if it can't."""
        if self.pictures and len(self.pictures) * 2 >= self.pages:
            return self._scan(
                f"共 {self.pages} 页，其中 {len(self.pictures)} 页是图片。",
                f"{len(self.pictures)} of {self.pages} pages are pictures. ",
            )
        if self.glyphs == 0 and self.outlines:
            return self._scan("文字已转成曲线，不再是文字。", "The text has been turned into outlines. ")
        if self.glyphs == 0:
            return empty()
        if self.unknown > max(1.0, _UNKNOWN_SHARE * self.glyphs):
            return unmapped_fonts()
        return None

    @staticmethod
    def _scan(detail: str, detail_en: str) -> Refusal:
        refusal = scan()
        return replace(refusal, message=detail + refusal.message, message_en=detail_en + refusal.message_en)

    def notes(self) -> Iterator[str]:
        """What a person should know about a file that was read."""
        if self.hidden:
            yield f"有 {self.hidden} 个看不见的字（隐藏、白色或在页面之外）没有读取"
        if self.pictures:
            pages = "、".join(map(str, self.pictures))
            yield f"第 {pages} 页是图片，没有文字层，没有读取"
        if self.unknown:
            yield f"有 {self.unknown} 个字的字体没有字符对应表，读作“{UNKNOWN}”"


# -- one page ---------------------------------------------------------------------------------------------------------


def _columns(page: Page) -> Iterator[_Column]:
    rulings = joined(page.rulings)
    for number, (left, right) in enumerate(_halves(page, rulings)):
        glyphs = [glyph for glyph in page.glyphs if left <= glyph.middle[0] < right]
        lines = [ruling for ruling in rulings if left <= _middle_x(ruling) < right]
        if glyphs:
            yield _column(page, number, glyphs, lines)


def _middle_x(ruling: Ruling) -> float:
    return (ruling.start + ruling.end) / 2 if ruling.horizontal else ruling.at


def _column(page: Page, number: int, glyphs: list[Glyph], rulings: list[Ruling]) -> _Column:
    ruled = grids(rulings)
    found = [grid for grid in ruled if not grid.is_one_column]
    # A frame may stand around a whole page and its tables: the smallest grid around a glyph has it.
    smallest_first = sorted(((grid.box, at) for at, grid in enumerate(found)), key=lambda boxed: _area(boxed[0]))
    inside: dict[int, list[Glyph]] = {}
    outside: list[Glyph] = []
    for glyph in glyphs:
        at = _first_around(smallest_first, *glyph.middle)
        if at is None:
            outside.append(glyph)
        else:
            inside.setdefault(at, []).append(glyph)
    return _Column(
        page=page.number,
        column=number,
        height=page.height,
        tables=tuple(ruled_table(found[at], inside[at]) for at in sorted(inside)),
        lines=tuple(lines_of(outside)),
        separators=tuple(ruling for ruling in rulings if ruling.horizontal),
        frames=tuple(grid for grid in ruled if grid.is_one_column),
    )


def _first_around(boxes: Sequence[tuple[Box, int]], x: float, y: float) -> int | None:
    """What the first box around a point belongs to."""
    for (left, top, right, bottom), owner in boxes:
        if left <= x <= right and top <= y <= bottom:
            return owner
    return None


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _halves(page: Page, rulings: Sequence[Ruling]) -> list[tuple[float, float]]:
    """The x ranges of the text columns: two where a sheet shows two pages side by side, else one."""
    whole = [(0.0, page.width + 1)]
    gutter = _gutter(page, rulings) if page.glyphs else None
    if gutter is None:
        return whole
    sides = [[g for g in page.glyphs if (g.middle[0] < gutter) is left] for left in (True, False)]
    if any(not _reads_as_a_page(side, page.width / 2) for side in sides):
        return whole
    return [(0.0, gutter), (gutter, page.width + 1)]


def _gutter(page: Page, rulings: Sequence[Ruling]) -> float | None:
    """The middle of the empty strip that runs down the sheet near its middle, if there is one."""
    extents = [(glyph.left, glyph.right) for glyph in page.glyphs]
    extents += [(r.start, r.end) if r.horizontal else (r.at, r.at) for r in rulings]
    end = 0.0
    strips = []
    for left, right in sorted(extents):
        if left - end > 0.025 * page.width:
            strips.append((end, left))
        end = max(end, right)
    near = [(a + b) / 2 for a, b in strips if 0.42 * page.width < (a + b) / 2 < 0.58 * page.width]
    return near[0] if near else None


def _reads_as_a_page(glyphs: Sequence[Glyph], width: float) -> bool:
    lines = lines_of(glyphs)
    full = [line for line in lines if line.right - line.left > 0.6 * width and len(segments(line)) == 1]
    return len(full) >= 3


# -- all pages --------------------------------------------------------------------------------------------------------


def _blocks(columns: Sequence[_Column]) -> Iterator[Heading | Paragraph | Table]:
    bodies = body_lines([(column.height, column.lines) for column in columns])
    pieces: list[list[_Piece]] = []
    for column, lines in zip(columns, bodies, strict=True):
        pieces.append(_in_order(column, lines, pieces[-1] if pieces else []))
    for index, column in enumerate(columns[:-1]):
        pieces[index] = _with_cut_off_rows(column, pieces[index], pieces[index + 1])
    flow = [item for column_pieces in pieces for item in column_pieces]
    _count_columns_alike(flow)
    flow = _with_whole_rows(flow)
    running = [item for item in flow if isinstance(item, Placed)]
    tables = [item.table.box for item in flow if isinstance(item, _PlacedTable)]
    measure = Measure.of(running, tables) if running else None
    numbers = _Numbers()
    for is_text, items in groupby(flow, key=lambda item: isinstance(item, Placed)):
        if is_text and measure is not None:
            for block in paragraphs([item for item in items if isinstance(item, Placed)], measure):
                yield numbers.text(block)
        else:
            yield from (numbers.table(item) for item in items if isinstance(item, _PlacedTable))


def _with_cut_off_rows(column: _Column, items: list[_Piece], following: Sequence[_Piece]) -> list[_Piece]:
    """The pieces of a column, its last lines made rows of a table when they stand in a frame as wide as the table that the
    next page begins with: captions and headers that a page break cut off."""
    after = following[0] if following else None
    if not column.frames or not isinstance(after, _PlacedTable) or not after.table.stops:
        return items
    frame = column.frames[-1]
    if max(abs(frame.box[0] - after.table.box[0]), abs(frame.box[2] - after.table.box[2])) > TOUCH:
        return items
    start = len(items)
    while start and _is_short_line_in(frame, items[start - 1]):
        start -= 1
    glyphs = [glyph for item in items[start:] if isinstance(item, Placed) for glyph in item.line.glyphs]
    if not glyphs:
        return items
    return [*items[:start], _PlacedTable(ruled_table(frame, glyphs), column.page)]


def _is_short_line_in(frame: Grid, item: _Piece) -> bool:
    if not isinstance(item, Placed) or len(item.line.glyphs) > _LONGEST_CAPTION:
        return False
    return frame.rows[0] <= item.line.baseline <= frame.rows[-1]


def _count_columns_alike(flow: list[_Piece]) -> None:
    """Give tables that follow each other, with no text between them, the same columns.

    With drawn lines that is a table over a page break. Without them a wide gap is enough to look like an end, and a stray
    pieces of a label may stand between.
    """
    pairs = [(above, above + 1) for above in range(len(flow) - 1)]
    for at, piece in enumerate(flow):
        scraps = list(takewhile(_is_scrap, flow[at + 1 : at + 1 + _MOST_SCRAPS]))
        if scraps and isinstance(piece, _PlacedTable) and at + 1 + len(scraps) < len(flow):
            pairs.append((at, at + 1 + len(scraps)))
    for first, second in (
        *sorted(pairs),
        *sorted(pairs, reverse=True),
    ):  # the last part may be the one with all columns
        above, below = flow[first], flow[second]
        if not isinstance(above, _PlacedTable) or not isinstance(below, _PlacedTable):
            continue
        if not below.table.stops or (above.page != below.page and second == first + 1):
            one, other = with_same_columns(above.table, below.table)
            flow[first], flow[second] = replace(above, table=one), replace(below, table=other)


def _with_whole_rows(flow: Sequence[_Piece]) -> list[_Piece]:
    """The pieces with table rows that a page break cut in two made whole."""
    whole: list[_Piece] = []
    for piece in flow:
        above = whole[-1] if whole else None
        if isinstance(piece, _PlacedTable) and isinstance(above, _PlacedTable) and above.page != piece.page:
            joined_parts = with_cut_row_joined(above.table, piece.table)
            if joined_parts is not None:
                whole[-1] = replace(above, table=joined_parts[0])
                piece = replace(piece, table=joined_parts[1])
                if not piece.table.cells:
                    continue
        whole.append(piece)
    return whole


def _is_scrap(piece: _Piece) -> bool:
    return isinstance(piece, Placed) and len(piece.line.glyphs) <= _LONGEST_SCRAP


class _Numbers:
    """Numbers paragraphs and tables while they become blocks of the document."""

    def __init__(self) -> None:
        self.texts = self.tables = 0
        self.titled = False

    def text(self, block: Block) -> Heading | Paragraph:
        self.texts += 1
        at = Position(page=block.page, paragraph=self.texts, box=_rounded(block.box))
        if not block.is_heading:
            return Paragraph(block.text, at=at)
        level = 2 if self.titled else 1
        self.titled = True
        return Heading(block.text, level=level, at=at)

    def table(self, placed: _PlacedTable) -> Table:
        self.tables += 1
        return _table(placed, self.tables)


@dataclass(frozen=True, slots=True)
class _PlacedTable:
    """A table and its page. `cut` is set when its header stands on the page before: cells above the first y are there, moved
    down by the second to stand above the others."""

    table: PageTable
    page: int
    cut: tuple[float, float] | None = None

    def place(self, box: Box) -> tuple[int, Box]:
        """The page a cell stands on, and its box there."""
        if self.cut is None or box[1] >= self.cut[0]:
            return self.page, box
        left, top, right, bottom = box
        return self.page - 1, (left, top - self.cut[1], right, bottom - self.cut[1])


_Piece = Placed | _PlacedTable


def _in_order(column: _Column, lines: Sequence[Line], before: list[_Piece]) -> list[_Piece]:
    """Lines and tables of one column from top to bottom; text beside a table comes before it. The header of a table without
    lines is taken from the end of what stood `before` when the page cut it off."""
    above = _last_lines(before) if _begins_with_numbers(column, lines) else []
    gap = lines[0].baseline - _HEADER_GAP * lines[0].size - above[-1].baseline if above else 0.0
    items = aligned_tables(lines, column.separators, [moved(line, gap) for line in above])
    taken = len(above) - next((n for n, item in enumerate(items) if isinstance(item, PageTable)), len(above))
    if taken > 0:
        del before[len(before) - taken :]
    pieces: list[tuple[float, _Piece]] = []
    for number, item in enumerate(items[len(above) - max(taken, 0) :]):
        if isinstance(item, PageTable):
            cut = (lines[0].box[1], gap) if number == 0 and taken > 0 else None
            pieces.append((item.box[1], _PlacedTable(item, column.page, cut)))
        else:
            pieces.append((item.box[1], Placed(item, column.page, column.column)))
    pieces.extend((table.box[1], _PlacedTable(table, column.page)) for table in column.tables)
    return [piece for _, piece in sorted(pieces, key=lambda piece: piece[0])]


def _begins_with_numbers(column: _Column, lines: Sequence[Line]) -> bool:
    """Whether the first thing on a page may be rows of a table without lines."""
    if not lines or any(table.box[1] < lines[0].box[1] for table in column.tables):
        return False
    return any(has_numbers(line) for line in lines[:_LINES_BEFORE_NUMBERS])


def _last_lines(pieces: Sequence[_Piece]) -> list[Line]:
    lines: list[Line] = []
    for piece in reversed(pieces[-_HEADER_LINES:]):
        if isinstance(piece, _PlacedTable):
            break
        lines.insert(0, piece.line)
    return lines


def _table(placed: _PlacedTable, number: int) -> Table:
    def at(box: Box, row: int | None = None, column: int | None = None) -> Position:
        page, there = placed.place(box)
        return Position(page=page, table=number, row=row, column=column, box=_rounded(there))

    cells = tuple(
        TableCell(
            text=cell.text,
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            at=at(cell.box, cell.row + 1, cell.column + 1),
        )
        for cell in placed.table.cells
    )
    below = [cell.box for cell in placed.table.cells if placed.place(cell.box)[0] == placed.page]
    box = bounding_box(below) if placed.cut else placed.table.box
    return Table(cells, aligned=placed.table.aligned, at=at(box))


def _rounded(box: Box) -> Box:
    left, top, right, bottom = box
    return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)

"""The document model: what a file says, independent of its format.

Readers turn files into a `Document`, writers turn a `Document` into files. Nothing here knows the law: a heading is a
heading, a table is a table, and every piece remembers where in the source it was read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a source file; every field counts from 1 and only those the format knows are set.

    `box` is (left, top, right, bottom) in points from the top left corner of the page.
    >>> str(Position(page=3, table=2, row=4, column=5))
    'page 3, table 2, row 4, column 5'
    """

    line: int | None = None
    page: int | None = None
    sheet: str | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    box: tuple[float, float, float, float] | None = None

    def __str__(self) -> str:
        # Written out: a report has two hundred cells, and each says where it was read.
        is_in_cell = self.table is not None and self.row is not None and self.column is not None
        if is_in_cell and self.page is None and self.sheet is None and self.paragraph is None:
            line = "" if self.line is None else f"line {self.line}, "
            return f"{line}table {self.table}, row {self.row}, column {self.column}"
        parts = []
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.page is not None:
            parts.append(f"page {self.page}")
        if self.sheet is not None:
            parts.append(f"sheet {self.sheet}")
        if self.paragraph is not None:
            parts.append(f"paragraph {self.paragraph}")
        if self.table is not None:
            parts.append(f"table {self.table}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def in_chinese(self) -> str:
        """The same place as a Chinese reader would say it.

        >>> Position(line=96).in_chinese()
        '第96行'
        """
        words = {
            "line": "第{}行",
            "page": "第{}页",
            "sheet": "工作表“{}”",
            "paragraph": "第{}段",
            "table": "表{}",
            "row": "第{}行",
            "column": "第{}列",
        }
        named = ((name, word, getattr(self, name)) for name, word in words.items())
        said = {name: word.format(value) for name, word, value in named if value is not None}
        # A line is one of the file, a table's row one of the page: said apart.
        comma = "，" if "line" in said and len(said) > 1 else ""
        return said.pop("line", "") + comma + "".join(said.values())


NOWHERE = Position()


def chinese_place(place: str) -> str:
    """A place that was kept as `str(Position)` gives it, as a Chinese reader would say it.

    >>> chinese_place("page 3, table 2, row 4, column 5")
    '第3页表2第4行第5列'
    """
    pieces = re.findall(r"(line|page|paragraph|table|row|column) (\d+)", place)
    sheet = re.search(r"sheet (.+?)(?:, (?:paragraph|table|row) \d+|$)", place)
    if not pieces and not sheet:
        return place
    numbers: dict[str, Any] = {name: int(number) for name, number in pieces}
    return Position(**numbers, sheet=sheet[1] if sheet else None).in_chinese()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading the file itself marks as one; level 1 is the title of the document."""

    text: str
    level: int
    at: Position = NOWHERE


ParagraphLayout = Literal["body", "flush", "centred", "closing"]
"""How a writer sets a paragraph. `body` is running text; `flush` begins at the margin, as an addressee does; `centred` stands
in the middle; `closing` is the block of signature, seal and date: its lines centred on each other, at the right, never cut."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, one logical line (wrapped lines of a page are joined by the reader).

    `layout` is for writers; readers don't tell paragraphs apart by where they stand.
    """

    text: str
    at: Position = NOWHERE
    layout: ParagraphLayout = "body"


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell, placed by its top left grid square (row and column count from 0).

    `number` is set when the file stores a typed number (a spreadsheet) or when a writer should store one; `sum_of`
    names the grid squares (row, column) of the same table that this cell adds up, for formats with live formulas.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False
    at: Position = NOWHERE
    number: Number | None = None
    sum_of: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are real.

    `aligned` says whether columns are real too: in ragged text (`a | b | c`) a cell's column is only its rank in the row.
    `caption` is printed above the table, `key` is a short name for sheets and anchors, `column_widths` are relative.
    """

    cells: tuple[TableCell, ...]
    caption: str = ""
    key: str = ""
    column_widths: tuple[float, ...] = ()
    aligned: bool = True
    at: Position = NOWHERE

    @property
    def row_count(self) -> int:
        return max([cell.row + cell.row_span for cell in self.cells], default=0)

    @property
    def column_count(self) -> int:
        return max([cell.column + cell.column_span for cell in self.cells], default=0)


@dataclass(frozen=True, slots=True)
class FlowCell:
    """One cell of a flattened table; an empty text is a cell that was there and empty."""

    text: str
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class Flow:
    """A table that lost its rows: its cells in reading order, as a page copied to plain text leaves them."""

    cells: tuple[FlowCell, ...]


Block = Heading | Paragraph | Table | Flow


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands below a text that others can check: lines of small print, and an address drawn as a QR code beside them.

    It is about the text and no part of it: readers find its lines as paragraphs, writers set it apart.
    """

    lines: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing of what a table of the text says: an SVG, the same in words, and the block that it stands behind.

    It is about the text and no part of it: readers find nothing of it, and formats that hold no pictures leave it out.
    `after` counts the blocks of the document from 0.
    """

    drawing: str
    words: str
    after: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file as blocks in reading order.

    `title` is the file's own metadata title (an HTML `<title>`, a DOCX core property), which is no part of the text.
    `format` names the reader (`html`, `docx`, …); `notes` are things the reader noticed and a person should know
    (a wrong charset, hidden text left out), in Chinese. `mark` and `figures` are for writers.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    format: str = ""
    notes: tuple[str, ...] = field(default=())
    mark: Mark | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something can't be read, said so that whoever reads the message knows what to do.

    `code` is short and stable (`SCAN`, `ENCRYPTED`, …); `message` is Chinese, `message_en` the same in English.
    """

    code: str
    message: str
    message_en: str

    def in_language(self, language: str) -> str:
        return self.message_en if language == "en" else self.message

"""HTML: one self-contained page without scripts, for the eye, the ear, the phone and the printer."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from gongkai.documents.model import Document, Flow, Heading, Mark, Paragraph, Table, TableCell
from gongkai.documents.writers import drawings, layout, marks

DEEPEST_HEADING = 6
TITLE_EMS = 19
NARROWEST_COLUMN = 2.4
"""In ems: two characters and their margins. A screen narrower than all columns at that width scrolls the table."""


def render(document: Document) -> bytes:
    """The document as one UTF-8 HTML page; `<title>` is the document's title, `<h1>` its first heading."""
    title = escape(layout.title_of(document) or "无标题")
    style = files(__package__).joinpath("html.css").read_text(encoding="utf-8")
    body = "\n".join(_blocks(document)) + (_mark(document.mark) if document.mark else "")
    page = (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
    return page.encode("utf-8")


def _blocks(document: Document) -> Iterator[str]:
    tables = 0
    for place, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            level = min(max(block.level, 1), DEEPEST_HEADING)
            yield f"<h{level}>{_title(block.text) if level == 1 else _text(block.text)}</h{level}>"
        elif isinstance(block, Paragraph):
            yield _paragraph(block)
        else:
            table = layout.at_printable(layout.table_of(block) if isinstance(block, Flow) else block)
            if table.cells:
                tables += 1
                yield "\n".join(_table(table, tables))
        for figure in drawings.figures_behind(document, place):
            yield f'<figure class="drawing">{figure.drawing}</figure>'


def _mark(mark: Mark) -> str:
    code = f'<figure role="img" aria-label="{escape(marks.LABEL)}">{marks.svg(mark).decode()}</figure>'
    lines = "<br>".join(map(_text, (*mark.lines, mark.address)))
    return f'\n<footer class="mark">{code}<div>{lines}</div></footer>'


def _paragraph(paragraph: Paragraph) -> str:
    look = "" if paragraph.layout == "body" else f' class="{paragraph.layout}"'
    return f"<p{look}>{_text(paragraph.text)}</p>"


def _text(text: str) -> str:
    return escape(layout.printable(text)).replace("\n", "<br>")


def _title(text: str) -> str:
    """A title whose halves stay whole where the screen is too narrow for both on one line."""
    return "".join(f"<span>{escape(line)}</span>" for line in layout.heading_lines(text, TITLE_EMS))


def _table(table: Table, number: int) -> Iterator[str]:
    """The table inside a region that scrolls by keyboard too, where a screen is narrower than its columns."""
    shares = layout.column_shares(table)
    name = escape(table.caption or f"表格{number}")
    yield f'<div class="table" role="region" tabindex="0" aria-label="{name}">'
    standing = {cell.column for cell in table.cells if layout.stands_upright(cell)}
    narrowest = min((share for column, share in enumerate(shares) if column not in standing), default=1)
    yield f'<table style="min-width: {NARROWEST_COLUMN / narrowest:.1f}em">'
    if table.caption:
        yield f"<caption>{escape(table.caption)}</caption>"
    columns = "".join(f'<col style="width: {share:.2%}">' for share in shares)
    yield f"<colgroup>{columns}</colgroup>"
    header_rows = layout.header_row_count(table)
    names = _HeaderNames(table, number, header_rows)
    rows = ["<tr>" + "".join(_cell(cell, header_rows, names) for cell in row) + "</tr>" for row in layout.rows(table)]
    if header_rows:
        yield "<thead>\n" + "\n".join(rows[:header_rows]) + "\n</thead>"
    yield "<tbody>\n" + "\n".join(rows[header_rows:]) + "\n</tbody>"
    yield "</table>\n</div>"


class _HeaderNames:
    """Which headers speak for which cell, by id: where headers span, `scope` alone leaves a screen reader guessing."""

    def __init__(self, table: Table, number: int, header_rows: int) -> None:
        self._number = number
        self._by_column: dict[int, list[TableCell]] = {}
        self._by_row: dict[int, list[TableCell]] = {}
        headers = sorted((cell for cell in table.cells if cell.is_header), key=lambda cell: (cell.row, cell.column))
        for cell in headers:
            if cell.row < header_rows:
                for column in range(cell.column, cell.column + cell.column_span):
                    self._by_column.setdefault(column, []).append(cell)
            else:
                for row in range(cell.row, cell.row + cell.row_span):
                    self._by_row.setdefault(row, []).append(cell)

    def of(self, header: TableCell) -> str:
        return f"t{self._number}r{header.row + 1}c{header.column + 1}"

    def over(self, cell: TableCell) -> str:
        """The ids of the headers of a data cell: those above it, then those of its row."""
        found: dict[str, None] = {}
        for column in range(cell.column, cell.column + cell.column_span):
            found.update(dict.fromkeys(map(self.of, self._by_column.get(column, ()))))
        for row in range(cell.row, cell.row + cell.row_span):
            found.update(dict.fromkeys(map(self.of, self._by_row.get(row, ()))))
        return " ".join(found)


def _cell(cell: TableCell, header_rows: int, names: _HeaderNames) -> str:
    attributes = ""
    if cell.row_span > 1:
        attributes += f' rowspan="{cell.row_span}"'
    if cell.column_span > 1:
        attributes += f' colspan="{cell.column_span}"'
    content = _text(cell.text)
    if layout.stands_upright(cell):
        attributes += ' class="upright"'
        content = f"<span>{content}</span>"
    elif layout.is_centred(cell, header_rows):
        attributes += ' class="centred"'
    if not cell.is_header:
        headers = names.over(cell)
        return f"<td{attributes}" + (f' headers="{headers}"' if headers else "") + f">{content}</td>"
    in_head = cell.row < header_rows
    scope = (
        ("col" if cell.column_span == 1 else "colgroup") if in_head else ("row" if cell.row_span == 1 else "rowgroup")
    )
    return f'<th id="{names.of(cell)}" scope="{scope}"{attributes}>{content}</th>'

"""Plain text, Markdown and tab-separated text.

Each line is a paragraph unless it belongs to a table. A run of lines with pipes or tabs is a `Table` when most lines
hold several cells, and a `Flow` when they hold one cell each, as pages do that were copied to text (`flattened.py`).
"""

from __future__ import annotations

import re

from gongkai.documents.model import Block, Document, Heading, Paragraph, Table
from gongkai.documents.readers import limits, refusing
from gongkai.documents.readers.bulk import place, table_cell
from gongkai.documents.readers.decoding import decode
from gongkai.documents.readers.flattened import Line, flow_of, run_of_pipes
from gongkai.documents.readers.refusing import CannotRead

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
# Three dashes or a colon: rows of `-` or `--` are values, printed for zero.
_SEPARATOR = re.compile(r"\|?\s*(:-+:?|-{3,}:?|-+:)\s*(\|\s*(:-+:?|-{3,}:?|-+:)\s*)*\|?$")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_text(data: bytes) -> Document:
    """A text file as a document; every block says on which line it begins.

    Errors: CannotRead TOO-LARGE, EMPTY, MOJIBAKE, UNKNOWN-FORMAT.
    """
    if len(data) > limits.LARGEST_TEXT:
        raise CannotRead(refusing.too_large(f"{limits.LARGEST_TEXT // limits.MEGABYTE} MB"))
    text, notes = decode(data)
    blocks = blocks_of(text)
    if not blocks:
        raise CannotRead(refusing.empty())
    return Document(blocks, format="text", notes=notes)


def blocks_of(text: str, first_line: int = 1) -> tuple[Block, ...]:
    """The blocks of a text, in order; `first_line` is the number of its first line in the file."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > limits.MOST_LINES:
        raise CannotRead(refusing.too_large(f"{limits.MOST_LINES} 行 / lines"))
    if text.count("|") + text.count("\t") > limits.MOST_CELLS:
        raise CannotRead(refusing.too_large(f"{limits.MOST_CELLS} 个单元格 / cells"))
    # Tabs at the ends may delimit empty cells; everything else at the ends is layout.
    stripped = (raw.strip(" \u3000\xa0\ufeff\u200b\f\v\x1a") for raw in text.split("\n"))
    lines = [(number, line) for number, line in enumerate(stripped, first_line) if line and not line.isspace()]
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        end = run_of_pipes(lines, index) or _run_of_tabs(lines, index)
        if end:
            blocks.extend(blocks_of_run(lines[index:end]))
            index = end
        else:
            blocks.append(_plain(*lines[index]))
            index += 1
    return tuple(blocks)


def _plain(number: int, line: str) -> Block:
    line = line.strip()
    at = place(number)
    if line.startswith("#") and (heading := _HEADING.match(line)):
        return Heading(_unmarked(heading[2].rstrip("# ")), len(heading[1]), at)
    return Paragraph(_unmarked(line), at)


def _unmarked(text: str) -> str:
    """Without the marks Markdown sets for bold type."""
    return text.replace("**", "") if "**" in text else text


def _run_of_tabs(lines: list[Line], start: int) -> int:
    """Where the run of tab-separated lines that begins here ends; 0 when none begins here."""
    end = start
    while end < len(lines) and "\t" in lines[end][1] and _filled(lines[end][1].split("\t")) + (end > start) > 1:
        end += 1
    is_table = end - start > 1 or (end > start and _filled(lines[start][1].split("\t")) > 2)
    return end if is_table else 0


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell and not cell.isspace())


def blocks_of_run(run: list[Line]) -> list[Block]:
    """The tables of a run of lines with pipes or tabs, and what prose is between them."""
    if "|" not in run[0][1] and "\t" in run[0][1]:
        rows = [(number, [cell.strip() for cell in line.split("\t")]) for number, line in run]
        return [_table(rows, has_header=False, aligned=_are_equally_long(rows))]
    separators = [index for index, (_, line) in enumerate(run) if "-" in line and _SEPARATOR.match(line)]
    if separators:
        return _markdown_tables(run, separators)
    # A row of empty cells (`规章 |  |  |`) is a row for its pipes; `规章 |` is one cell.
    texts = [line.strip() for _, line in run if "|" in line and line.strip("| \t")]
    several = [line for line in texts if "|" in line[:-1].strip("|")]
    if len(several) * 2 > len(texts):
        return [_table(_rows_of_pipes(run), has_header=False, aligned=False)]
    return flow_of(run)


def _markdown_tables(run: list[Line], separators: list[int]) -> list[Block]:
    """The tables of a run: each begins with the line before its separator."""
    starts = [max(separator - 1, 0) for separator in separators]
    blocks: list[Block] = blocks_of_run(run[: starts[0]]) if starts[0] else []
    for start, separator, end in zip(starts, separators, [*starts[1:], len(run)], strict=True):
        rows = _rows_of_pipes(run[start:separator] + run[separator + 1 : end])
        if rows:
            blocks.append(_table(rows, has_header=separator > start, aligned=_are_equally_long(rows)))
    return blocks


def _rows_of_pipes(run: list[Line]) -> list[tuple[int, list[str]]]:
    """The cells of each line; a pipe at an end is a frame if every line has it, else it delimits an empty cell."""
    has_left_frame = all(line.startswith("|") for _, line in run)
    has_right_frame = all(line.endswith("|") for _, line in run)
    rows = []
    for number, line in run:
        if "\\|" in line:
            cells = [cell.replace("\\|", "|").strip() for cell in _UNESCAPED_PIPE.split(line)]
        else:
            cells = [cell.strip() for cell in line.split("|")]
        if "<br" in line:
            cells = [_LINE_BREAK.sub("\n", cell) for cell in cells]
        cells = cells[has_left_frame : len(cells) - has_right_frame]
        rows.append((number, [_unmarked(cell) for cell in cells]))
    return rows


def _are_equally_long(rows: list[tuple[int, list[str]]]) -> bool:
    return len(rows) > 1 and len({len(cells) for _, cells in rows}) == 1


def _table(rows: list[tuple[int, list[str]]], *, has_header: bool, aligned: bool) -> Table:
    cells = []
    for row, (number, texts) in enumerate(rows):
        at = place(number)
        for column, text in enumerate(texts):
            cells.append(table_cell(text, row, column, 1, 1, has_header and row == 0, at))
    return Table(tuple(cells), aligned=aligned, at=place(rows[0][0]))

"""Tables that were flattened: a page copied to plain text, one cell a line, each closed by a pipe.

What the pipes say, as in published reports that went through a converter:

- `cell |` is a cell. `a | b |` are two.
- A line of one pipe alone closes the cell above it if that had no pipe yet, and is an empty cell otherwise.
- A line of n pipes delimits n empty cells: the row goes on without text to its last column. Converters drop or repeat
  some of them, so their number is a hint and no proof; the cells of one such line share one position.
- The last cell of a row may have lost its pipe; then it is told from the heading or prose after the table by its look.
"""

from __future__ import annotations

import re

from gongkai.documents.model import Block, Flow, FlowCell, Paragraph
from gongkai.documents.readers.bulk import flow_cell, place

Line = tuple[int, str]  # its number, counted from 1, and its stripped text

LONGEST_CELL = 60  # characters; without a pipe of its own a longer line is prose
LONGEST_LABEL = 14  # the labels at the ends of rows are short: 总计, 其他, 现行有效件数
LONGEST_PROSE_IN_CELL = 200

_VALUE = re.compile(
    r"[+\-−＋－减增]?\s*[\d０-９][\d０-９,，.．\s]*[万亿]?\s*[件条元项次个%％]?\s*([（(].{1,30}[）)])?$|[-—–－/／\\无〇○零]{1,4}$"
)
_SECTION = re.compile(r"第?[一二三四五六七八九十]+\s*[、.．部章]|#")
_PROSE_MARKS = re.compile(r"[。；;！？]")


def run_of_pipes(lines: list[Line], start: int) -> int:
    """Where the run of lines with pipes that begins here ends; 0 when none begins here."""
    if "|" not in lines[start][1] and not _is_closed_below(lines, start):
        return 0
    end = start + 1
    while end < len(lines) and ("|" in lines[end][1] or _is_cell_without_pipe(lines, end)):
        end += 1
    if end - start > 1 or lines[start][1].strip("|").count("|") > 1:
        return end
    return 0


def _is_closed_below(lines: list[Line], index: int) -> bool:
    """Whether the next line is the pipe, or the pipes, that this line lacks."""
    is_followed_by_pipes = index + 1 < len(lines) and not lines[index + 1][1].strip("| \t")
    return is_followed_by_pipes and len(lines[index][1]) <= LONGEST_CELL and not lines[index][1].startswith("#")


def _is_cell_without_pipe(lines: list[Line], index: int) -> bool:
    line = lines[index][1]
    if _is_closed_below(lines, index) or (len(line) <= LONGEST_CELL and _VALUE.match(line)):
        return True
    is_amid_the_table = index + 1 < len(lines) and "|" in lines[index + 1][1]
    is_label = len(line) <= LONGEST_LABEL and not _SECTION.match(line) and not _PROSE_MARKS.search(line)
    return is_amid_the_table and is_label and "\t" not in line


def flow_of(run: list[Line]) -> list[Block]:
    """The cells of a run in reading order; long prose that a layout put between pipes is a paragraph of its own."""
    blocks: list[Block] = []
    cells: list[FlowCell] = []
    is_open = False  # the last cell waits for its pipe
    for number, line in run:
        at = place(number)
        if "|" not in line:
            cells.append(flow_cell(line.strip(), at))
            is_open = True
            continue
        if line.find("|") == len(line) - 1 <= LONGEST_PROSE_IN_CELL and (text := line[:-1].strip()):
            cells.append(flow_cell(text, at))  # what nearly every line is
            is_open = False
            continue
        pieces = [piece.strip() for piece in line.split("|")]
        if not any(pieces):
            cells.extend([flow_cell("", at)] * (len(pieces) - 1 - is_open))
        elif len(line) > LONGEST_PROSE_IN_CELL and _PROSE_MARKS.search(line):
            blocks += [Flow(tuple(cells))] if cells else []
            blocks += [Paragraph(piece, at) for piece in pieces if piece]
            cells = []
        else:
            # An unclosed cell before the first pipe belongs to the line above: `0`, `| 0`, `| 0`.
            inner = pieces[not pieces[0] : len(pieces) - (not pieces[-1])]
            cells.extend([flow_cell(piece, at) for piece in inner])
        is_open = bool(pieces[-1])
    return [*blocks, Flow(tuple(cells))] if cells else blocks

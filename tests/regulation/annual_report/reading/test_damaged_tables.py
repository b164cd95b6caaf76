"""One cell, row or label taken out of a printed table at random: what is read is still right, or it is not read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from gongkai.documents.model import Document, Table, TableCell
from gongkai.regulation.annual_report.compose import compose
from gongkai.regulation.annual_report.reading import read
from gongkai.regulation.annual_report.report import Cell, Report
from tests.corpus.truth import SCALES, truth

Cells = list[TableCell]
HEADER_ROWS = 3
SEEDS = range(100)


def figures(cells: Cells) -> Cells:
    return [cell for cell in cells if not cell.is_header]


def labels(cells: Cells) -> Cells:
    return [cell for cell in cells if cell.is_header and cell.row >= HEADER_ROWS] or figures(cells)


def headings(cells: Cells) -> Cells:
    return [cell for cell in cells if cell.is_header and cell.row < HEADER_ROWS]


def without(cells: Cells, gone: TableCell) -> Cells:
    """The table without a cell, the rest of its row moved up to the left, as a lost `<td>` leaves it."""
    kept = [cell for cell in cells if cell is not gone]
    return [
        replace(cell, column=max(0, cell.column - gone.column_span))
        if cell.row == gone.row and cell.column > gone.column and (cell.row >= HEADER_ROWS or cell.is_header)
        else cell
        for cell in kept
    ]


def drop_figure(cells: Cells, rng: Random) -> Cells:
    return without(cells, rng.choice(figures(cells)))


def drop_label(cells: Cells, rng: Random) -> Cells:
    return without(cells, rng.choice(labels(cells)))


def drop_heading(cells: Cells, rng: Random) -> Cells:
    return without(cells, rng.choice(headings(cells)))


def blank_heading(cells: Cells, rng: Random) -> Cells:
    chosen = rng.choice(headings(cells))
    return [replace(cell, text="") if cell is chosen else cell for cell in cells]


def repeat_figure(cells: Cells, rng: Random) -> Cells:
    chosen = rng.choice(figures(cells))
    moved = [
        replace(cell, column=cell.column + 1) if cell.row == chosen.row and cell.column > chosen.column else cell
        for cell in cells
    ]
    return [*moved, replace(chosen, column=chosen.column + 1)]


def move_figures(cells: Cells, rng: Random) -> Cells:
    row = rng.choice(figures(cells)).row
    return [replace(cell, column=cell.column + 1) if cell.row == row and not cell.is_header else cell for cell in cells]


def drop_row(cells: Cells, rng: Random) -> Cells:
    row = rng.choice(figures(cells)).row
    return [cell for cell in cells if cell.row != row]


def merge_figures(cells: Cells, rng: Random) -> Cells:
    chosen = rng.choice(figures(cells))
    kept = [cell for cell in cells if (cell.row, cell.column) != (chosen.row, chosen.column + 1)]
    return [replace(cell, column_span=2) if cell is chosen else cell for cell in kept]


DAMAGES = (
    drop_figure,
    drop_label,
    drop_heading,
    blank_heading,
    repeat_figure,
    move_figures,
    drop_row,
    merge_figures,
)


def damaged(report: Report, damage: Callable[[Cells, Random], Cells], rng: Random) -> Document:
    blocks = list(compose(report).blocks)
    tables = [number for number, block in enumerate(blocks) if isinstance(block, Table)]
    chosen = rng.choice([tables[0], *tables[-2:], tables[-2]])
    table = blocks[chosen]
    assert isinstance(table, Table)
    cells = sorted(damage(list(table.cells), rng), key=lambda cell: (cell.row, cell.column))
    blocks[chosen] = replace(table, cells=tuple(cells))
    return Document(tuple(blocks))


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_table_never_gives_a_wrong_number(damage: Callable[[Cells, Random], Cells]) -> None:
    for seed in SEEDS:
        rng = Random(f"{damage.__name__}/{seed}")
        edition = rng.choice(("2019", "2021"))
        source = truth(f"damaged/{seed}", edition, scale=rng.choice(SCALES[2:]))
        cells = {address: Cell(known.value, "number", str(known.value)) for address, known in source.cells.items()}
        report = Report(source.year, source.agency, {table.key: edition for table in source.tables}, cells)
        result = read(damaged(report, damage, rng))
        if not isinstance(result, Report):
            continue
        wrong = {
            address: (cell.value, result.cells[address].value)
            for address, cell in cells.items()
            if address in result.cells
            and result.cells[address].state != "unreadable"
            and result.cells[address].value != cell.value
        }
        assert wrong == {}, f"{damage.__name__}, seed {seed}"

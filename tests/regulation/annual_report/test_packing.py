"""Packed reports come back as columns with every number and every state."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.packing import Packed, pack, packed_addresses, store_of, unpack
from gongkai.regulation.annual_report.report import Cell, Report

FEES = "art20_8.administrative_fees.fee_amount_wan"
cells = st.one_of(
    st.integers(-(2**40), 2**40).map(lambda value: Cell(value, "number", str(value))),
    st.decimals(-(10**9), 10**9, places=7).map(lambda value: Cell(value, "number", str(value))),
    st.sampled_from([Cell(None, "blank", ""), Cell(None, "mark", "/"), Cell(None, "unreadable", "")]),
)


def report(edition: str, found: dict[str, Cell], without: frozenset[str] = frozenset()) -> Report:
    tables = [table for table in form(edition).tables if table.key not in without]
    nothing = Cell(0, "number", "0")
    every = {address: found.get(address, nothing) for table in tables for address in table.addresses()}
    return Report(2023, "甲", {table.key: edition for table in tables}, every)


@given(st.lists(st.tuples(st.sampled_from(["2019", "2021"]), st.booleans(), cells, cells), max_size=6))
def test_every_cell_of_every_report_comes_back(drawn):
    reports = [
        report(edition, {"applications.granted.total": one, FEES: two}, frozenset(["remedies"] if lacks else []))
        for edition, lacks, one, two in drawn
    ]
    store = store_of(pack(each) for each in reports)
    for table in store.tables():
        for row, rank in enumerate(table.reports):
            for address, column in table.columns.items():
                cell = reports[rank].cells[address]
                assert column.value(row) == cell.value
                assert column.state(row) == cell.state
    kept = {(rank, table.key, table.edition) for table in store.tables() for rank in table.reports}
    assert kept == {
        (rank, key, edition) for rank, each in enumerate(reports) for key, edition in each.table_editions.items()
    }


@given(cells)
def test_a_report_is_unpacked_as_it_was(cell):
    before = report("2019", {"applications.granted.total": cell})
    after = unpack(pack(before), "甲", 2023)
    assert {address: (each.value, each.state) for address, each in after.cells.items()} == {
        address: (each.value, each.state) for address, each in before.cells.items()
    }
    assert (after.agency, after.year, after.table_editions) == ("甲", 2023, before.table_editions)


def test_a_report_takes_four_bytes_a_cell():
    packed = pack(report("2021", {}))
    assert len(packed.numbers) == 4 * len(form("2021").addresses())
    assert packed_addresses(packed.table_editions) == form("2021").addresses()
    assert packed.aside == {}


def test_what_fits_in_no_32_bits_stands_aside():
    packed = pack(report("2021", {FEES: Cell(Decimal("0.00001"), "number", "0.00001")}))
    assert packed.aside == {FEES: Decimal("0.00001")}


def test_numbers_of_other_tables_are_refused():
    with pytest.raises(ValueError, match="bytes"):
        store_of([Packed({"remedies": "2021"}, b"1234", {})])

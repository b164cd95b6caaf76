from decimal import Decimal

import pytest

from gongkai.regulation.annual_report.report import Cell
from gongkai.regulation.annual_report.wide import WideColumn

from .filled_reports import BLANK, UNREADABLE, Printed, cell


@pytest.mark.parametrize("is_decimal", [False, True])
@pytest.mark.parametrize(
    "value",
    [0, -8, 7, 2**31 - 1, 2**31, -(2**31), -(2**31) + 4, 10**30, Decimal("9.46"), Decimal("0.00001"), Decimal("-3")],
)
def test_a_number_comes_back_as_it_went_in(is_decimal: bool, value: int | Decimal) -> None:
    column = WideColumn(is_decimal)
    column.append(cell(value))
    assert column.value(0) == value
    assert column.state(0) == "number"


@pytest.mark.parametrize(("printed", "state"), [(BLANK, "blank"), (UNREADABLE, "unreadable"), ("—", "mark")])
def test_a_state_comes_back_and_has_no_number(printed: Printed, state: str) -> None:
    column = WideColumn(is_decimal=False)
    column.append(cell(printed))
    assert (column.state(0), column.value(0)) == (state, None)


def test_a_tally_adds_only_the_rows_it_is_asked_for_and_loses_no_digit() -> None:
    column = WideColumn(is_decimal=True)
    for printed in (Decimal("0.1"), 7, BLANK, Decimal("0.00001"), 10**20, "/"):
        column.append(cell(printed))
    total, states = column.tally([0, 2, 3, 4, 5])
    assert total == 10**20 + Decimal("0.1") + Decimal("0.00001")
    assert states == {"number": 3, "blank": 1, "mark": 1, "unreadable": 0, "absent": 0}


def test_a_cell_the_report_does_not_have_is_absent() -> None:
    column = WideColumn(is_decimal=False)
    column.append(None)
    column.append(Cell(3, "number", "3"))
    assert [column.state(0), column.state(1)] == ["absent", "number"]
    assert [column.value(0), column.value(1)] == [None, 3]

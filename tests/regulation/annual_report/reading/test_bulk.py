from dataclasses import FrozenInstanceError, fields, replace

import pytest

from gongkai.regulation.annual_report.reading.bulk import cell_of
from gongkai.regulation.annual_report.reading.cells import Reading
from gongkai.regulation.annual_report.report import Cell

QUICK = cell_of(Reading(22, "number", "22（其中修订16件）", "其中修订16件"), "line 96", "按合计关系选定")
ORDINARY = Cell(22, "number", "22（其中修订16件）", "line 96", "其中修订16件", "按合计关系选定")


def test_a_cell_made_in_bulk_is_no_different_from_what_the_constructor_makes() -> None:
    assert type(QUICK) is Cell
    assert (QUICK, repr(QUICK), hash(QUICK), replace(QUICK)) == (ORDINARY, repr(ORDINARY), hash(ORDINARY), ORDINARY)


@pytest.mark.parametrize("name", [field.name for field in fields(Cell)])
def test_a_cell_made_in_bulk_is_frozen(name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(QUICK, name, None)

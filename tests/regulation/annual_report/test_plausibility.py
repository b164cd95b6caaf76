import pytest

from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.annual_report.plausibility import plausibility

COLUMNS = [column for edition in EDITIONS for table in form(edition).tables for column in table.columns]


@pytest.mark.parametrize("unit", sorted({column.unit for column in COLUMNS}))
def test_every_unit_of_the_forms_has_its_yardsticks(unit: str) -> None:
    assert plausibility().change[unit].factor > 1
    assert plausibility().outlier.minimum[unit] > 0


def test_every_stock_column_is_a_column_of_a_form() -> None:
    assert plausibility().unchanged.stock_columns <= {column.key for column in COLUMNS}

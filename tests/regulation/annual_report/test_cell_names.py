import pytest

from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.annual_report.forms import EDITIONS, form


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_cell_has_a_name_of_its_own_in_both_languages(edition: str) -> None:
    names = cell_names(edition)
    assert tuple(names) == form(edition).addresses()
    assert len({name.label for name in names.values()}) == len(names)
    assert len({name.label_en for name in names.values()}) == len(names)


def test_a_label_that_occurs_twice_is_told_apart_by_its_group() -> None:
    assert cell_names("2021")["applications.other_misc.natural_person"].label == "其他处理：其他·自然人"


def test_headlines_are_the_totals_where_a_table_has_them() -> None:
    headlines = {address for address, name in cell_names("2021").items() if name.is_headline}
    assert "applications.granted.total" in headlines
    assert "applications.granted.natural_person" not in headlines
    assert "art20_1.rules.issued" in headlines

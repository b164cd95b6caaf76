"""The two editions of the form: what they hold, and that the law says the same of their years."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.regulation.annual_report.forms import EDITIONS, form, form_for_year
from gongkai.regulation.law import law_on


@pytest.mark.parametrize(("edition", "articles", "applications"), [("2019", 22, 161), ("2021", 10, 175)])
def test_an_edition_has_the_cells_that_the_notice_prints(edition: str, articles: int, applications: int) -> None:
    counted = {table.key: len(table.addresses()) for table in form(edition).tables}
    assert sum(count for key, count in counted.items() if key.startswith("art20")) == articles
    assert counted["applications"] == applications
    assert counted["remedies"] == 15


@pytest.mark.parametrize("year", range(2019, 2031))
def test_the_form_of_a_year_is_the_one_that_the_law_of_that_year_names(year: int) -> None:
    filled = form_for_year(year)
    assert filled is not None
    assert filled.edition == law_on(date(year, 12, 31)).parameter("report_form_edition").value


def test_no_form_was_prescribed_before_2019() -> None:
    assert form_for_year(2018) is None


def test_a_relation_for_every_column_or_row_is_one_relation_each() -> None:
    for edition in EDITIONS:
        flows = [relation for relation in form(edition).relations if relation.code == "APP-FLOW"]
        assert len(flows) == 7
        rows = [relation for relation in form(edition).relations if relation.code == f"APP-COLUMNS-{edition}"]
        assert len(rows) == (23 if edition == "2019" else 25)


def test_a_relation_names_the_printed_total_last() -> None:
    for edition in EDITIONS:
        for relation in form(edition).relations:
            if relation.code.startswith(("APP-COLUMNS", "APP-RESULTS", "REM-")):
                assert "total" in relation.addresses[-1].rpartition(".")[2] or "results_total" in relation.addresses[-1]
            if relation.code == "APP-FLOW":
                assert relation.addresses[-1].startswith("applications.carried_forward.")


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_table_names_each_of_its_cells_once_row_by_row(edition: str) -> None:
    for table in form(edition).tables:
        expected = [(row.key, column.key) for row in table.rows if row.is_data for column in table.columns]
        assert [(row, column) for row, column, _ in table.cells] == expected
        assert table.addresses() == tuple(f"{table.key}.{row}.{column}" for row, column in expected)

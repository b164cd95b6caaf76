"""The form itself: missing and unfilled tables, cells that can't be, the wrong edition."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.regulation.annual_report.check import check
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.messages import message
from gongkai.regulation.annual_report.report import Report
from gongkai.regulation.annual_report.structure_check import lacks_rule_making_power
from gongkai.regulation.finding import Finding
from tests.regulation.annual_report.reports import blank, mark, number, report, unreadable


def found(subject: Report, code: str) -> list[Finding]:
    return [finding for finding in check(subject) if finding.code == code]


def without_table(subject: Report, table: str) -> Report:
    return replace(
        subject,
        table_editions={key: edition for key, edition in subject.table_editions.items() if key != table},
        cells={address: cell for address, cell in subject.cells.items() if not address.startswith(f"{table}.")},
    )


def test_a_missing_table_is_an_error_with_its_caption() -> None:
    (finding,) = found(without_table(report("2021"), "remedies"), "TABLE-MISSING")
    assert finding.severity == "error"
    assert "行政复议、行政诉讼" in message(finding)


def test_an_unfilled_table_is_said_once_and_is_no_table_of_zeros() -> None:
    cells = {address: blank() for address in form("2021").table("art20_1").addresses()}
    findings = check(report("2021", cells))
    assert [finding.code for finding in findings if finding.severity == "error"] == ["TABLE-BLANK"]
    assert not [finding for finding in findings if finding.code == "CELLS-BLANK"]


def test_some_blank_cells_are_an_information_that_names_them() -> None:
    (finding,) = found(
        report("2021", {"art20_5.administrative_license.decisions": 1, "art20_1.rules.issued": blank()}), "CELLS-BLANK"
    )
    assert finding.cells == ("art20_1.rules.issued",)
    assert finding.severity == "info"


def test_marks_and_unreadable_cells_are_said() -> None:
    subject = report("2021", {"art20_1.rules.issued": mark("/"), "art20_1.rules.repealed": unreadable("见附件")})
    assert found(subject, "CELLS-MARKED")[0].quotes == ("/",)
    (finding,) = found(subject, "CELLS-UNREADABLE")
    assert finding.missing == ("art20_1.rules.repealed",)
    assert "见附件" in message(finding)


def test_a_negative_count_is_an_error_but_a_negative_change_is_not() -> None:
    assert found(report("2021", {"art20_1.rules.issued": -1}), "CELL-NEGATIVE")
    cells = {"art20_5.administrative_license.prior_year_count": 8, "art20_5.administrative_license.change": -8}
    assert found(report("2019", cells), "CELL-NEGATIVE") == []


def test_a_count_must_be_whole_but_an_amount_need_not() -> None:
    assert found(report("2021", {"art20_1.rules.issued": number(Decimal("1.5"))}), "CELL-NOT-WHOLE")
    assert (
        found(report("2021", {"art20_8.administrative_fees.fee_amount_wan": number(Decimal("1.5"))}), "CELL-NOT-WHOLE")
        == []
    )


def test_an_amount_that_is_plainly_in_yuan_is_questioned() -> None:
    address = "art20_8.administrative_fees.fee_amount_wan"
    assert found(report("2021", {address: 77302800}), "AMOUNT-UNIT")
    assert found(report("2021", {address: 316441}), "AMOUNT-UNIT") == []


def test_the_edition_must_be_that_of_the_year() -> None:
    (finding,) = found(report("2019", year=2022), "EDITION-YEAR")
    assert "国办公开办函〔2021〕30号" in message(finding)
    assert found(report("2019", year=2020), "EDITION-YEAR") == []


def test_an_unknown_agency_or_year_is_said_and_not_guessed() -> None:
    subject = replace(report("2021"), year=None, agency=None)
    assert {"AGENCY-UNKNOWN", "YEAR-UNKNOWN"} <= {finding.code for finding in check(subject)}


@pytest.mark.parametrize(
    ("agency", "lacks"),
    [
        ("青溪县人民政府", True),
        ("云台镇人民政府", True),
        ("竹溪街道办事处", True),
        ("东湖区人民政府", True),
        ("安岭市人民政府", False),
        ("宁西壮族自治区人民政府", False),
        ("安岭省水利厅", False),
        (None, False),
    ],
)
def test_only_a_name_that_shows_it_denies_rule_making_power(agency: str | None, lacks: bool) -> None:
    assert lacks_rule_making_power(agency) is lacks

"""Opening a year: which agencies owe a report, on which form, by when."""

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.organs.actions import found
from gongkai.office.organs.models import Organ
from gongkai.office.reporting import actions
from gongkai.office.reporting.models import ReportYear
from gongkai.office.reporting.queries import board, subordinate_years
from tests.office.cast import Cast
from tests.office.reporting.ledger import JANUARY, opened


def test_a_government_opens_for_itself_and_everything_below(cast: Cast) -> None:
    made = actions.open_year(cast.county, 2024, by=cast.officer, at=JANUARY)
    assert [(each.organ.code, each.is_consolidated) for each in made] == [
        ("qingxi", True),
        ("qingxi-education", False),
        ("qingxi-water", False),
    ]
    assert {each.edition for each in made} == {"2021"}
    county = made[0]
    assert [each.organ.code for each in subordinate_years(county)] == ["qingxi-education", "qingxi-water"]


def test_an_agency_opens_for_itself_alone(cast: Cast) -> None:
    assert [each.organ for each in actions.open_year(cast.education, 2024, by=cast.officer, at=JANUARY)] == [
        cast.education
    ]


def test_the_days_are_before_the_law_s(cast: Cast) -> None:
    made = {each.organ.code: each for each in actions.open_year(cast.county, 2024, by=cast.officer, at=JANUARY)}
    assert (made["qingxi"].hand_in_by, made["qingxi"].publish_by) == (date(2025, 3, 20), date(2025, 3, 31))
    assert made["qingxi-water"].publish_by == date(2025, 1, 31)


def test_days_after_the_law_s_are_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="法定期限2025-01-31"):
        actions.open_year(cast.education, 2024, publish_by=date(2025, 2, 1), by=cast.officer, at=JANUARY)
    with pytest.raises(Refused, match="不得晚于公开"):
        actions.open_year(
            cast.education,
            2024,
            hand_in_by=date(2025, 1, 30),
            publish_by=date(2025, 1, 29),
            by=cast.officer,
            at=JANUARY,
        )
    assert not ReportYear.objects.exists()


@pytest.mark.parametrize(("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")])
def test_the_form_is_that_of_the_year(cast: Cast, year: int, edition: str) -> None:
    assert opened(cast, year=year).edition == edition


def test_another_form_is_used_when_it_is_asked_for(cast: Cast) -> None:
    [made] = actions.open_year(cast.education, 2021, edition="2019", by=cast.officer, at=JANUARY)
    assert made.edition == "2019"


def test_a_year_before_there_was_a_form_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="没有统一的年度报告格式"):
        actions.open_year(cast.education, 2018, by=cast.officer, at=JANUARY)


def test_opening_again_adds_only_who_was_founded_since(cast: Cast) -> None:
    actions.open_year(cast.county, 2024, by=cast.officer, at=JANUARY)
    found(by="test", at=JANUARY, parent=cast.county, code="qingxi-tax", name="青溪县税务局", kind=Organ.Kind.DEPARTMENT)
    again = actions.open_year(cast.county, 2024, by=cast.officer, at=JANUARY)
    assert [each.organ.code for each in again] == ["qingxi-tax"]


def test_whoever_is_not_the_disclosure_office_may_not(cast: Cast) -> None:
    with pytest.raises(Refused, match="政务公开机构工作人员"):
        actions.open_year(cast.education, 2024, by=cast.editor, at=JANUARY)
    with pytest.raises(Refused):
        actions.open_year(cast.county, 2024, by=cast.outsider, at=JANUARY)


def test_the_board_says_who_has_not_handed_in(cast: Cast) -> None:
    actions.open_year(cast.county, 2024, by=cast.officer, at=JANUARY)
    rows = {each.report_year.organ.code: each for each in board(ReportYear.objects.all(), on=date(2025, 1, 25))}
    assert rows["qingxi-water"].is_overdue
    assert rows["qingxi-water"].days_left == -5
    assert not rows["qingxi"].is_overdue
    assert rows["qingxi"].label == "已开启"


@pytest.mark.parametrize(("day", "colour"), [(14, "ok"), (15, "warn"), (20, "warn"), (21, "bad")])
def test_the_board_warns_in_the_last_days_and_from_then_on(cast: Cast, day: int, colour: str) -> None:
    actions.open_year(cast.county, 2024, by=cast.officer, at=JANUARY)
    rows = {each.report_year.organ.code: each for each in board(ReportYear.objects.all(), on=date(2025, 1, day))}
    assert rows["qingxi-water"].colour == colour

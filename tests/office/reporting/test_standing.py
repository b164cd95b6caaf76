"""Where a report stands is what its events, its item and the files that came in say together."""

from __future__ import annotations

from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from gongkai.office.publishing import actions as publishing
from gongkai.office.reporting import actions
from gongkai.office.reporting.actions.publishing import begin_publication, settle_published
from gongkai.office.reporting.collection import Wanted, collected
from gongkai.office.reporting.models import ReportYear, SettledReport
from gongkai.office.reporting.queries import Standing, board
from tests.office.cast import Cast
from tests.office.reporting.ledger import JANUARY, opened
from tests.office.reporting.published import begun, handed_over, later, public, reviewed
from tests.office.reporting.received import accepted
from tests.office.reporting.test_archive import of

IN_TIME = date(2025, 1, 25)


def standing(*, on: date = IN_TIME) -> Standing:
    [found] = board(ReportYear.objects.all(), on=on)
    return found


def test_handed_over_is_followed_until_it_is_public_and_then_says_since_when_and_where(cast: Cast) -> None:
    report = handed_over(cast)
    assert standing().label == "已交付发布"
    published = begin_publication(report, by=cast.editor, at=later(1))
    assert standing().label == "已交付发布，待审核"
    assert standing().public_on is None
    reviewed(cast, published)
    found = standing()
    assert (found.label, found.public_on, found.is_public) == ("已公开", JANUARY.date(), True)
    assert found.public is not None
    assert found.public.path == reverse("item", args=[published.item_id])


def test_what_was_taken_down_is_not_public_any_more(cast: Cast) -> None:
    report = public(cast)
    publishing.withdraw(report.item, reason="数据有误", by=cast.officer, at=later(20))
    settle_published(at=later(21))
    assert (standing().label, standing().is_public) == ("已撤下", False)


def test_a_correction_says_that_the_earlier_text_is_public_meanwhile(cast: Cast) -> None:
    report = public(cast).report_year
    actions.reopen(report, reason="漏计一条", by=cast.officer, at=later(30))
    assert (standing().label, standing().is_public) == ("更正中", True)
    actions.hand_in(report, by=cast.editor, at=later(31))
    actions.hand_over(report, by=cast.officer, at=later(32))
    assert standing().label == "已公开，更正稿待审核"
    corrected = begin_publication(report, by=cast.editor, at=later(33))
    assert standing().label == "已公开，更正稿待审核"
    reviewed(cast, corrected, first=34)
    assert standing().label == "已公开"


def test_a_report_that_is_not_public_on_its_day_is_late_and_so_is_one_that_came_after_it(cast: Cast) -> None:
    report = begun(cast)
    day = report.report_year.publish_by
    assert not standing(on=day).is_published_late
    assert standing(on=day + timedelta(days=1)).is_published_late
    ReportYear.objects.update(hand_in_by=date(2025, 1, 2), publish_by=date(2025, 1, 3))
    reviewed(cast, report)
    assert standing().is_public
    assert standing().is_published_late, "it is public since the 6th"


def test_a_file_that_was_handed_in_instead_counts_once_it_is_accepted(cast: Cast) -> None:
    opened(cast)
    late = IN_TIME + timedelta(days=30)
    assert standing(on=late).is_overdue
    accepted(cast, of("青溪县教育局", 2024, 4), cast.education)
    found = standing(on=late)
    assert (found.label, found.is_in, found.is_overdue, found.is_done) == ("上传的报告已接受", True, False, False)


def test_the_board_and_the_report_show_the_public_day_with_a_link(cast: Cast, client: Client) -> None:
    report = public(cast)
    client.force_login(cast.editor)
    path = reverse("item", args=[report.item_id])
    for address in (reverse("reporting_years"), reverse("reporting_year", args=[report.report_year_id])):
        page = client.get(address).content.decode()
        assert f'<a href="{path}">2025-01-06公开</a>' in page
        assert "已公开" in page


def test_what_was_handed_over_counts_for_the_office_and_not_yet_for_the_public(cast: Cast, client: Client) -> None:
    report = handed_over(cast)
    [settled] = SettledReport.objects.all()
    assert (settled.report_year, settled.is_public) == (report, False)
    assert [row.agency for row in collected(Wanted(2024, 2024)).rows] == ["青溪县教育局"]
    page = reverse("report_data_report", args=[settled.pk])
    assert page not in client.get(reverse("report_data")).content.decode()
    assert client.get(page).status_code == 404

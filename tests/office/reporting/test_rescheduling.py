"""Other days for a year that is open: with a reason, within the law's, on record, and told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.notices.models import Outgoing
from gongkai.office.reporting import actions
from gongkai.office.reporting.models import ReportYear
from gongkai.office.reporting.queries import board, stage_of
from tests.office.cast import Cast
from tests.office.reporting.ledger import JANUARY, YEAR, opened
from tests.office.reporting.published import handed_over

DAY = date(2025, 1, 26)


def days(code: str) -> tuple[date, date]:
    report = ReportYear.objects.get(organ__code=code, year=YEAR)
    return report.hand_in_by, report.publish_by


def county(cast: Cast) -> ReportYear:
    return actions.open_year(cast.county, YEAR, by=cast.officer, at=JANUARY)[0]


def test_one_report_gets_another_day_and_what_it_was_stays_on_record(cast: Cast) -> None:
    report = opened(cast)
    changed = actions.change_days(report, hand_in_by=DAY, reason="考核材料推迟下发", by=cast.officer, at=JANUARY)
    assert changed == [report]
    assert days("qingxi-education") == (DAY, date(2025, 1, 31))
    event = report.events.get(kind="days_changed")
    assert event.detail["before"] == ["2025-01-20", "2025-01-31"]
    [entry] = Entry.objects.filter(act="reporting.days_changed")
    assert (entry.actor, entry.detail["reason"]) == (cast.officer.staff_number, "考核材料推迟下发")
    [standing] = board(ReportYear.objects.all(), on=DAY + timedelta(days=1))
    assert (standing.days_left, standing.is_overdue) == (-1, True)


def test_other_days_move_a_report_nowhere(cast: Cast) -> None:
    report = opened(cast)
    actions.collect(report, by=cast.officer, at=JANUARY)
    actions.lock(report, by=cast.officer, at=JANUARY)
    actions.change_days(report, hand_in_by=DAY, reason="推迟", by=cast.officer, at=JANUARY)
    assert stage_of(report) == "locked"


@pytest.mark.parametrize(
    ("scope", "moved"),
    [
        ("own", {"qingxi"}),
        ("below", {"qingxi-education", "qingxi-water"}),
        ("all", {"qingxi", "qingxi-education", "qingxi-water"}),
    ],
)
def test_a_government_changes_its_own_day_those_below_or_all(cast: Cast, scope: str, moved: set[str]) -> None:
    report = county(cast)
    made = actions.change_days(report, hand_in_by=DAY, reason="统一", scope=scope, by=cast.officer, at=JANUARY)  # type: ignore[arg-type]
    assert {each.organ.code for each in made} == moved
    assert {each.organ.code for each in ReportYear.objects.filter(hand_in_by=DAY)} == moved


def test_what_can_not_be_is_refused_and_nothing_is_changed(cast: Cast) -> None:
    report = county(cast)
    before = {each.pk: (each.hand_in_by, each.publish_by) for each in ReportYear.objects.all()}

    def refused(told: str, *, by=cast.officer, reason: str = "推迟", **given: object) -> None:  # type: ignore[no-untyped-def]
        with pytest.raises(Refused, match=told):
            actions.change_days(report, reason=reason, by=by, at=JANUARY, **given)  # type: ignore[arg-type]

    refused("原因", reason=" ", hand_in_by=DAY)
    refused("已经过去", hand_in_by=date(2025, 1, 5))
    refused("没有要改的期限")
    # March is early enough for the government, not for the departments: then for nobody.
    refused("法定期限2025-01-31", publish_by=date(2025, 3, 25), scope="all")
    refused("不得晚于公开", hand_in_by=date(2025, 3, 31), publish_by=date(2025, 3, 30))
    refused("政务公开机构工作人员", by=cast.editor, hand_in_by=DAY)
    assert {each.pk: (each.hand_in_by, each.publish_by) for each in ReportYear.objects.all()} == before
    assert not Entry.objects.filter(act="reporting.days_changed").exists()


def test_a_report_that_was_handed_over_keeps_its_days(cast: Cast) -> None:
    report = handed_over(cast)
    with pytest.raises(Refused, match="已经交付发布"):
        actions.change_days(report, hand_in_by=DAY, reason="推迟", by=cast.officer, at=JANUARY)


def test_whoever_writes_the_reports_is_told_once_by_mail_and_on_the_desk(
    cast: Cast, client: Client, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_HOST = "mail.example.gov.cn"
    cast.editor.email = "editor@example.gov.cn"
    cast.editor.save(update_fields=["email"])
    report = county(cast)
    actions.change_days(report, hand_in_by=DAY, reason="考核推迟", scope="all", by=cast.officer, at=JANUARY)
    [mail] = Outgoing.objects.filter(subject__contains="期限有调整")
    assert mail.about == f"accounts.user:{cast.editor.pk}"
    client.force_login(cast.editor)
    told = client.get(reverse("reporting_year", args=[ReportYear.objects.get(organ=cast.education).pk]))
    assert "报送期限2025-01-20改为2025-01-26" in told.content.decode()
    assert "考核推迟" in told.content.decode()
    monkeypatch.setattr("gongkai.office.desk.views.localdate", lambda: JANUARY.date())
    home = client.get("/desk/").content.decode()
    assert "等待报送的年度报告" in home
    assert "由2025-01-20改为2025-01-26：考核推迟" in home


def test_on_the_screen_the_office_changes_the_days(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.office.reporting.views.staff import years

    monkeypatch.setattr(years, "now", lambda: JANUARY)
    report = county(cast)
    client.force_login(cast.officer)
    address = reverse("reporting_days", args=[report.pk])
    assert "只改下级各机关" in client.get(address).content.decode()
    given = {"hand_in_by": "2025-01-26", "publish_by": "", "scope": "below", "reason": "考核推迟"}
    assert client.post(address, given).status_code == 302
    assert days("qingxi-water") == (DAY, date(2025, 1, 31))
    assert days("qingxi") == (date(2025, 3, 20), date(2025, 3, 31))
    refused = client.post(address, {**given, "publish_by": "2025-02-10"})
    assert refused.status_code == 403
    assert "法定期限" in refused.content.decode()
    client.force_login(cast.editor)
    assert (
        client.get(reverse("reporting_days", args=[ReportYear.objects.get(organ=cast.education).pk])).status_code == 403
    )

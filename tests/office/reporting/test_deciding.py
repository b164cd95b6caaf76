"""What a person does with a received report, and what nobody may do."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongkai.documents.model import Table
from gongkai.documents.writers import render
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.reporting import policy
from gongkai.office.reporting.actions import deciding
from gongkai.office.reporting.models import CellCorrection, ReceivedEvent, ReceivedReport, SettledReport
from gongkai.office.reporting.queries.received import effective, judged_findings, stage_of
from gongkai.office.reporting.received import agencies
from gongkai.office.reporting.received.letter import letter
from tests.office.cast import NOW, TODAY
from tests.office.reporting.papers import report, wrong
from tests.office.reporting.received import accepted, handed_in, identified

CELL = "applications.granted.total"


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def test_a_name_is_matched_exactly_nearly_or_not_at_all(cast):
    organs = [cast.county, cast.education, cast.water]
    assert [each.organ for each in agencies.matches(" 青溪县 教育局", organs)] == [cast.education]
    assert agencies.matches("青溪县教育局", organs)[0].is_exact
    near = agencies.matches("青溪县教育局办公室", organs)
    assert (near[0].organ, near[0].is_exact) == (cast.education, False)
    assert agencies.matches("白石市气象局", organs) == []
    assert agencies.matches("", organs) == []


def test_whose_it_is_is_confirmed_by_a_person(cast):
    found = handed_in(cast, report())
    assert stage_of(found) == "unidentified"
    found = deciding.identify(found, organ=cast.education, agency="", year=2023, by=cast.officer, at=NOW)
    assert (stage_of(found), found.organ, found.agency) == ("open", cast.education, "青溪县教育局")


def test_an_agency_of_elsewhere_is_welcome(cast):
    found = identified(cast, report("白石市气象局"))
    assert (found.organ, found.agency, stage_of(found)) == (None, "白石市气象局", "open")


@pytest.mark.parametrize("year", [2007, 2025])
def test_a_year_that_cannot_be_is_refused(cast, year):
    with pytest.raises(Refused, match="报告年度应当在2008年到2024年之间"):
        deciding.identify(
            handed_in(cast, report()), organ=cast.education, agency="", year=year, by=cast.officer, at=NOW
        )


def test_a_correction_stands_beside_what_was_read_and_the_check_runs_again(cast):
    found = identified(cast, wrong(report(), CELL, "7"), cast.education)
    assert found.errors
    deciding.correct(found, CELL, state="number", value="3", reason="对照原文应为3", by=cast.officer, at=NOW)
    found.refresh_from_db()
    assert found.errors == 0
    assert found.contract["cells"][CELL]["value"] == 7
    assert effective(found).cells[CELL].value == 3
    entry = Entry.objects.get(act="reporting.correct_cell")
    assert entry.detail["before"] == ["number", "7"]
    assert entry.detail["after"] == ["number", "3"]


def test_the_last_correction_counts_and_the_earlier_stay(cast):
    found = identified(cast, report(), cast.education)
    for value in ("5", "6"):
        deciding.correct(found, CELL, state="number", value=value, reason="对照原文更正", by=cast.officer, at=NOW)
    assert effective(found).cells[CELL].value == 6
    assert list(CellCorrection.objects.values_list("value", flat=True)) == [5, 6]


def test_an_amount_may_be_decimal_and_a_count_may_not(cast):
    found = identified(cast, report(), cast.education)
    fees = "art20_8.administrative_fees.fee_amount_wan"
    deciding.correct(found, fees, state="number", value="9.46", reason="对照原文更正", by=cast.officer, at=NOW)
    assert effective(found).cells[fees].value == Decimal("9.46")
    for value, told in (("1.5", "不能是小数"), ("-1", "不会小于零"), ("三", "不是数字"), ("NaN", "不能是")):
        with pytest.raises(Refused, match=told):
            deciding.correct(found, CELL, state="number", value=value, reason="对照原文更正", by=cast.officer, at=NOW)


def test_a_correction_says_why_and_where(cast):
    found = identified(cast, report(), cast.education)
    with pytest.raises(Refused, match="理由"):
        deciding.correct(found, CELL, state="number", value="3", reason=" ", by=cast.officer, at=NOW)
    with pytest.raises(Refused, match="没有这一格"):
        deciding.correct(found, "no.such.cell", state="number", value="3", reason="对照原文", by=cast.officer, at=NOW)


def test_a_report_with_errors_is_accepted_only_when_each_is_explained(cast):
    found = identified(cast, wrong(report(), CELL, "7"), cast.education)
    with pytest.raises(Refused, match="错误没有处理"):
        deciding.accept(found, is_public=True, by=cast.officer, at=NOW)
    for each in judged_findings(found, effective(found)):
        if each.is_open:
            deciding.judge(
                found, each.evidence, judgement="explained", text="原文如此，已核实", by=cast.officer, at=NOW
            )
    assert stage_of(deciding.accept(found, is_public=True, by=cast.officer, at=NOW)) == "accepted"


def test_a_verdict_holds_until_what_it_rests_on_changes(cast):
    found = identified(cast, wrong(report(), CELL, "7"), cast.education)
    error = next(each for each in judged_findings(found, effective(found)) if CELL in each.finding["cells"])
    deciding.judge(found, error.evidence, judgement="mistaken", text="另有说明", by=cast.officer, at=NOW)
    deciding.correct(
        found,
        "art20_8.administrative_fees.fee_amount_wan",
        state="blank",
        value="",
        reason="对照原文",
        by=cast.officer,
        at=NOW,
    )
    found.refresh_from_db()
    assert not next(
        each for each in judged_findings(found, effective(found)) if each.evidence == error.evidence
    ).is_open
    deciding.correct(found, CELL, state="number", value="8", reason="对照原文更正", by=cast.officer, at=NOW)
    found.refresh_from_db()
    assert all(each.verdict is None for each in judged_findings(found, effective(found)))


def test_what_is_accepted_counts_once_and_a_later_report_takes_its_place(cast):
    first = accepted(cast, report(), cast.education)
    assert SettledReport.objects.get().received == first
    other = report(cells={"art20_1.normative_documents.in_force": 9})
    second = accepted(cast, other, cast.education)
    assert SettledReport.objects.get().received == second
    assert (stage_of(first), stage_of(second)) == ("superseded", "accepted")


def test_the_year_before_is_looked_at_when_it_was_accepted(cast):
    before = report(
        year=2022,
        cells={
            "applications.new_received.natural_person": 2,
            "applications.new_received.total": 2,
            "applications.carried_forward.natural_person": 2,
            "applications.carried_forward.total": 2,
        },
    )
    accepted(cast, before, cast.education)
    found = identified(cast, report(year=2023), cast.education)
    assert "X-CARRY-TOTAL" in {finding["code"] for finding in found.findings}


def test_what_is_decided_is_not_changed_any_more(cast):
    found = accepted(cast, report(), cast.education)
    with pytest.raises(Refused, match="已经接受"):
        deciding.correct(found, CELL, state="number", value="4", reason="对照原文更正", by=cast.officer, at=NOW)
    with pytest.raises(Refused, match="已经接受"):
        deciding.give_back(found, note="重报", due_on=TODAY, by=cast.officer, at=NOW)


def test_a_return_keeps_its_findings_and_its_letter_names_them(cast):
    found = identified(cast, wrong(report(), CELL, "7"), cast.education)
    event = deciding.give_back(found, note="请核对申请表。", due_on=TODAY + timedelta(days=7), by=cast.officer, at=NOW)
    assert stage_of(found) == "returned"
    written = letter(event, on=TODAY)
    year = event.report.year
    assert written.blocks[0].text == f"关于退回{year}年\n政府信息公开工作年度报告的函"
    assert written.title == f"关于退回{year}年政府信息公开工作年度报告的函"
    text = render(written, "text").decode()
    for told in ("青溪县教育局：", "请核对申请表。", "2024年4月19日前", "青溪县人民政府", "第四十九条"):
        assert told in text
    table = next(block for block in written.blocks if isinstance(block, Table))
    assert table.row_count == 1 + len(event.detail["findings"])
    assert render(written, "pdf").startswith(b"%PDF")
    assert render(written, "docx").startswith(b"PK")


def test_a_return_needs_a_reason_and_a_day_to_come(cast):
    found = identified(cast, report(), cast.education)
    with pytest.raises(Refused, match="期限已经过去"):
        deciding.give_back(found, note="重报", due_on=TODAY - timedelta(days=1), by=cast.officer, at=NOW)
    for each in judged_findings(found, effective(found)):
        if each.is_open:
            deciding.judge(found, each.evidence, judgement="mistaken", text="经核对无误", by=cast.officer, at=NOW)
    with pytest.raises(Refused, match="退回的原因"):
        deciding.give_back(found, note=" ", due_on=TODAY, by=cast.officer, at=NOW)


def test_nothing_is_decided_before_it_is_known_whose_report_it_is(cast):
    found = handed_in(cast, report())
    with pytest.raises(Refused, match="先确认机关和年度"):
        deciding.accept(found, is_public=True, by=cast.officer, at=NOW)
    with pytest.raises(Refused, match="不知道退给谁"):
        deciding.give_back(found, note="重报", due_on=TODAY, by=cast.officer, at=NOW)


def test_nobody_else_decides(cast):
    found = identified(cast, report(), cast.education)
    for person in (cast.editor, cast.outsider, cast.administrator):
        with pytest.raises(Refused, match="没有在青溪县人民政府接收、更正、审核年度报告的权限"):
            deciding.accept(found, is_public=True, by=person, at=NOW)
    assert list(found.events.values_list("kind", flat=True)) == [
        ReceivedEvent.Kind.RECEIVED,
        ReceivedEvent.Kind.IDENTIFIED,
    ]


def test_an_agency_sees_its_own_reports_and_no_others(cast):
    mine, other = identified(cast, report("青溪县水利局"), cast.water), identified(cast, report(), cast.education)
    assert set(policy.received(cast.outsider, on=date(2024, 4, 12))) == {mine}
    assert set(policy.received(cast.officer, on=date(2024, 4, 12))) == {mine, other}
    assert not policy.received(cast.editor, on=date(2024, 4, 12)).exists()
    assert ReceivedReport.objects.count() == 2

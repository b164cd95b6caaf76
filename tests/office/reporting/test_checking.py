"""A report against every rule, what people say of the findings, and when it is final."""

from datetime import timedelta

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing.models import Item
from gongkai.office.reporting import actions
from gongkai.office.reporting.checking import Judged, findings_of
from gongkai.office.reporting.compiled import report_of
from gongkai.office.reporting.models import ReportYear
from gongkai.office.reporting.queries import stage_of
from tests.office.cast import Cast
from tests.office.reporting.ledger import JANUARY, YEAR, asked, opened, published

SECTIONS = (("problems", "部分栏目更新不及时。下一年将按周核对。"), ("other_matters", "没有收取信息处理费。"))


def ready(cast: Cast, year: int = YEAR) -> ReportYear:
    """Counted and written, so that no rule says anything but on what a test adds."""
    report_year = opened(cast, year=year)
    actions.collect(report_year, by=cast.officer, at=JANUARY)
    actions.draft(report_year, by=cast.editor, at=JANUARY)
    for section, text in SECTIONS:
        actions.write(report_year, section=section, text=text, by=cast.editor, at=JANUARY)
    nothing_to_ask(cast, report_year)
    return report_year


def nothing_to_ask(cast: Cast, report_year: ReportYear) -> None:
    """It licenses, fines and charges nobody, which was looked into."""
    for each in found(report_year, "RPT-NOT-ASKED"):
        actions.judge(
            report_year, each.evidence, judgement="explained", text="已向各股室核实，没有这些事项。",
            by=cast.officer, at=JANUARY,
        )  # fmt: skip


def found(report_year: ReportYear, code: str) -> list[Judged]:
    return [each for each in findings_of(report_year) if each.finding.code == code]


def test_a_report_that_was_counted_and_written_by_the_rules_has_nothing_open(cast: Cast) -> None:
    published(cast, 3)
    assert [each.message for each in findings_of(ready(cast)) if each.is_open] == []


def test_a_number_typed_by_hand_is_told(cast: Cast) -> None:
    report_year = ready(cast)
    actions.write(report_year, section="overview", text="召开座谈会12场。", by=cast.editor, at=JANUARY)
    [judged] = found(report_year, "RPT-UNBOUND-NUMBER")
    assert "12场" in judged.message
    assert judged.is_open


def test_a_number_that_the_ledger_counts_otherwise_is_told(cast: Cast) -> None:
    published(cast, 3)
    report_year = ready(cast)
    actions.write(report_year, section="overview", text="本机关主动公开政府信息4条。", by=cast.editor, at=JANUARY)
    [judged] = found(report_year, "N-LEDGER")
    assert (judged.finding.left, judged.finding.right) == (4, 3)


def test_a_figure_bound_to_the_wrong_words_is_told(cast: Cast) -> None:
    published(cast, 3)
    report_year = ready(cast)
    actions.write(
        report_year, section="overview", text="展示{items_disclosed}个领域的基层政务公开信息。",
        by=cast.editor, at=JANUARY,
    )  # fmt: skip
    assert [each.finding.right for each in found(report_year, "N-LEDGER")] == [0]


def test_a_kept_paragraph_stays_open_until_somebody_has_read_it(cast: Cast) -> None:
    before = opened(cast, year=YEAR - 1)
    actions.collect(before, by=cast.officer, at=JANUARY)
    actions.write(before, section="overview", text="公开专栏由专人维护。", by=cast.editor, at=JANUARY)
    report_year = ready(cast)
    [judged] = found(report_year, "RPT-KEPT-UNREAD")
    assert "公开专栏由专人维护" in judged.message
    actions.confirm(report_year.narrative_parts.get(origin="kept"), by=cast.editor, at=JANUARY)
    assert found(report_year, "RPT-KEPT-UNREAD") == []


def test_what_last_year_promised_has_to_be_reported_on(cast: Cast) -> None:
    before = opened(cast, year=YEAR - 1)
    actions.collect(before, by=cast.officer, at=JANUARY)
    actions.write(before, section="problems", text="改进措施", level=3, by=cast.editor, at=JANUARY)
    promise = actions.write(before, section="problems", text="栏目按周核对。", by=cast.editor, at=JANUARY)
    report_year = ready(cast)
    [judged] = found(report_year, "RPT-PROMISE-OPEN")
    assert "栏目按周核对" in judged.message
    actions.write(
        report_year, section="problems", text="各栏目已按周核对。", answers=promise, by=cast.editor, at=JANUARY
    )
    assert found(report_year, "RPT-PROMISE-OPEN") == []


def test_text_copied_from_a_sibling_is_told(cast: Cast) -> None:
    text = "本机关把公开工作列入年度重点任务，明确由办公室统一归口管理，各股室指定一名联络员负责收集整理和报送信息。"
    other = opened(cast, cast.water)
    actions.collect(other, by=cast.officer, at=JANUARY)
    actions.write(other, section="overview", text=text, by=cast.officer, at=JANUARY)
    report_year = ready(cast)
    actions.write(report_year, section="overview", text=text, by=cast.editor, at=JANUARY)
    [judged] = found(report_year, "COPY-PASSAGE")
    assert "青溪县水利局" in judged.message
    # The same words drafted from the figures of both: who counts the same says the same.
    other.narrative_parts.update(origin="drafted")
    assert found(report_year, "COPY-PASSAGE") == []


def test_what_is_drafted_anew_from_figures_is_no_copy_of_last_year(cast: Cast) -> None:
    text = "本机关把公开工作列入年度重点任务，明确由办公室统一归口管理，各股室指定一名联络员负责收集整理和报送信息。"
    before = opened(cast, year=YEAR - 1)
    actions.collect(before, by=cast.officer, at=JANUARY)
    actions.write(before, section="overview", text=text, by=cast.editor, at=JANUARY)
    report_year = ready(cast)
    assert [each.finding.values["other"] for each in found(report_year, "COPY-PASSAGE")] == [f"{YEAR - 1}年报告"]
    before.narrative_parts.update(origin="drafted")
    assert found(report_year, "COPY-PASSAGE") == []


def test_a_number_nobody_handed_in_is_an_error_until_it_is(cast: Cast) -> None:
    report_year = ready(cast)
    waiting = asked(cast)
    assert len(found(report_year, "RPT-UNANSWERED")) == len(waiting)
    for each in waiting.values():
        actions.answer(each, 0, evidence="没有这项业务", by=cast.editor, at=JANUARY)
    assert found(report_year, "RPT-UNANSWERED") == []


def test_a_0_that_nobody_was_asked_for_has_to_be_explained_or_asked(cast: Cast) -> None:
    report_year = opened(cast)
    actions.collect(report_year, by=cast.officer, at=JANUARY)
    [judged] = found(report_year, "RPT-NOT-ASKED")
    assert judged.is_open
    assert "行政许可" in judged.message
    asked(cast)
    assert found(report_year, "RPT-NOT-ASKED") == []


def test_a_verdict_holds_until_what_it_rests_on_changes(cast: Cast) -> None:
    report_year = ready(cast)
    part = actions.write(report_year, section="overview", text="召开座谈会12场。", by=cast.editor, at=JANUARY)
    [judged] = found(report_year, "RPT-UNBOUND-NUMBER")
    actions.judge(
        report_year, judged.evidence, judgement="explained", text="出自会议登记簿", by=cast.editor, at=JANUARY
    )
    published(cast, 2, first=60)
    actions.collect(report_year, by=cast.officer, at=JANUARY + timedelta(hours=1))
    [same] = found(report_year, "RPT-UNBOUND-NUMBER")
    assert not same.is_open
    assert same.verdict is not None
    assert same.verdict.text == "出自会议登记簿"
    actions.edit(part, text="召开座谈会13场。", by=cast.editor, at=JANUARY)
    [changed] = found(report_year, "RPT-UNBOUND-NUMBER")
    assert changed.is_open
    assert changed.verdict is None


def test_a_verdict_needs_a_reason_and_a_finding(cast: Cast) -> None:
    report_year = ready(cast)
    actions.write(report_year, section="overview", text="召开座谈会12场。", by=cast.editor, at=JANUARY)
    [judged] = found(report_year, "RPT-UNBOUND-NUMBER")
    with pytest.raises(Refused, match="写明原因"):
        actions.judge(report_year, judged.evidence, judgement="explained", text=" ", by=cast.editor, at=JANUARY)
    with pytest.raises(Refused, match="已经没有了"):
        actions.judge(report_year, "0" * 64, judgement="explained", text="说明", by=cast.editor, at=JANUARY)


def test_a_report_is_final_only_when_locked_and_nothing_is_open(cast: Cast) -> None:
    report_year = ready(cast)
    with pytest.raises(Refused, match="还没有锁定"):
        actions.hand_in(report_year, by=cast.editor, at=JANUARY)
    actions.lock(report_year, by=cast.officer, at=JANUARY)
    part = actions.write(report_year, section="overview", text="召开座谈会12场。", by=cast.editor, at=JANUARY)
    with pytest.raises(Refused, match="还有1个问题没有处理"):
        actions.hand_in(report_year, by=cast.editor, at=JANUARY)
    actions.remove(part, by=cast.editor, at=JANUARY)
    actions.hand_in(report_year, by=cast.editor, at=JANUARY)
    assert stage_of(report_year) == "handed_in"


def test_what_is_final_is_not_written_in_until_it_is_sent_back(cast: Cast) -> None:
    report_year = ready(cast)
    actions.lock(report_year, by=cast.officer, at=JANUARY)
    actions.hand_in(report_year, by=cast.editor, at=JANUARY)
    final = report_of(report_year)
    with pytest.raises(Refused, match="已经定稿"):
        actions.write(report_year, section="other_matters", text="补充。", by=cast.editor, at=JANUARY)
    with pytest.raises(Refused, match="已经定稿"):
        actions.lock(report_year, reason="再锁一次", by=cast.officer, at=JANUARY)
    assert report_of(report_year) == final
    with pytest.raises(Refused, match="退回年度报告"):
        actions.send_back(report_year, reason="改一改", by=cast.editor, at=JANUARY)
    actions.send_back(report_year, reason="第五部分太笼统", by=cast.officer, at=JANUARY)
    actions.write(report_year, section="other_matters", text="补充。", by=cast.editor, at=JANUARY)
    assert stage_of(report_year) == "returned"


def test_only_a_final_report_goes_to_publication_and_stays_there(cast: Cast) -> None:
    report_year = ready(cast)
    actions.lock(report_year, by=cast.officer, at=JANUARY)
    with pytest.raises(Refused, match="还没有定稿"):
        actions.hand_over(report_year, by=cast.officer, at=JANUARY)
    actions.hand_in(report_year, by=cast.editor, at=JANUARY)
    actions.hand_over(report_year, by=cast.officer, at=JANUARY)
    with pytest.raises(Refused, match="更正程序"):
        actions.send_back(report_year, reason="迟了", by=cast.officer, at=JANUARY)


def test_a_change_behind_the_lock_is_a_finding_too(cast: Cast) -> None:
    items = published(cast, 2)
    report_year = ready(cast)
    actions.lock(report_year, by=cast.officer, at=JANUARY)
    Item.objects.filter(pk=items[0].pk).update(is_reprint=True)
    [judged] = found(report_year, "RPT-DIFFERENCE")
    assert (judged.finding.left, judged.finding.right, judged.finding.quotes) == (2, 1, (items[0].title,))


def test_a_government_s_tables_are_compared_with_its_parts_once_all_are_final(cast: Cast) -> None:
    published(cast, 2)
    for organ in (cast.education, cast.water):
        own = opened(cast, organ)
        actions.collect(own, by=cast.officer, at=JANUARY)
        actions.draft(own, by=cast.officer, at=JANUARY)
        for section, text in SECTIONS:
            actions.write(own, section=section, text=f"{organ.name}：{text}", by=cast.officer, at=JANUARY)
        nothing_to_ask(cast, own)
        actions.lock(own, by=cast.officer, at=JANUARY)
        actions.hand_in(own, by=cast.officer, at=JANUARY)
    [county] = actions.open_year(cast.county, YEAR, by=cast.officer, at=JANUARY)
    actions.collect(county, by=cast.officer, at=JANUARY)
    assert found(county, "X-HIERARCHY") == []
    late = asked(cast)["art20_6.administrative_penalty.decisions"]
    actions.answer(late, 5, evidence="处罚台账", by=cast.editor, at=JANUARY)
    actions.collect(county, by=cast.officer, at=JANUARY + timedelta(hours=1))
    assert [(each.finding.left, each.finding.right) for each in found(county, "X-HIERARCHY")] == [(5, 0)]

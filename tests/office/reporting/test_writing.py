"""The words of a report: drafted from figures, kept from last year, edited with live numbers."""

from datetime import timedelta

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.reporting import actions
from gongkai.office.reporting.compiled import in_keys, in_words, report_of
from gongkai.office.reporting.models import NarrativePart, ReportYear
from gongkai.regulation.annual_report import claims
from gongkai.regulation.annual_report.compiling import input_cells
from gongkai.regulation.annual_report.figures import catalogue
from tests.office.cast import Cast
from tests.office.reporting.ledger import JANUARY, YEAR, opened, published


def counted(cast: Cast, items: int = 3) -> ReportYear:
    published(cast, items)
    report_year = opened(cast)
    actions.collect(report_year, by=cast.officer, at=JANUARY)
    return report_year


def written(report_year: ReportYear) -> str:
    sections = report_of(report_year).narrative.sections
    return "".join(passage.text for passages in sections.values() for passage in passages)


def test_the_draft_says_what_was_counted_and_nothing_else(cast: Cast) -> None:
    report_year = counted(cast)
    actions.draft(report_year, by=cast.editor, at=JANUARY)
    report = report_of(report_year)
    assert "2024年，本机关主动公开政府信息3条。" in written(report_year)
    tied = {each.figure: each.value for each in claims(report)}
    assert tied["items_disclosed"] == 3
    # Nothing counts posts, so nothing is said of them.
    assert "微博" not in written(report_year)


def test_numbers_in_the_words_move_with_the_figures(cast: Cast) -> None:
    report_year = counted(cast)
    actions.write(
        report_year, section="other_matters", text="全年公开{items_disclosed}条。", by=cast.editor, at=JANUARY
    )
    assert "全年公开3条。" in written(report_year)
    published(cast, 2, first=40)
    actions.collect(report_year, by=cast.officer, at=JANUARY + timedelta(hours=1))
    assert "全年公开5条。" in written(report_year)


def test_a_number_that_does_not_exist_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="不是这一版格式的数据项"):
        actions.write(counted(cast), section="other_matters", text="共{happiness}条。", by=cast.editor, at=JANUARY)


def test_what_nobody_counts_is_shown_as_missing_and_not_as_zero(cast: Cast) -> None:
    report_year = counted(cast)
    actions.write(report_year, section="other_matters", text="培训{trainings}次。", by=cast.editor, at=JANUARY)
    assert "培训〔缺数据：政务公开培训〕次。" in written(report_year)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_figure_has_a_name_of_its_own_by_which_people_write_it(edition: str) -> None:
    text = "、".join(f"{{{key}}}" for key in (*input_cells(edition), *catalogue(), "completion_rate", "year"))
    assert in_keys(in_words(text), edition) == text


def test_drafting_again_adds_only_what_is_not_spoken_of(cast: Cast) -> None:
    report_year = counted(cast)
    first = actions.draft(report_year, by=cast.editor, at=JANUARY)
    assert first
    assert actions.draft(report_year, by=cast.editor, at=JANUARY) == []


def test_last_year_s_own_wording_is_kept_with_this_year_s_numbers(cast: Cast) -> None:
    before = opened(cast, year=2020)
    actions.collect(before, by=cast.officer, at=JANUARY)
    topic = {"section": "overview", "topic": "information_management"}
    text = "全年制定文件{art20_1.normative_documents.newly_made}件，逐件解读。"
    actions.write(before, **topic, text=text, by=cast.editor, at=JANUARY)
    now = opened(cast, year=2021)
    actions.collect(now, by=cast.officer, at=JANUARY)
    actions.draft(now, by=cast.editor, at=JANUARY)
    [part] = now.narrative_parts.filter(origin=NarrativePart.Origin.KEPT)
    assert part.text == "全年制定文件{art20_1.normative_documents.issued}件，逐件解读。"
    assert part.confirmed_at is None
    actions.confirm(part, by=cast.editor, at=JANUARY)
    part.refresh_from_db()
    assert part.confirmed_at == JANUARY


def test_last_year_s_total_disclosed_does_not_become_this_year_s_in_force(cast: Cast) -> None:
    before = opened(cast, year=2020)
    actions.collect(before, by=cast.officer, at=JANUARY)
    text = "对外公开的规范性文件{art20_1.normative_documents.total_disclosed}件。"
    actions.write(before, section="overview", text=text, by=cast.editor, at=JANUARY)
    now = opened(cast, year=2021)
    actions.collect(now, by=cast.officer, at=JANUARY)
    actions.draft(now, by=cast.editor, at=JANUARY)
    assert "〔缺数据：规范性文件·对外公开总数量〕" in written(now)


def test_an_edit_is_the_office_s_own_and_what_stood_there_is_on_record(cast: Cast) -> None:
    report_year = counted(cast)
    part = actions.draft(report_year, by=cast.editor, at=JANUARY)[0]
    before = part.text
    actions.edit(part, text="改写过的一段。", by=cast.editor, at=JANUARY)
    part.refresh_from_db()
    assert part.origin == NarrativePart.Origin.WRITTEN
    told = Entry.objects.filter(act="reporting.edit").get().detail
    assert (told["before"], told["after"]) == (before, "改写过的一段。")


def test_paragraphs_change_places_and_go(cast: Cast) -> None:
    report_year = counted(cast)
    one, two = (
        actions.write(report_year, section="other_matters", text=text, by=cast.editor, at=JANUARY)
        for text in ("第一段。", "第二段。")
    )
    actions.move(two, up=True, by=cast.editor, at=JANUARY)
    assert [each.text for each in report_year.narrative_parts.all()] == ["第二段。", "第一段。"]
    actions.remove(one, by=cast.editor, at=JANUARY)
    assert [each.text for each in report_year.narrative_parts.all()] == ["第二段。"]


def test_nothing_is_drafted_before_something_is_counted(cast: Cast) -> None:
    with pytest.raises(Refused, match="先统计"):
        actions.draft(opened(cast), by=cast.editor, at=JANUARY)


def test_others_may_not_write(cast: Cast) -> None:
    report_year = counted(cast)
    with pytest.raises(Refused, match="编写年度报告的文字"):
        actions.write(report_year, section="other_matters", text="无。", by=cast.outsider, at=JANUARY)


def test_a_promise_of_another_agency_can_not_be_answered(cast: Cast) -> None:
    other = opened(cast, cast.water, year=YEAR - 1)
    actions.collect(other, by=cast.officer, at=JANUARY)
    promise = actions.write(other, section="problems", text="将进一步加强核对。", by=cast.officer, at=JANUARY)
    with pytest.raises(Refused, match="上一年度报告"):
        actions.write(counted(cast), section="problems", text="已经核对。", answers=promise, by=cast.editor, at=JANUARY)

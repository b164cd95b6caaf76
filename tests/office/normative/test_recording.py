"""Steps and effects are recorded by those who may, as they were, and what was wrong is struck and stays."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.queries import broken_places, history
from gongkai.office.normative import actions
from gongkai.office.normative.models import NormativeDocument, NormativeEvent
from gongkai.office.normative.queries import acts_on, procedure_findings, standing_of, timeline
from tests.office.cast import NOW, TODAY
from tests.office.normative.records import document, item, later

pytestmark = pytest.mark.django_db


def drafted(cast, **particulars) -> NormativeDocument:
    return actions.register(cast.education, title="青溪县校外培训管理办法", by=cast.editor, at=NOW, **particulars)


def test_a_registered_document_is_a_draft_and_the_log_knows_who_registered_it(cast):
    made = drafted(cast)
    assert standing_of(made, on=TODAY).state == "draft"
    assert [entry.actor for entry in history(f"normative.document:{made.pk}")] == [cast.editor.staff_number]


@pytest.mark.parametrize("person", ["outsider", "administrator"])
def test_whoever_is_not_appointed_registers_and_records_nothing(cast, person):
    by = getattr(cast, person)
    with pytest.raises(Refused, match="权限"):
        actions.register(cast.education, title="办法", by=by, at=NOW)
    made = drafted(cast)
    with pytest.raises(Refused, match="权限"):
        actions.record_step(made, "drafted", {}, on=TODAY, by=by, at=NOW)
    assert not made.events.exists()


def test_being_a_superuser_gives_no_word(cast):
    cast.outsider.is_superuser = True
    cast.outsider.save()
    with pytest.raises(Refused):
        actions.record_step(drafted(cast), "drafted", {}, on=TODAY, by=cast.outsider, at=NOW)


def test_an_editor_records_steps_but_nothing_that_changes_what_holds(cast):
    found = document(cast)
    actions.record_step(found, "filed", {"to": "县人民政府"}, on=TODAY, by=cast.editor, at=NOW)
    detail = {"act": "青教〔2024〕9号", "effective_on": TODAY}
    with pytest.raises(Refused, match="政务公开机构工作人员"):
        actions.record_effect(found, "repealed", detail, on=TODAY, by=cast.editor, at=NOW)


def test_the_drafter_records_steps_of_the_governments_document(cast):
    made = actions.register(
        cast.county, title="青溪县人民政府办法", by=cast.officer, at=NOW, drafting_organ=cast.education
    )
    actions.record_step(made, "drafted", {}, on=TODAY, by=cast.editor, at=NOW)
    with pytest.raises(Refused):
        actions.number(made, on=TODAY, by=cast.editor, at=NOW)


def test_the_whole_procedure_leaves_no_finding(cast):
    made = drafted(cast)
    steps = [
        ("drafted", {}, date(2024, 1, 2)),
        ("comment_held", {"until": date(2024, 2, 8)}, date(2024, 1, 8)),
        ("legality_reviewed", {"body": "县司法局", "result": "passed"}, date(2024, 2, 20)),
        ("collectively_decided", {"meeting": "局务会第3次会议", "manner": "meeting"}, date(2024, 3, 1)),
        ("signed", {}, date(2024, 3, 4)),
    ]
    for kind, detail, day in steps:
        actions.record_step(made, kind, detail, on=day, by=cast.editor, at=NOW)
    actions.number(made, on=date(2024, 3, 4), by=cast.editor, at=NOW)
    made.refresh_from_db()
    assert standing_of(made, on=TODAY).state == "adopted"
    assert made.document_number == "青教规〔2024〕1号"
    published = item(cast, date(2024, 4, 1), effective_date=date(2024, 4, 1), expiry_date=date(2029, 3, 31))
    actions.link(made, published, by=cast.editor, at=NOW)
    actions.record_step(made, "interpreted", {}, on=date(2024, 4, 1), by=cast.editor, at=NOW)
    actions.record_step(made, "filed", {"to": "县人民政府"}, on=date(2024, 4, 8), by=cast.editor, at=NOW)
    assert procedure_findings(made, on=TODAY) == []
    assert list(broken_places()) == []


def test_a_review_that_failed_is_found(cast):
    made = drafted(cast)
    failed = {"body": "县司法局", "result": "failed"}
    actions.record_step(made, "legality_reviewed", failed, on=TODAY, by=cast.editor, at=NOW)
    decision = {"meeting": "局务会", "manner": "meeting"}
    actions.record_step(made, "collectively_decided", decision, on=TODAY, by=cast.editor, at=NOW)
    assert "没有合法性审核" in [finding.title for finding in procedure_findings(made, on=TODAY)]


def test_what_has_not_happened_yet_is_not_recorded(cast):
    with pytest.raises(Refused, match="还没有到"):
        actions.record_step(drafted(cast), "drafted", {}, on=TODAY + timedelta(days=1), by=cast.editor, at=NOW)


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ({}, "缺少“接受备案的机关”"),
        ({"to": "  "}, "缺少“接受备案的机关”"),
    ],
)
def test_a_missing_particular_is_asked_for(cast, detail, said):
    with pytest.raises(Refused, match=said):
        actions.record_step(document(cast), "filed", detail, on=TODAY, by=cast.editor, at=NOW)


def test_a_comment_period_that_ends_before_it_begins_is_refused(cast):
    with pytest.raises(Refused, match="前后矛盾"):
        actions.record_step(
            drafted(cast), "comment_held", {"until": date(2024, 1, 1)}, on=TODAY, by=cast.editor, at=NOW
        )


def test_a_step_is_no_effect_and_an_effect_no_step(cast):
    with pytest.raises(Refused, match="没有这种登记事项"):
        actions.record_step(document(cast), "repealed", {}, on=TODAY, by=cast.officer, at=NOW)
    with pytest.raises(Refused, match="没有这种登记事项"):
        actions.record_effect(document(cast), "published", {}, on=TODAY, by=cast.officer, at=NOW)


def test_a_repeal_ends_the_document_and_links_both_ways(cast):
    old, new = document(cast), document(cast, date(2024, 4, 10))
    detail = {"act": new.document_number, "effective_on": date(2024, 5, 1), "manner": "superseded"}
    actions.record_effect(old, "repealed", detail, on=date(2024, 4, 10), by=cast.officer, at=NOW, act_item=new.item)
    old.refresh_from_db()
    assert (old.ended_on, old.ended_as) == (date(2024, 5, 1), "repealed")
    assert standing_of(old, on=date(2024, 4, 30)).is_in_force
    assert [event.document for event in acts_on(new.item)] == [old]


def test_an_extension_in_time_moves_the_end_and_one_too_late_is_refused(cast):
    found = document(cast, effective_date=date(2023, 3, 1), expiry_date=date(2024, 4, 11))
    late = {"act": "青教〔2024〕9号", "until": date(2026, 4, 11)}
    with pytest.raises(Refused, match="不能以延期恢复"):
        actions.record_effect(found, "extended", late, on=date(2024, 4, 12), by=cast.officer, at=NOW)
    actions.record_effect(found, "extended", late, on=date(2024, 4, 11), by=cast.officer, at=NOW)
    found.refresh_from_db()
    assert found.ended_on == date(2026, 4, 12)


def test_nothing_is_amended_before_it_is_published(cast):
    detail = {"act": "青教〔2024〕9号", "effective_on": TODAY}
    with pytest.raises(Refused, match="还没有公布"):
        actions.record_effect(drafted(cast), "amended", detail, on=TODAY, by=cast.officer, at=NOW)


def test_the_publication_of_an_older_document_is_entered_once_and_only_for_an_older_one(cast):
    made = drafted(cast, is_older=True)
    dates = {"on": date(2016, 6, 1), "effective_on": date(2016, 7, 1), "expires_on": None}
    with pytest.raises(Refused, match="权限"):
        actions.enter_publication(made, **dates, by=cast.editor, at=NOW)
    actions.enter_publication(made, **dates, by=cast.officer, at=NOW)
    made.refresh_from_db()
    # Before 2018 no rule set a default term: it has none.
    assert (made.disclosed_on, made.valid_from, made.ended_on) == (date(2016, 6, 1), date(2016, 7, 1), None)
    with pytest.raises(Refused, match="已经补录过"):
        actions.enter_publication(made, **dates, by=cast.officer, at=NOW)
    with pytest.raises(Refused, match="由系统在公开时记下"):
        actions.enter_publication(drafted(cast), **dates, by=cast.officer, at=NOW)


def test_the_entered_day_of_an_older_document_goes_before_the_day_it_came_online(cast):
    made = drafted(cast, is_older=True)
    actions.link(made, item(cast, date(2024, 1, 5)), by=cast.editor, at=NOW)
    actions.enter_publication(
        made, on=date(2021, 6, 1), effective_on=date(2021, 6, 1), expires_on=None, by=cast.officer, at=NOW
    )
    made.refresh_from_db()
    assert (made.disclosed_on, made.ended_on) == (date(2021, 6, 1), date(2026, 6, 1))


def test_a_struck_entry_no_longer_counts_and_stays_to_be_seen(cast):
    found = document(cast)
    wrong = actions.record_effect(found, "lapsed", {"reason": "误登"}, on=TODAY, by=cast.officer, at=NOW)
    with pytest.raises(Refused, match="原因"):
        actions.strike(wrong, reason=" ", by=cast.officer, at=later(1))
    actions.strike(wrong, reason="登记错了文件", by=cast.officer, at=later(1))
    found.refresh_from_db()
    assert found.ended_as == "lapsed"  # by the default term, years later
    assert found.ended_on == date(2028, 3, 1)
    entry = next(entry for entry in timeline(found) if entry.event == wrong)
    assert entry.struck.detail == {"reason": "登记错了文件"}
    with pytest.raises(Refused, match="已经更正过"):
        actions.strike(wrong, reason="再来一次", by=cast.officer, at=later(1))


def test_the_database_refuses_to_change_or_delete_an_event(cast):
    found = document(cast)
    event = actions.record_step(found, "filed", {"to": "县人民政府"}, on=TODAY, by=cast.editor, at=NOW)
    for attempt in (
        lambda: NormativeEvent.objects.filter(pk=event.pk).update(on=date(2020, 1, 1)),
        lambda: NormativeEvent.objects.filter(pk=event.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()

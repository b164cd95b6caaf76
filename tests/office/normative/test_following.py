"""What is published, corrected or withdrawn is followed, and the days pass."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from gongkai.office.audit.queries import history
from gongkai.office.normative import actions
from gongkai.office.normative.models import NormativeDocument
from gongkai.office.normative.queries import standing_of
from gongkai.office.publishing.actions import withdraw
from gongkai.office.publishing.search import Query, find
from tests.office.cast import NOW, TODAY
from tests.office.normative.records import document, item
from tests.office.publishing.stage import published

pytestmark = pytest.mark.django_db


def test_a_normative_document_that_nobody_registered_is_registered_when_it_goes_public(cast):
    published = item(cast, date(2024, 4, 1), effective_date=date(2024, 5, 1), expiry_date=date(2029, 4, 30))
    actions.follow([published.pk], at=NOW)
    found = NormativeDocument.objects.get(item=published)
    assert (found.organ, found.level, found.title) == (cast.education, "department", published.title)
    assert (found.signed_on, found.disclosed_on) == (date(2023, 2, 20), date(2024, 4, 1))
    assert (found.valid_from, found.expires_on, found.ended_on) == (
        date(2024, 5, 1),
        date(2029, 4, 30),
        date(2029, 5, 1),
    )
    assert found.is_listed
    assert [entry.actor for entry in history(f"normative.document:{found.pk}")] == ["system"]


def test_other_information_gets_no_record(cast):
    plain = item(cast, is_normative_document=False)
    actions.follow([plain.pk], at=NOW)
    assert not NormativeDocument.objects.exists()


def test_a_correction_of_the_term_moves_the_end(cast):
    found = document(cast, effective_date=date(2023, 3, 1), expiry_date=date(2026, 2, 28))
    found.item.expiry_date, found.item.changed_at = date(2024, 2, 29), NOW
    found.item.save()
    actions.follow([found.item_id], at=NOW)
    found.refresh_from_db()
    assert (found.ended_on, found.ended_as) == (date(2024, 3, 1), "lapsed")
    assert standing_of(found, on=TODAY).state == "lapsed"


def test_a_withdrawn_page_leaves_the_library_and_the_document_keeps_its_life(cast):
    found = document(cast)
    found.item.withdrawn_at, found.item.withdrawn_reason = NOW, "内容有误"
    found.item.save()
    actions.follow([found.item_id], at=NOW)
    found.refresh_from_db()
    assert not found.is_listed
    assert found.disclosed_on == date(2023, 3, 1)


def test_what_an_import_brought_is_caught_up_with_once(cast):
    for _ in range(3):
        item(cast)
    assert actions.catch_up(at=NOW) == 3
    assert actions.catch_up(at=NOW + timedelta(minutes=1)) == 0
    assert NormativeDocument.objects.filter(is_listed=True).count() == 3


def test_a_change_that_nobody_told_of_is_caught_up_with(cast):
    found = document(cast)
    found.item.title, found.item.changed_at = "改了名称的办法", NOW + timedelta(minutes=1)
    found.item.save()
    assert actions.catch_up(at=NOW + timedelta(minutes=2)) == 1
    assert NormativeDocument.objects.get().title == "改了名称的办法"


def test_a_day_that_passes_renders_again_what_changes_on_it_and_makes_up_for_days_missed(cast):
    actions.pass_day(today=TODAY)
    document(cast, date(2024, 4, 1), effective_date=TODAY + timedelta(days=1))
    document(cast, effective_date=date(2023, 3, 1), expiry_date=TODAY + timedelta(days=2))
    document(cast, date(2024, 4, 1), effective_date=date(2024, 4, 1), expiry_date=TODAY + timedelta(days=9))
    assert actions.pass_day(today=TODAY) == 0
    assert actions.pass_day(today=TODAY + timedelta(days=3)) == 2
    assert actions.pass_day(today=TODAY + timedelta(days=3)) == 0


def test_the_last_pass_puts_a_document_into_the_library_and_taking_it_down_takes_it_out(cast):
    public = published(
        cast,
        is_normative_document=True,
        document_number="青教规〔2024〕1号",
        written_date=TODAY,
        effective_date=TODAY,
        expiry_date=date(2029, 4, 11),
    )
    found = NormativeDocument.objects.get(item=public)
    assert found.is_listed
    assert found.document_number == "青教规〔2024〕1号"
    withdraw(public, by=cast.final, at=NOW + timedelta(days=1), reason="内容有误")
    found.refresh_from_db()
    assert not found.is_listed


@pytest.mark.parametrize("known_by", ["number", "title"])
def test_what_goes_public_is_joined_to_the_record_that_was_opened_while_it_was_made(cast, known_by):
    made = actions.register(cast.education, title="校外培训管理办法", by=cast.editor, at=NOW)
    actions.register(cast.water, title="校外培训管理办法", by=cast.outsider, at=NOW)
    if known_by == "number":
        actions.number(made, on=TODAY, by=cast.editor, at=NOW)
        public = item(cast, TODAY, document_number="青教规〔2024〕1号")
    else:
        public = item(cast, TODAY, title="校外培训管理办法")
    actions.follow([public.pk], at=NOW)
    assert NormativeDocument.objects.count() == 2
    made.refresh_from_db()
    assert made.item == public
    assert made.title == public.title
    assert [entry.act for entry in history(f"normative.document:{made.pk}")][-1] == "normative.link"


def found_by_search(validity: str) -> list[int]:
    return [each.item.pk for each in find(Query(text="管理办法", validity=validity)).items]


def test_search_knows_at_once_what_became_of_a_document(cast):
    today = localdate()
    made = document(cast, today - timedelta(days=9), effective_date=today, expiry_date=today + timedelta(days=900))
    assert (found_by_search("in_force"), found_by_search("repealed")) == ([made.item_id], [])
    detail = {"act": "青教〔2024〕9号", "effective_on": today}
    actions.record_effect(made, "repealed", detail, on=today, by=cast.officer, at=now())
    assert (found_by_search("in_force"), found_by_search("repealed")) == ([], [made.item_id])

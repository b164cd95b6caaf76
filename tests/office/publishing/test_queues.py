"""What waits for whom; and that the cost of asking doesn't grow with the number of agencies."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.office.accounts.models import Role
from gongkai.office.publishing import actions, queues
from gongkai.office.publishing.models import Column, Draft
from gongkai.office.publishing.queries import (
    columns_overdue_at,
    my_drafts,
    overdue_columns,
    returned_to,
    review_overdue,
    scheduled,
    waiting_for,
)
from tests.office.cast import TODAY, Cast, appoint
from tests.office.publishing.stage import (
    cleared,
    content,
    delegated,
    drafted,
    later,
    pass_steps,
    passed,
    published,
    shown,
    submitted,
)


def items(drafts) -> list[int]:
    return [draft.item_id for draft in drafts]


def test_a_draft_is_with_its_author_until_it_is_handed_in(cast: Cast):
    item = drafted(cast)
    assert items(my_drafts(cast.editor)) == [item.pk]
    assert items(my_drafts(cast.first)) == []
    actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(1))
    assert items(my_drafts(cast.editor)) == []


def test_a_step_waits_for_whoever_holds_it_and_nobody_else(cast: Cast):
    item = passed(cast, 1)
    assert items(waiting_for(cast.second, TODAY)) == [item.pk]
    for other in (cast.editor, cast.first, cast.final, cast.secrecy, cast.officer, cast.outsider):
        assert items(waiting_for(other, TODAY)) == []


def test_the_secrecy_review_waits_for_its_reviewer_until_it_is_made(cast: Cast):
    item = submitted(cast)
    assert items(waiting_for(cast.secrecy, TODAY)) == [item.pk]
    cleared_item = cleared(cast)
    assert cleared_item.pk not in items(waiting_for(cast.secrecy, TODAY))


def test_what_somebody_wrote_or_passed_does_not_wait_for_them(cast: Cast):
    appoint(cast.editor, Role.FIRST_REVIEWER, cast.education)
    appoint(cast.first, Role.SECOND_REVIEWER, cast.education)
    item = cleared(cast)
    assert items(waiting_for(cast.editor, TODAY)) == []
    pass_steps(cast, item, 1)
    assert items(waiting_for(cast.first, TODAY)) == []


def test_after_a_return_the_same_reviewer_is_asked_again(cast: Cast):
    item = passed(cast, 1)
    actions.return_to_author(item, step="second", reason="再核", by=cast.second, at=later(9))
    assert items(returned_to(cast.editor)) == [item.pk]
    assert items(waiting_for(cast.second, TODAY)) == []
    actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(10))
    assert items(returned_to(cast.editor)) == []
    assert items(waiting_for(cast.first, TODAY)) == [item.pk]


def test_a_delegate_sees_what_waits_for_the_person_on_leave(cast: Cast):
    item = passed(cast, 1)
    delegated(cast.second, cast.officer, Role.SECOND_REVIEWER)
    assert items(waiting_for(cast.officer, TODAY)) == [item.pk]
    assert items(waiting_for(cast.officer, TODAY + timedelta(days=1))) == []


def test_the_authors_delegate_is_not_asked(cast: Cast):
    appoint(cast.editor, Role.FIRST_REVIEWER, cast.education)
    delegated(cast.editor, cast.officer, Role.FIRST_REVIEWER)
    cleared(cast)
    assert items(waiting_for(cast.officer, TODAY)) == []


def test_a_step_is_overdue_after_its_day(cast: Cast):
    item = submitted(cast)
    due = Draft.objects.get(item=item).due_on
    assert items(review_overdue(due)) == []
    assert items(review_overdue(due + timedelta(days=1))) == [item.pk]


def test_what_waits_for_its_hour_is_listed_for_its_agency(cast: Cast):
    item = cleared(cast)
    actions.schedule(item, publish_at=later(600), by=cast.editor, at=later(3))
    pass_steps(cast, item)
    assert items(scheduled(cast.editor, TODAY)) == [item.pk]
    assert items(scheduled(cast.outsider, TODAY)) == []


@pytest.mark.parametrize(
    ("change", "owes"),
    [
        ({}, True),
        ({"update_interval_days": None}, False),
        ({"nothing_expected_reason": "本年度无此类事项"}, False),
        ({"closed_on": TODAY}, False),
        ({"update_interval_days": 400}, True),
    ],
)
def test_a_column_that_never_got_anything_owes_unless_it_need_not(cast: Cast, change: dict[str, object], owes: bool):
    Column.objects.filter(pk=cast.column.pk).update(**{"update_interval_days": 30, **change})
    assert (cast.column in overdue_columns(TODAY)) is owes


def test_a_column_owes_again_when_its_interval_has_passed(cast: Cast):
    Column.objects.filter(pk=cast.column.pk).update(update_interval_days=30)
    published(cast)
    assert list(overdue_columns(TODAY + timedelta(days=30))) == []
    assert list(overdue_columns(TODAY + timedelta(days=31))) == [cast.column]


def test_a_topic_counts_what_is_filed_elsewhere_and_belongs_to_it(cast: Cast):
    topic = Column.objects.create(
        code="battles", name="三大攻坚战", kind="topic", path="0002.", update_interval_days=30
    )
    assert list(overdue_columns(TODAY)) == [topic]
    published(cast, topics=(topic.pk,))
    assert list(overdue_columns(TODAY)) == []


def under(parent: Column, code: str, **more: object) -> Column:
    return Column.objects.create(code=code, name=code, parent=parent, path=f"{parent.path}{code[-1] * 4}.", **more)


@pytest.mark.parametrize("depth", [1, 2])
def test_what_comes_into_a_column_below_counts_for_the_one_above(cast: Cast, depth: int):
    parent = Column.objects.create(code="open", name="重点领域", path="0009.", update_interval_days=30)
    lowest = under(parent, "below-1")
    for _ in range(depth - 1):
        lowest = under(lowest, "lower-2")
    assert list(overdue_columns(TODAY)) == [parent]
    published(cast, column=lowest.pk)
    assert list(overdue_columns(TODAY)) == []
    late = overdue_columns(TODAY + timedelta(days=31))
    assert [(each.pk, timezone.localdate(each.last)) for each in late] == [(parent.pk, TODAY)]


def test_what_comes_into_the_column_above_or_beside_does_not_count_for_one_below(cast: Cast):
    parent = Column.objects.create(code="open", name="重点领域", path="0009.", update_interval_days=30)
    below, beside = under(parent, "below-1", update_interval_days=30), under(parent, "beside-2")
    published(cast, column=beside.pk)
    assert list(overdue_columns(TODAY)) == [below]


def test_of_a_day_of_the_past_the_columns_below_tell_what_had_come_by_then(cast: Cast):
    parent = Column.objects.create(code="open", name="重点领域", path="0009.", update_interval_days=30)
    published(cast, column=under(parent, "below-1").pk)
    assert list(columns_overdue_at(TODAY + timedelta(days=31))) == [parent]
    assert list(columns_overdue_at(TODAY + timedelta(days=30))) == []
    assert list(columns_overdue_at(TODAY)) == [], "nothing had appeared by then"


def test_columns_with_others_below_them_cost_one_more_query(cast: Cast, django_assert_num_queries):
    for number in range(1, 6):
        parent = Column.objects.create(code=f"p{number}", name="甲", path=f"100{number}.", update_interval_days=30)
        under(parent, f"below-{number}")
    with django_assert_num_queries(4):
        assert len(overdue_columns(TODAY)) == 5


def test_a_withdrawn_item_does_not_count_as_an_update(cast: Cast):
    Column.objects.filter(pk=cast.column.pk).update(update_interval_days=30)
    actions.withdraw(published(cast), reason="有误", by=cast.final, at=later(30))
    assert list(overdue_columns(TODAY)) == [cast.column]


def test_a_reviewers_list_is_two_queries_however_long(cast: Cast, django_assert_num_queries):
    for number in range(3):
        submitted(cast, title=f"第{number}件政府信息")
    with django_assert_num_queries(
        13
    ):  # what is held and stood in for, role by role; then which drafts, and those drafts
        for draft in waiting_for(cast.first, TODAY):
            assert all((draft.item.title, draft.organ.name, draft.item.column.name))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plan")
def test_a_reviewers_list_goes_by_an_index_and_scans_no_table(cast: Cast):
    submitted(cast)
    with CaptureQueriesContext(connection) as asked:
        assert len(waiting_for(cast.first, TODAY)) == 1
    queries = [each["sql"] for each in asked if "publishing_draft" in each["sql"]]
    with connection.cursor() as cursor:
        plans = [str(cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()) for sql in queries]
    assert len(plans) == 2
    assert all("SCAN publishing_draft" not in plan for plan in plans), plans
    assert "drafts_by_organ" in plans[0]


def test_a_reviewers_list_names_the_most_urgent_when_it_has_no_end(cast: Cast, monkeypatch):
    monkeypatch.setattr(queues, "QUEUE_LENGTH", 1)
    later_due, sooner_due = submitted(cast), submitted(cast)
    Draft.objects.filter(item=sooner_due).update(due_on=TODAY - timedelta(days=1))
    assert later_due.pk != sooner_due.pk
    assert items(waiting_for(cast.first, TODAY)) == [sooner_due.pk]


def test_contents_are_not_dragged_along(cast: Cast):
    drafted(cast, body="<p>长</p>" * 10)
    draft = my_drafts(cast.editor).get()
    assert "content" in draft.get_deferred_fields()
    assert content(cast).title == draft.item.title

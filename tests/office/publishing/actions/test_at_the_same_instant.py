"""Two people at once, on a real database: one event, one publication, one number each."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from gongkai.office.accounts.models import Role
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.queries import broken_places
from gongkai.office.publishing import actions
from gongkai.office.publishing.models import Item, Version
from gongkai.office.publishing.refusals import Conflict
from tests.office.cast import Cast, appoint, assemble
from tests.office.publishing.stage import content, drafted, later, pass_step, passed, shown


@pytest.fixture
def cast(committed: None) -> Cast:
    """The cast in committed rows, which other threads can see."""
    return assemble()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run acts in threads that start together; gives what each returned, or the refusal it met."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_first_reviewers_at_once_leave_one_pass(cast: Cast):
    appoint(cast.officer, Role.FIRST_REVIEWER, cast.education)
    item = passed(cast, 0)
    seen = shown(item)

    def review(by):
        return lambda: actions.pass_review(item, step="first", content_hash=seen, by=by, at=later(9))

    outcomes = at_once(review(cast.first), review(cast.officer))
    assert [isinstance(each, Refused) for each in outcomes].count(True) == 1
    assert item.review_events.filter(kind="passed").count() == 1


def test_the_last_pass_pressed_twice_publishes_once(cast: Cast):
    item = passed(cast, 2)
    seen = shown(item)
    press = lambda: actions.pass_review(item, step="final", content_hash=seen, by=cast.final, at=later(9))  # noqa: E731
    outcomes = at_once(press, press, press)
    assert outcomes.count(True) == 1
    assert Version.objects.count() == 1


def test_an_edit_and_the_last_pass_at_once_never_publish_the_unreviewed_text(cast: Cast):
    item = passed(cast, 2)
    seen = shown(item)
    new = content(cast, summary="没有审过的话")
    at_once(
        lambda: actions.edit(item, new, edition=1, by=cast.editor, at=later(9)),
        lambda: actions.pass_review(item, step="final", content_hash=seen, by=cast.final, at=later(9)),
    )
    item.refresh_from_db()
    assert item.summary != "没有审过的话"


def test_two_editors_saving_at_once_lose_no_text(cast: Cast):
    appoint(cast.officer, Role.EDITOR, cast.education)
    item = drafted(cast)
    outcomes = at_once(
        lambda: actions.edit(item, content(cast, summary="甲"), edition=1, by=cast.editor, at=later(9)),
        lambda: actions.edit(item, content(cast, summary="乙"), edition=1, by=cast.officer, at=later(9)),
    )
    conflicts = [each for each in outcomes if isinstance(each, Conflict)]
    assert len(conflicts) == 1
    assert {conflicts[0].theirs.summary, conflicts[0].yours.summary} == {"甲", "乙"}


def test_items_published_at_once_have_numbers_of_their_own(cast: Cast):
    items = [passed(cast, 2, title=f"第{number}件政府信息") for number in range(4)]
    at_once(*(lambda item=item: pass_step(item, "final", cast.final, 9) for item in items))
    numbers = set(Item.objects.values_list("index_number", flat=True))
    assert numbers == {f"11990001MB0A00002L/202404-{number:05d}" for number in range(1, 5)}
    assert list(broken_places()) == []

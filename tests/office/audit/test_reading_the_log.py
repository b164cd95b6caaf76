"""The log is found by person, room, thing and day, newest first, at a cost that does not grow with its length."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection

from gongkai.office.audit.actions import Act, record, record_all
from gongkai.office.audit.models import Entry
from gongkai.office.audit.queries import entries
from tests.office.cast import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def log() -> None:
    """Three days of two people; what was noted late stands after what came before it."""
    for number, (actor, act, days) in enumerate(
        [("a001", "test.write", 0), ("a002", "organs.change", 1), ("a001", "organs.move", 2), ("a002", "test.write", 1)]
    ):
        record(Act(actor, act, f"test.thing:{number}"), at=NOW + days * DAY + timedelta(minutes=number))


def numbers(**asked: object) -> list[int]:
    first = Entry.objects.order_by("sequence").values_list("sequence", flat=True)[0]
    return [each.sequence - first for each in entries(**asked)]  # type: ignore[arg-type]


def test_the_whole_log_stands_in_the_order_of_its_chain():
    assert numbers() == [3, 2, 1, 0]


def test_a_stretch_of_time_is_read_by_time():
    assert numbers(since=NOW) == [2, 3, 1, 0]
    assert numbers(since=NOW + DAY, until=NOW + 2 * DAY) == [3, 1]
    assert numbers(until=NOW + DAY) == [0]


def test_a_rooms_acts_are_read_by_time_and_none_of_a_room_alike():
    record(Act("a001", "organs_too.change", "test.thing:9"), at=NOW + 3 * DAY)
    record(Act("a001", "organs.change", "test.thing:9"), at=NOW)
    assert numbers(room="organs") == [2, 1, 5]
    assert numbers(room="organs_too") == [4]
    assert numbers(room="organ") == []


def test_a_person_and_a_room_are_asked_together_with_days():
    assert numbers(actor="a002", since=NOW) == [3, 1]
    assert numbers(room="organs", until=NOW + 2 * DAY) == [1]
    assert numbers(subject="test.thing:2") == [2]
    assert numbers(actor="a001", room="test") == [0]


@pytest.mark.parametrize("asked", [{"since": NOW}, {"until": NOW}, {"since": NOW, "until": NOW + DAY}])
def test_a_day_is_found_by_index_and_nothing_is_sorted(asked: dict[str, object]):
    assert "audit_by_time" in plan_without_sorting(asked)


@pytest.mark.parametrize(
    "asked", [{"room": "organs"}, {"room": "nothing_there"}, {"room": "organs", "since": NOW, "until": NOW + DAY}]
)
def test_a_room_is_found_by_index_and_nobody_elses_acts_are_stepped_over(asked: dict[str, object]):
    plan = plan_without_sorting(asked)
    assert "audit_by_room" in plan
    # The room is what the index is entered by, in either database's words.
    assert re.search(r"\(<expr>=\?|Index Cond: \(+split_part\(", plan)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL goes by its statistics here")
@pytest.mark.parametrize(("asked", "index"), [({"actor": "a001"}, "actor"), ({"subject": "test.thing:2"}, "subject")])
def test_one_persons_or_one_things_acts_are_looked_through_for_a_room(asked: dict[str, object], index: str):
    assert f"audit_by_{index}" in plan_without_sorting({**asked, "room": "organs"})


def plan_without_sorting(asked: dict[str, object]) -> str:
    """How the database reads a page of the log, which it must not have to sort."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Of a handful of entries it would rather read all, and without statistics it guesses.
            others = [Act("a003", "publishing.edit", f"publishing.item:{number}") for number in range(300)]
            for day in range(6):
                record_all(others[day::6], at=NOW + (day - 2) * DAY)
            cursor.execute("ANALYZE audit_entry")
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        plan = entries(**asked)[:51].explain()  # type: ignore[arg-type]
    assert not any(sorted_by in plan for sorted_by in ("TEMP B-TREE", "Sort"))
    return plan

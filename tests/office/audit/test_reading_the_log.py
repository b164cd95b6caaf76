"""The log is found by person, room, thing and day, newest first, at a cost that does not grow with its length."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from gongkai.office.audit.actions import Act, record
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


def test_a_person_and_a_room_are_asked_together_with_days():
    assert numbers(actor="a002", since=NOW) == [3, 1]
    assert numbers(room="organs", until=NOW + 2 * DAY) == [1]
    assert numbers(subject="test.thing:2") == [2]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plan")
@pytest.mark.parametrize("asked", [{"since": NOW}, {"until": NOW}, {"since": NOW, "until": NOW + DAY}])
def test_a_day_is_found_by_index_and_nothing_is_sorted(asked: dict[str, object]):
    sql, values = entries(**asked)[:51].query.sql_with_params()  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        plan = str(cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall())
    assert "audit_by_time" in plan
    assert "TEMP B-TREE" not in plan

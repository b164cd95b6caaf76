"""The log can only be added to, and whoever got round that is found out."""

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.office.audit.actions import Act, record, record_all
from gongkai.office.audit.models import Entry, Head
from gongkai.office.audit.queries import broken_places, history
from tests.office.cast import NOW

pytestmark = pytest.mark.django_db


def add(number: int) -> None:
    record_all([Act("a001", "test.write", f"test.thing:{each}", detail={"字": each}) for each in range(number)], at=NOW)


def test_an_untouched_chain_has_no_broken_place():
    add(5)
    record(Act("a001", "test.read", "test.thing:1", citation="ogi-2019#17"), at=NOW)
    assert list(broken_places()) == []
    assert [entry.act for entry in history("test.thing:1")] == ["test.write", "test.read"]


def test_an_empty_log_has_no_broken_place():
    assert list(broken_places()) == []


@pytest.mark.parametrize("sql", ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_or_delete_an_entry(sql):
    add(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def without_guard(sql: str) -> None:
    """What somebody with the database in hand could do: take the guard away first."""
    on = " ON audit_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in ("UPDATE", "DELETE"):
            cursor.execute(f"DROP TRIGGER audit_entry_refuses_{verb}{on}")
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("sql", "sequence", "kind"),
    [
        ("UPDATE audit_entry SET actor = 'somebody else' WHERE sequence = 2", 2, "altered"),
        ("DELETE FROM audit_entry WHERE sequence = 2", 3, "missing"),
        ("DELETE FROM audit_entry WHERE sequence = 3", 3, "cut"),
    ],
)
def test_a_changed_a_missing_and_a_cut_off_entry_are_found(sql, sequence, kind):
    add(3)
    without_guard(sql)
    assert [(each.sequence, each.kind) for each in broken_places()] == [(sequence, kind)]


def test_what_is_rolled_back_leaves_no_entry_behind():
    add(1)
    mark = transaction.savepoint()
    add(1)
    transaction.savepoint_rollback(mark)
    assert Entry.objects.count() == 1
    assert Head.objects.get().sequence == 1
    assert list(broken_places()) == []

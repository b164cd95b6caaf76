"""What the clock triggers: once, whoever asks how often, and one room's trouble is not another's."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from gongkai.office.audit.models import Entry
from gongkai.office.audit.queries import broken_places
from gongkai.office.project import due
from gongkai.office.project.apart import Apart
from gongkai.office.publishing.queries import public_items
from gongkai.office.renderings import actions, keys
from gongkai.office.renderings.models import Key
from tests.office.cast import NOW, assemble
from tests.office.publishing.actions.test_publish_due import approved
from tests.office.publishing.stage import later


def test_pages_that_show_the_date_are_made_anew_after_midnight_and_once(committed):
    due.run_due(at=NOW)
    assert actions.keep("/today/", b"x", names=[keys.DAY], seen=actions.now())
    due.run_due(at=NOW + timedelta(hours=1))
    assert (committed / "today.html").exists()
    # 16:00 UTC is midnight in Beijing.
    due.run_due(at=NOW.replace(hour=16))
    assert not (committed / "today.html").exists()
    changed_at = Key.objects.get(name=keys.DAY).changed_at
    due.run_due(at=NOW.replace(hour=17))
    assert Key.objects.get(name=keys.DAY).changed_at == changed_at


def test_one_room_s_failure_stops_no_other(db, monkeypatch, caplog):
    done = []

    def fails(at):
        raise ValueError("broken")

    monkeypatch.setattr(due, "DUE", {"坏的": fails, "好的": done.append})
    assert due.run_due(at=NOW) == 1
    assert done == [NOW]
    assert "坏的" in caplog.text


def test_what_is_due_is_published_by_the_clock():
    from gongkai.office.publishing.actions.publish_due import publish_due

    assert "定时发布" in due.DUE
    assert due.publish_due is publish_due


@pytest.mark.parametrize("name", due.DUE)
def test_nothing_is_due_in_an_empty_office(db, name):
    due.DUE[name](NOW)


def test_what_waits_for_another_machine_holds_up_nothing_and_goes_on_once():
    begun, go_on, rounds = threading.Event(), threading.Event(), []

    def waits(at):
        rounds.append(at)
        begun.set()
        go_on.wait(10)

    apart = Apart("等别的机器", waits)
    apart(NOW)
    assert begun.wait(10)
    apart(NOW)
    go_on.set()
    apart.wait()
    assert rounds == [NOW]
    apart(NOW)
    apart.wait()
    assert rounds == [NOW, NOW]


def test_two_clocks_at_once_publish_each_item_once(committed):
    """Two processes, as when somebody runs `run_due` by hand beside the background, with ten items due."""
    cast = assemble()
    items = [approved(cast) for _ in range(10)]
    begin = threading.Barrier(2)

    def clock() -> None:
        try:
            begin.wait(30)
            assert due.run_due(at=later(60)) == 0
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        for each in [both.submit(clock), both.submit(clock)]:
            each.result(120)
    assert public_items().count() == 10
    for item in items:
        assert item.versions.count() == 1
        assert item.review_events.filter(kind="published").count() == 1
    assert len({each.index_number for each in public_items()}) == 10
    assert Entry.objects.filter(act="publishing.publish").count() == 10
    assert list(broken_places()) == []

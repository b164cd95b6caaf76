"""What a new day and a new notice on days off change in open cases."""

from __future__ import annotations

from datetime import date

from gongkai.office.audit.models import Entry
from gongkai.office.casework import standing
from gongkai.office.casework.actions import note, pass_day
from gongkai.office.casework.models import Application
from gongkai.regulation.workdays import workdays
from tests.office.casework.cases import Officers, at, received
from tests.office.cast import Cast

FIRST_NOTICE = workdays(known_on=date(2020, 1, 10)).provisional()
WITH_THE_EXTENSION = workdays(known_on=date(2020, 1, 28)).provisional()


def test_spring_festival_2020_moves_the_due_date_and_the_history_says_so(
    cast: Cast, desk: Officers, monkeypatch
) -> None:
    monkeypatch.setattr(standing, "calendar", lambda: FIRST_NOTICE)
    monkeypatch.setattr("gongkai.office.casework.actions.entering.calendar", lambda: FIRST_NOTICE)
    application = received(cast, desk.case, on=date(2020, 1, 10))
    assert application.due_on == date(2020, 2, 12)
    today = date(2020, 1, 28)
    assert pass_day(today=today, at=at(today), days=WITH_THE_EXTENSION) == 1
    application.refresh_from_db()
    assert application.due_on == date(2020, 2, 14)
    moved = application.events.get(kind="due_moved")
    assert (moved.on, moved.detail) == (today, {"due_on_was": "2020-02-12", "due_on": "2020-02-14"})
    assert Entry.objects.filter(act="casework.due_moved").count() == 1
    assert pass_day(today=today, at=at(today), days=WITH_THE_EXTENSION) == 0


def test_a_colleague_who_acts_before_the_round_comes_finds_the_move_on_record_first(
    cast: Cast, desk: Officers, monkeypatch
) -> None:
    for calendar in (FIRST_NOTICE, WITH_THE_EXTENSION):
        monkeypatch.setattr(standing, "calendar", lambda calendar=calendar: calendar)
        monkeypatch.setattr("gongkai.office.casework.actions.entering.calendar", lambda calendar=calendar: calendar)
        if calendar is FIRST_NOTICE:
            application = received(cast, desk.case, on=date(2020, 1, 10))
    note(application, words="电话联系", by=desk.case, at=at(date(2020, 1, 28)))
    assert [each.kind for each in application.events.order_by("id")] == ["submitted", "due_moved", "noted"]


def test_a_day_in_which_nothing_happens_changes_nothing(cast: Cast, desk: Officers) -> None:
    received(cast, desk.case)
    assert pass_day(today=date(2024, 4, 15), at=at(date(2024, 4, 15))) == 0
    assert not Application.objects.get().events.exclude(kind="submitted").exists()


def test_closed_cases_are_left_alone(cast: Cast, desk: Officers, django_assert_num_queries) -> None:
    pass_day(today=date(2024, 4, 15), at=at(date(2024, 4, 15)))
    with django_assert_num_queries(1):
        pass_day(today=date(2024, 4, 15), at=at(date(2024, 4, 15)))

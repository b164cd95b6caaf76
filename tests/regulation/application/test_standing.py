from datetime import date
from itertools import pairwise

import pytest

from gongkai.regulation.application import (
    Confirmed,
    ConsultationSent,
    CorrectionReceived,
    CorrectionRequested,
    Extended,
    HistoryBroken,
    Replied,
    Submitted,
    standing,
    why_step,
)
from gongkai.regulation.law import LawMissing
from gongkai.regulation.workdays import CalendarMissing, provisional_workdays, workdays

CALENDAR = provisional_workdays()
RECEIVED = Submitted(date(2021, 3, 1), "in_person")


def test_only_what_had_happened_by_the_day_is_seen() -> None:
    history = (RECEIVED, Extended(date(2021, 3, 20), 20), Replied(date(2021, 4, 1)))
    states = [standing(history, CALENDAR, date(2021, month, day)).state for month, day in ((3, 19), (3, 20), (4, 1))]
    assert states == ["under_review", "extended", "replied"]


@pytest.mark.parametrize(
    ("history", "told"),
    [
        ((), "begins with the submission"),
        ((Confirmed(date(2021, 3, 1)),), "begins with the submission"),
        ((RECEIVED, RECEIVED), "a second time"),
        ((RECEIVED, Replied(date(2021, 2, 26))), "stands behind"),
        ((RECEIVED, Extended(date(2021, 3, 2), 0)), "at least one"),
        (
            (RECEIVED, *[ConsultationSent(date(2021, 3, 2), "agency", "1")] * 2),
            "two consultations",
        ),
    ],
)
def test_events_that_are_no_history_are_a_broken_promise(history, told: str) -> None:
    with pytest.raises(HistoryBroken, match=told):
        standing(history, CALENDAR, date(2021, 5, 1))


def test_a_day_before_the_submission_has_no_standing() -> None:
    with pytest.raises(HistoryBroken, match="had not been submitted"):
        standing((RECEIVED,), CALENDAR, date(2021, 2, 28))


def test_before_there_was_a_regulation_there_is_nothing_to_stand_on() -> None:
    with pytest.raises(LawMissing):
        standing((Submitted(date(2008, 4, 1), "in_person"),), CALENDAR, date(2008, 4, 2))


def test_a_known_calendar_raises_where_a_provisional_one_says_provisional() -> None:
    late = Submitted(date(2026, 12, 10), "in_person")
    assert standing((late,), CALENDAR, late.on).provisional
    with pytest.raises(CalendarMissing):
        standing((late,), workdays(), late.on)


def test_a_notice_that_changes_moves_an_open_case() -> None:
    received = Submitted(date(2020, 1, 10), "in_person")
    before = standing((received,), workdays(known_on=date(2020, 1, 26)), received.on)
    after = standing((received,), workdays(known_on=date(2020, 1, 27)), received.on)
    assert (before.due_on, after.due_on) == (date(2020, 2, 12), date(2020, 2, 14))


def test_an_unknown_verb_is_a_broken_promise() -> None:
    with pytest.raises(ValueError, match="there are confirm, request_correction"):
        standing((RECEIVED,), CALENDAR, RECEIVED.on).why_not("forget")  # type: ignore[arg-type]


def test_a_derivation_tells_why_the_clock_was_stopped_and_started_again() -> None:
    history = (
        Submitted(date(2021, 2, 27), "online"),
        Confirmed(date(2021, 3, 1)),
        CorrectionRequested(date(2021, 3, 5)),
        CorrectionReceived(date(2021, 3, 10)),
    )
    steps = standing(history, CALENDAR, date(2021, 3, 12)).derivation()
    assert [step.turn for step in steps[:4]] == ["submitted", "received", "correction_requested", "corrected"]
    assert [step.on for step in steps[:4]] == [event.on for event in history]
    assert [why_step(step) for step in steps[3:6]] == ["收到补正的申请，期限重新计算，当日不计", "工作日", "工作日"]
    assert all((later.on - earlier.on).days == 1 for earlier, later in pairwise(steps[3:]))


def test_while_the_clock_stands_still_the_derivation_ends_with_what_stopped_it() -> None:
    waiting = standing((RECEIVED, CorrectionRequested(date(2021, 3, 5))), CALENDAR, date(2021, 3, 30))
    assert [step.number for step in waiting.derivation()] == [None, 1, 2, 3, 4, None]
    assert waiting.derivation()[-1].turn == "correction_requested"
    consulting = standing((RECEIVED, ConsultationSent(date(2021, 3, 4), "agency")), CALENDAR, date(2021, 3, 8))
    assert [step.number for step in consulting.derivation()] == [None, 1, 2, 3, None, None, None, None]

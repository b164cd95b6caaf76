"""Remind whoever answers for an agency of the days left to answer in a reconsideration or a lawsuit (复议诉讼答复期限提醒)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.conf import settings

from gongkai.office.accounts.models import User
from gongkai.office.casework.queries import concerned
from gongkai.office.notices import actions as notices
from gongkai.office.remedies.models import RemedyCase
from gongkai.office.remedies.queries import answer_named, unanswered
from gongkai.regulation.workdays import provisional_workdays

_NAME = "remedies.remind"


def remind(at: datetime) -> int:
    """On a working day, once: answers with so many working days left (REMINDER_DAYS) and, every day, those that are late,
    until the answer is on record. To whoever is reminded of the application it is about; gives the mails.
    """
    day = notices.reminding_day(at)
    if day is None or notices.is_done(_NAME, day):
        return 0
    horizon = provisional_workdays().add(day, max(settings.REMINDER_DAYS))
    lines: dict[User, list[tuple[int, str]]] = defaultdict(list)
    due = unanswered().filter(answer_due_on__lte=horizon).select_related("organ", "application__officer")
    for case in due.defer("claimant").order_by("pk").iterator(chunk_size=200):
        assert case.answer_due_on is not None
        left = provisional_workdays().count(day, case.answer_due_on)
        if not notices.is_named(left):
            continue
        line = f"{case.reference}：{notices.time_left(left, case.answer_due_on, answer_named(case))}"
        for person in _people(case, day):
            lines[person].append((left, line))
    queued = notices.remind(
        "remedies",
        {person: notices.most_urgent(said) for person, said in lines.items()},
        subject="【提醒】有行政复议、行政诉讼案件需要答复",
        path="/desk/",
        day=day,
        at=at,
    )
    notices.note_done(_NAME, day, at=at)
    return queued


def _people(case: RemedyCase, on: date) -> list[User]:
    return concerned(case.organ, case.application.officer if case.application else None, on=on)

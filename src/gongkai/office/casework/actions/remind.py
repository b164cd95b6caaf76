"""Remind whoever handles, approves and oversees applications of the days that are left (依申请公开期限提醒)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.conf import settings

from gongkai.office.accounts.models import User
from gongkai.office.casework.kinds import State
from gongkai.office.casework.models import Application
from gongkai.office.casework.models.applications import OPEN
from gongkai.office.casework.queries.desk import concerned
from gongkai.office.casework.standing import calendar, confirm_by
from gongkai.office.notices import actions as notices

_NAME = "casework.remind"


def remind(at: datetime) -> int:
    """On a working day, once: cases with so many working days left (REMINDER_DAYS) and, every day, those that are late or
    wait for their receipt to be confirmed. To the officer (all officers of the agency, while there is none), those who
    approve, and the disclosure office; gives the mails.
    """
    day = notices.reminding_day(at)
    if day is None or notices.is_done(_NAME, day):
        return 0
    horizon = calendar().add(day, max(settings.REMINDER_DAYS))
    # The day of the next alarm is never after the day a reply is due: one index finds both kinds.
    found = Application.objects.filter(OPEN, alarm_on__lte=horizon)
    lines: dict[User, list[tuple[int, str]]] = defaultdict(list)
    people: dict[tuple[int, int | None], list[User]] = {}
    for case in found.only(*_READ).select_related("organ", "officer").order_by("pk").iterator(chunk_size=500):
        left = _left(case, day)
        if left is None:
            continue
        key = (case.organ_id, case.officer_id)
        if key not in people:
            people[key] = concerned(case.organ, case.officer, on=day)
        for person in people[key]:
            lines[person].append((left, _line(case, left)))
    queued = notices.remind(
        "casework",
        {person: notices.most_urgent(said) for person, said in lines.items()},
        subject="【提醒】有政府信息公开申请需要办理",
        path="/desk/",
        day=day,
        at=at,
    )
    notices.note_done(_NAME, day, at=at)
    return queued


_READ = ("number", "state", "channel", "submitted_on", "due_on", "organ", "officer")


def _left(case: Application, day: date) -> int | None:
    """The working days left, where today is a day to say so; for what is to be confirmed, those of the confirmation."""
    if case.state == State.REGISTERED:
        left = calendar().count(day, confirm_by(case))
        return left if left <= 0 else None
    if case.due_on is None:
        return None
    left = calendar().count(day, case.due_on)
    return left if notices.is_named(left) else None


def _line(case: Application, left: int) -> str:
    if case.state == State.REGISTERED:
        return f"{case.number}：收到申请还没有确认" + (f"，已过 {-left} 个工作日" if left < 0 else "，今天应当确认")
    assert case.due_on is not None
    return f"{case.number}：{notices.time_left(left, case.due_on, '答复期限')}"

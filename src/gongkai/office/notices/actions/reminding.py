"""Reminders to the staff by mail: what other rooms have to say to somebody, gathered into one mail a day.

A reminder holds numbers and days, never a title (a draft may be secret until it was reviewed) and nothing about a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime, make_aware

from gongkai.office.accounts.models import User
from gongkai.office.notices import channels
from gongkai.office.notices.actions.sending import Notice, Unsendable, send
from gongkai.office.notices.models import DayDone
from gongkai.office.notices.states import Channel
from gongkai.regulation.workdays import provisional_workdays

FROM_HOUR = time(8)
"""Reminders are there when work begins, not at midnight."""
SHOWN = 20
"""What is named in one mail; the rest is a number."""


def reminding_day(at: datetime) -> date | None:
    """The day on whose reminders it is time to be sent: a working day, after eight; None at any other time."""
    here = localtime(at)
    if here.time() < FROM_HOUR or not provisional_workdays().is_working_day(here.date()):
        return None
    return here.date()


def is_done(name: str, day: date) -> bool:
    """Whether something that is done once a day was done."""
    return DayDone.objects.filter(name=_name(name, day)).exists()


def note_done(name: str, day: date, *, at: datetime) -> None:
    """Remember that it was done; twice is once."""
    try:
        with transaction.atomic():
            DayDone.objects.create(name=_name(name, day), done_at=at)
    except IntegrityError:
        return


def is_named(left: int) -> bool:
    """Is it a day to speak of something with so many working days left: those of REMINDER_DAYS, and each one once it is late?"""
    return left < 0 or left in settings.REMINDER_DAYS


def time_left(left: int, due_on: date, period: str) -> str:
    """How a reminder says how many working days are left of a period: “还有 5 个工作日（5月6日到期）”."""
    if left < 0:
        return f"已超过{period} {-left} 个工作日"
    if left == 0:
        return f"今天是{period}的最后一日"
    return f"还有 {left} 个工作日（{due_on.month}月{due_on.day}日到期）"


def most_urgent(said: Iterable[tuple[int, str]]) -> list[str]:
    """The lines of one mail, those with the fewest days left first: so many of them, and the number of the rest."""
    ordered = [line for _, line in sorted(said)]
    rest = len(ordered) - SHOWN
    return ordered if rest <= 0 else [*ordered[:SHOWN], f"另有 {rest} 件，请到工作平台查看"]


def remind(room: str, lines: Mapping[User, Sequence[str]], *, subject: str, path: str, day: date, at: datetime) -> int:
    """One mail to each person with what a room has to say on a day; gives how many were queued.

    Those without an address, and those who don't want mail, see it on the desk only. Without a mail server nothing is
    queued: yesterday's reminders are of no use when there is one.
    """
    if not channels.is_on(Channel.MAIL):
        return 0
    end = make_aware(datetime.combine(day, time.min)) + timedelta(days=1)
    queued = 0
    for person, said in lines.items():
        if not said or not person.email or not person.mail_reminders:
            continue
        notice = Notice(
            channel=Channel.MAIL,
            to=person.email,
            subject=subject,
            body=_letter(person, said, path),
            about=f"accounts.user:{person.pk}",
            kind="reminder",
            once=f"{room}.remind:{person.pk}:{day.isoformat()}",
            matters=False,
            until=end,
        )
        try:
            send(notice, at=at)
        except Unsendable:
            # An address that was mistyped at the account: the desk reminds.
            continue
        queued += 1
    return queued


def _letter(person: User, said: Iterable[str], path: str) -> str:
    lines = "\n".join(f"· {each}" for each in said)
    return (
        f"{person.name}：\n\n{lines}\n\n请到工作平台办理：{settings.SITE_URL}{path}\n\n"
        "本邮件由系统发出，请勿回复。不需要邮件提醒的，可在“我的账号”里关闭。\n"
    )


def _name(name: str, day: date) -> str:
    return f"{name}:{day.isoformat()}"

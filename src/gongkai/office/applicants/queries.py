"""What may be asked about accounts of the public."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from gongkai.office.applicants.models import Account, MailedLink, Visit, WrongPassword
from gongkai.office.notices.queries import is_on
from gongkai.office.notices.states import Channel
from gongkai.office.personal.keys import fingerprint

LINK_HOURS = 2
LINK_LIFETIME = timedelta(hours=LINK_HOURS)
ANYWHERE = 10
"""So many times the limit of one network lock a mailbox for all of them: a password is not tried from a thousand places."""
_GRAIN = 60
"""Seconds between two notes of somebody being here: not every click writes to the database."""


def may_register() -> bool:
    """Whether accounts can be had here: they rest on a mailbox, so on a mail server."""
    return is_on(Channel.MAIL)


def find_link(token: str, *, at: datetime) -> MailedLink | None:
    """The link of a token, None where it was used, or its time is over."""
    return MailedLink.objects.filter(digest=digest_of(token), made_at__gt=at - LINK_LIFETIME).first()


def is_locked_out(email: str, *, network: str, at: datetime) -> bool:
    """Whether too many wrong passwords were given for a mailbox, from a network or from everywhere: the staff's limits."""
    since = at - settings.AXES_COOLOFF_TIME
    wrong = WrongPassword.objects.filter(email_mark=fingerprint(email), at__gt=since)
    limit: int = settings.AXES_FAILURE_LIMIT
    return wrong.filter(network_mark=network).count() >= limit or wrong.count() >= ANYWHERE * limit


def account_of_visit(token: str, *, at: datetime) -> Account | None:
    """The account a browser is signed in to; None for none, or one that was away too long. It notes that somebody is here."""
    if not token:
        return None
    visit = Visit.objects.select_related("account").filter(digest=digest_of(token)).first()
    if visit is None:
        return None
    away, here = (at - visit.seen_at).total_seconds(), (at - visit.began_at).total_seconds()
    if away > settings.SESSION_IDLE_SECONDS or here > settings.SESSION_ABSOLUTE_SECONDS:
        return None
    if away >= _GRAIN:
        Visit.objects.filter(pk=visit.pk).update(seen_at=at)
    return visit.account


def account_by_email(email: str) -> Account | None:
    """The account of a mailbox."""
    return Account.objects.filter(email_mark=fingerprint(email)).first()


def to_be_warned(*, on: date, days: int) -> QuerySet[Account]:
    """Accounts that will be closed in so many days and were not told so."""
    return Account.objects.filter(seen_on__lte=_last_kept(on) + timedelta(days=days), warned_on=None).order_by("pk")


def due_to_close(*, on: date, days: int) -> QuerySet[Account]:
    """Accounts nobody signed in to for their time to be kept, who were told so long enough ago."""
    told = on - timedelta(days=days)
    return Account.objects.filter(seen_on__lte=_last_kept(on), warned_on__lte=told).order_by("pk")


def subject(account: Account) -> str:
    """The account as the log and notices name it."""
    return f"applicants.account:{account.pk}"


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _last_kept(on: date) -> date:
    year = on.year - settings.ACCOUNT_RETENTION_YEARS
    return date(year, 3, 1) if (on.month, on.day) == (2, 29) else date(year, on.month, on.day)


def locked_for() -> int:
    """Minutes for which too many wrong passwords lock a mailbox."""
    cool_off: timedelta = settings.AXES_COOLOFF_TIME
    return int(cool_off.total_seconds() // 60)

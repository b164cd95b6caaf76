"""An application in the list of an account: sent from it, or added by number and query code."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.office.accounts.policy import Refused
from gongkai.office.applicants.models import Account
from gongkai.office.audit.actions import Act, record
from gongkai.office.casework.actions.entering import PUBLIC, subject
from gongkai.office.casework.models import Application, Followed
from gongkai.office.casework.tracking import by_number_and_code

NOT_FOUND = (
    "编号和查询码对不上。编号形如“青教依申〔2026〕1号”，查询码是 12 位字母和数字，大小写、横线都不要紧；"
    "请对照回执核对。查询码丢失的，请带身份证件到受理机构查询。"
)


def follow(account: Account, application: Application, *, was_sent_here: bool, at: datetime) -> Followed:
    """Put an application into the list of an account; one that is there stays as it is."""
    row, is_new = Followed.objects.get_or_create(
        account=account, application=application, defaults={"was_sent_here": was_sent_here, "added_at": at}
    )
    if is_new:
        _record("followed", row, at)
    return row


@transaction.atomic
def add(account: Account, number: str, code: str, *, at: datetime) -> Followed:
    """Add an application that was made before, or on paper. Errors: Refused where number and code don't go together."""
    application = by_number_and_code(number, code)
    if application is None:
        raise Refused(NOT_FOUND)
    return follow(account, application, was_sent_here=False, at=at)


@transaction.atomic
def unfollow(row: Followed, *, at: datetime) -> None:
    """Take an application out of a list; number and code open it as before."""
    _record("unfollowed", row, at)
    row.delete()


def _record(verb: str, row: Followed, at: datetime) -> None:
    told = {"account": row.account_id, "sent_here": row.was_sent_here}
    record(Act(PUBLIC, f"casework.{verb}", subject(row.application), "ogi-2019#39", told), at=at)

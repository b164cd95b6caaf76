"""What somebody with an account sees: the own applications, and the particulars that need not be typed in again."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.office.applicants.models import Account
from gongkai.office.casework.models import Application, Followed

_KNOWN = (
    "applicant_name",
    "identity_kind",
    "identity_number",
    "representative",
    "contact_person",
    "phone",
    "email",
    "address",
    "postcode",
    "wanted_form",
    "delivery",
)
"""What a new application may take from the last one; never what was wanted, nor that somebody needs help with reading."""


def followed(account: Account) -> QuerySet[Followed]:
    """The applications in an account's list, newest first; those whose personal data is erased are nobody's any more."""
    rows = Followed.objects.filter(account=account, application__erased_at=None)
    return rows.select_related("application__organ").order_by("-application_id")


def known_particulars(account: Account, kind: str) -> dict[str, str]:
    """What the form is filled in with: from the last application of that kind that was sent from the account."""
    last = followed(account).filter(was_sent_here=True, application__applicant_kind=kind).first()
    if last is None:
        return {"email": account.email}
    known = {name: getattr(last.application, name) for name in _KNOWN}
    return {name: value for name, value in known.items() if value}


def sent_from(account: Account) -> list[Application]:
    """The applications that were sent from an account."""
    return [row.application for row in followed(account).filter(was_sent_here=True)]

"""Who is in front of the public pages of this room: a browser with a draft, or one that showed number and code of a case.

Two cookies of our own (`accounts.public_pages`), gone with the browser; no session, and no account is needed.
"""

from __future__ import annotations

from datetime import datetime

from django.core import signing
from django.http import HttpRequest, HttpResponse

from gongkai.office.accounts.public_pages import remember
from gongkai.office.casework.models import Application

DRAFT = "gongkai_draft"
VISIT = "gongkai_case"
VISIT_SECONDS = 30 * 60
_SALT = "gongkai.casework.visit"


def enter_case(response: HttpResponse, application: Application, *, at: datetime) -> None:
    """Let the browser see a case for a while: it has shown number and code."""
    said = {"case": application.pk, "until": int(at.timestamp()) + VISIT_SECONDS}
    remember(response, VISIT, signing.dumps(said, salt=_SALT), seconds=VISIT_SECONDS)


def case_of(request: HttpRequest, *, at: datetime) -> Application | None:
    """The case that the browser may see now."""
    try:
        said = signing.loads(request.COOKIES.get(VISIT, ""), salt=_SALT)
    except signing.BadSignature:
        return None
    if said["until"] < at.timestamp():
        return None
    return Application.objects.select_related("organ").filter(pk=said["case"], erased_at=None).first()

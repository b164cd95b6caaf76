"""Answers that are public already: items that may be what an application asks for."""

from __future__ import annotations

from gongkai.office.casework import suggestions
from gongkai.office.casework.models import Application
from gongkai.office.casework.particulars import Particulars
from gongkai.office.publishing.search import FoundItem


def already_public(application: Application) -> list[FoundItem]:
    """Public items that may answer an application, the likeliest first."""
    asked = Particulars(
        application.applicant_kind,
        "",
        application.wanted,
        wanted_title=application.wanted_title,
        wanted_number=application.wanted_number,
    )
    return suggestions.already_public(asked)

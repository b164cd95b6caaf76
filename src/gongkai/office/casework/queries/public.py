"""Answers that are public already: items whose title or number is what an application asks for."""

from __future__ import annotations

from gongkai.office.casework.models import Application
from gongkai.office.casework.particulars import documents_named
from gongkai.office.publishing.search import FoundItem, Query, find

SHOWN = 5


def already_public(application: Application) -> list[FoundItem]:
    """Public items that may answer an application, the likeliest first: by document number, then by title."""
    found: dict[int, FoundItem] = {}
    said = (application.wanted_title, application.wanted_number, application.wanted)
    for words in documents_named(*said):
        for each in find(Query(text=words)).items[:SHOWN]:
            found.setdefault(each.item.pk, each)
        if len(found) >= SHOWN:
            break
    return list(found.values())[:SHOWN]

"""The derived columns of a document: worked out by the law core, kept so that lists can ask by the day.

Why a document in force on a day is one interval of days, and needs two columns only: docs/decisions/0015.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Literal

from django.db import connection
from django.db.models import Q, QuerySet

from gongkai.office.normative.facts import documents_of
from gongkai.office.normative.models import NormativeDocument
from gongkai.regulation.disclosure import normative as law
from gongkai.regulation.disclosure.normative.term import expiry
from gongkai.regulation.disclosure.normative.validity import State, end_of

DERIVED = (
    "document_number",
    "registration_number",
    "signed_on",
    "disclosed_on",
    "valid_from",
    "amended_from",
    "expires_on",
    "ended_on",
    "ended_as",
    "is_listed",
)


@dataclass(frozen=True, slots=True)
class Derived:
    """What is kept of a document's life: the days on which it changes, by everything on file."""

    document_number: str
    registration_number: str
    signed_on: date | None
    disclosed_on: date | None
    valid_from: date | None
    amended_from: date | None
    expires_on: date | None
    ended_on: date | None
    ended_as: Literal["", "lapsed", "repealed"]

    def state_on(self, on: date) -> State | None:
        """The state on a day from the publication on; None before."""
        if self.disclosed_on is None or on < self.disclosed_on:
            return None
        if self.ended_on and self.ended_on <= on:
            return self.ended_as or None
        if self.valid_from and on < self.valid_from:
            return "published_not_effective"
        return "amended" if self.amended_from and self.amended_from <= on else "in_force"


def derive(document: law.NormativeDocument) -> Derived:
    """Work the columns out of a document's facts."""
    published, signed = document.first(law.Published), document.first(law.Signed)
    numbered = document.latest(law.Numbered)
    end = end_of(document, date.max)
    amendments = [max(event.on, event.effective_on) for event in document.all_of(law.Amended)]
    return Derived(
        document_number=numbered.document_number if numbered else "",
        registration_number=numbered.registration_number if numbered else "",
        signed_on=signed.on if signed else None,
        disclosed_on=published.on if published else None,
        valid_from=max(published.on, published.effective_on) if published else None,
        amended_from=min(amendments, default=None),
        expires_on=expiry(document, date.max).last_day if published else None,
        ended_on=end.on if end else None,
        ended_as=end.state if end else "",
    )


def kept(document: NormativeDocument) -> Derived:
    """What is kept of a document, from its columns."""
    return Derived(**{field.name: getattr(document, field.name) for field in fields(Derived)})


def refresh(documents: QuerySet[NormativeDocument], *, at: datetime) -> list[NormativeDocument]:
    """Derive the columns of documents again; those whose columns changed are written and given back."""
    seen, changed = [], []
    for document, facts in documents_of(documents):
        seen.append(document.pk)
        if _set(document, derive(facts)):
            changed.append(document)
    _write(changed)
    NormativeDocument.objects.filter(pk__in=seen).update(followed_at=at)
    return changed


def _write(documents: list[NormativeDocument]) -> None:
    """Write the columns of many documents: one statement prepared once. `bulk_update` takes ten times as long for this."""
    columns = [field for field in NormativeDocument._meta.concrete_fields if field.name in DERIVED]
    assignments = ", ".join(f"{field.column} = %s" for field in columns)
    statement = f"UPDATE {NormativeDocument._meta.db_table} SET {assignments} WHERE id = %s"
    rows = [
        [*(field.get_db_prep_save(getattr(document, field.attname), connection) for field in columns), document.pk]
        for document in documents
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _set(document: NormativeDocument, derived: Derived) -> bool:
    item = document.item
    values = {name: getattr(derived, name) for name in DERIVED if name != "is_listed"}
    values["is_listed"] = item is not None and item.is_public
    before = {name: getattr(document, name) for name in values}
    for name, value in values.items():
        setattr(document, name, value)
    return before != values


def in_state(state: str, on: date) -> Q:
    """The documents that stand in one of the public states on a day, as a filter on the derived columns."""
    alive = Q(ended_on=None) | Q(ended_on__gt=on)
    match state:
        case "published_not_effective":
            return Q(disclosed_on__lte=on, valid_from__gt=on) & alive
        case "in_force":
            return Q(valid_from__lte=on) & alive & (Q(amended_from=None) | Q(amended_from__gt=on))
        case "amended":
            return Q(valid_from__lte=on, amended_from__lte=on) & alive
        case "lapsed" | "repealed":
            return Q(disclosed_on__lte=on, ended_on__lte=on, ended_as=state)
    raise ValueError(f"no public state {state!r}")


def holding(on: date) -> Q:
    """The documents in force on a day, in their original or their amended text."""
    return Q(valid_from__lte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def changing(days: Iterable[date]) -> Q:
    """The documents whose state changes on one of the days."""
    wanted = list(days)
    return Q(valid_from__in=wanted) | Q(amended_from__in=wanted) | Q(ended_on__in=wanted)

"""The content of an item: everything that is written, reviewed, hashed and published together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from gongkai.office.audit.chain import canonical

_DATES = ("written_date", "formed_date", "effective_date", "expiry_date")


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file in the store, under the name the public sees."""

    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class Content:
    """What an item says. `column` and `topics` are ids of columns, `catalogue_row` that of a row, or None.

    `body` is clean HTML. `correction_note` tells the public what changed since the version before; empty at first.
    """

    title: str
    column: int
    body: str = ""
    topics: tuple[int, ...] = ()
    catalogue_row: int | None = None
    summary: str = ""
    keywords: tuple[str, ...] = ()
    art20_category: str = ""
    grassroots_field: str = ""
    topic_category: str = ""
    genre_category: str = ""
    audience_category: str = ""
    lifecycle_category: str = ""
    issuing_agency: str = ""
    document_number: str = ""
    written_date: date | None = None
    formed_date: date | None = None
    effective_date: date | None = None
    expiry_date: date | None = None
    disclosure_mode: str = "proactive"
    source: str = ""
    source_url: str = ""
    is_reprint: bool = False
    is_normative_document: bool = False
    numbers_are_official: bool = False
    format_language: str = ""
    attachments: tuple[AttachedFile, ...] = ()
    correction_note: str = ""

    def to_json(self) -> dict[str, Any]:
        """As plain JSON: dates as ISO text."""
        # Field by field: dataclasses.asdict copies deeply, which took most of an import's time.
        written: dict[str, Any] = {name: getattr(self, name) for name in _NAMES}
        for name in _DATES:
            written[name] = written[name].isoformat() if written[name] else None
        written["topics"], written["keywords"] = list(self.topics), list(self.keywords)
        written["attachments"] = [{"sha256": each.sha256, "name": each.name} for each in self.attachments]
        return written

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Content:
        """Back from plain JSON. Errors: TypeError for a field that is not known, KeyError without a title or column."""
        values = dict(written)
        for name in _DATES:
            if values.get(name):
                values[name] = date.fromisoformat(values[name])
        values["topics"] = tuple(values.get("topics", ()))
        values["keywords"] = tuple(values.get("keywords", ()))
        values["attachments"] = tuple(AttachedFile(**each) for each in values.get("attachments", ()))
        return cls(**values)

    def hash(self) -> str:
        """SHA-256, in hexadecimal, of the content in canonical JSON: what a reviewer's pass signs."""
        return hashlib.sha256(canonical(self.to_json())).hexdigest()


_NAMES = tuple(each.name for each in fields(Content))
COLUMN_FIELDS = tuple(
    name for name in _NAMES if name not in ("column", "topics", "catalogue_row", "attachments", "correction_note")
)
"""The fields that stand in a column of the same name in `models.Item`."""

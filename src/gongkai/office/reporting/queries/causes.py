"""Who did what to which record, when: the log since a lock, in the words of a clerk."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from gongkai.office.accounts.models import User
from gongkai.office.audit.actions import SYSTEM
from gongkai.office.audit.models import Entry
from gongkai.office.audit.names import act_name, subject_name

_IMPORTS = ("publishing.import:", "publishing.import;")
"""The subjects of imports, as a stretch of the log's index: `;` is the character behind `:`."""
_WHY = ("reason", "note", "correction_note", "evidence", "basis")
"""What acts call the reason that was given for them, the first that is there."""


@dataclass(frozen=True, slots=True)
class Told:
    """An act on a record as it is told: who (name and number), what, to what, why; `entry` is where the log has it.

    Of an import that brought the record, `file` is what the file was called.
    """

    entry: Entry
    who: str
    act: str
    subject: str
    reason: str
    file: str = ""


def told_since(since: datetime, kind: str, ids: Collection[int]) -> dict[int, list[Told]]:
    """What was done to records of a kind since a moment, by record, the first act first.

    A record that came with an import has no entry of its own: the import's tells of it.
    """
    subjects = {f"{kind}:{pk}": pk for pk in ids}
    own = Entry.objects.filter(subject__in=subjects, at__gt=since).order_by("sequence")
    found: dict[int, list[Entry]] = {}
    for entry in own:
        found.setdefault(subjects[entry.subject], []).append(entry)
    if silent := [pk for pk in ids if pk not in found]:
        for pk, entry in _imported(since, kind, silent):
            found.setdefault(pk, []).append(entry)
    names = _names(entry.actor for entries in found.values() for entry in entries)
    return {pk: [_told(entry, names) for entry in entries] for pk, entries in found.items()}


def _imported(since: datetime, kind: str, ids: Collection[int]) -> Iterable[tuple[int, Entry]]:
    first, behind = _IMPORTS
    for entry in Entry.objects.filter(subject__gte=first, subject__lt=behind, at__gt=since).order_by("sequence"):
        brought = entry.detail
        if brought.get("ledger", "publishing.item") == kind and "first" in brought:
            yield from ((pk, entry) for pk in ids if brought["first"] <= pk <= brought["last"])


def _names(actors: Iterable[str]) -> dict[str, str]:
    found = User.objects.filter(staff_number__in=set(actors)).values_list("staff_number", "name")
    return {number: f"{name}（{number}）" for number, name in found} | {SYSTEM: "系统"}


def _told(entry: Entry, names: dict[str, str]) -> Told:
    reason = next((str(entry.detail[key]) for key in _WHY if entry.detail.get(key)), "")
    who = names.get(entry.actor, entry.actor)
    file = str(entry.detail.get("file") or "一份文件") if entry.subject.startswith(_IMPORTS[0]) else ""
    return Told(entry, who, act_name(entry.act), subject_name(entry.subject), reason, file)

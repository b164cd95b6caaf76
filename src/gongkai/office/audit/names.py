"""What the log's acts, subjects and particulars are called, for whoever reads it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.office.audit.models import Entry
from gongkai.regulation.law import LawMissing, cite


def act_name(act: str) -> str:
    """An act in words; one without a name of its own goes by its room's."""
    room, _, verb = act.partition(".")
    names = _names()
    own = names["acts"].get(room, {}).get(verb) or names["ledger"].get(verb)
    return str(own or f"办理{names['rooms'].get(room, '')}事项")


def subject_name(subject: str) -> str:
    """What an act was done to: what kind of thing, and which."""
    kind, _, which = subject.partition(":")
    names = _names()
    named = names["subjects"].get(kind) or f"{names['rooms'].get(kind.partition('.')[0], '其他')}记录"
    # A hash names a file and means nothing to a reader; the beginning tells one from another. Words are keys of code.
    told = which[:12] if any(character.isdigit() for character in which) else ""
    return f"{named} {told}".strip()


def citation_name(source: str) -> str:
    """The article an act rests on, as it is cited; empty for an act that needs none."""
    try:
        return cite(source) if source else ""
    except LawMissing:
        return source


def particulars(entry: Entry) -> list[tuple[str, str]]:
    """What of an act's particulars says something to a reader, with names."""
    shown = [(label, entry.detail.get(key)) for key, label in _names()["detail"].items()]
    if entry.act == "personal.reveal":
        shown.insert(0, ("查看的内容", _names()["looked_at"].get(entry.detail.get("field"))))
    return [(label, value) for label, value in shown if isinstance(value, str) and value]


def rooms() -> dict[str, str]:
    """The rooms whose acts stand in the log, by key."""
    return dict(_names()["rooms"])


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("acts.toml").read_text("utf-8"))

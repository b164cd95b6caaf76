"""An item of government information (政府信息) as the checks see it: its metadata, its text, its attachments' text."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

DisclosureMode = Literal["proactive", "on_application", "not_disclosed"]
Need = Literal["yes", "normative", "advised", "no"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attached file: its name, and the text a reader found in it."""

    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A time limit other than article 26's, from the item's row in the catalogue."""

    amount: int
    unit: Literal["working_day", "natural_day"]


@dataclass(frozen=True, slots=True)
class Item:
    """An item with its metadata (keys and words in `elements.toml`).

    `numbers_are_official` is the editor's statement that phone numbers and accounts in it are an office's own;
    `time_limit` is None when article 26 governs.
    """

    title: str
    body: str = ""
    attachments: tuple[Attachment, ...] = ()
    art20_category: str = ""
    combined_category: str = ""
    topic_category: str = ""
    genre_category: str = ""
    audience_category: str = ""
    lifecycle_category: str = ""
    issuing_agency: str = ""
    publishing_agency: str = ""
    index_number: str = ""
    document_number: str = ""
    written_date: date | None = None
    formed_date: date | None = None
    changed_date: date | None = None
    published_date: date | None = None
    effective_date: date | None = None
    expiry_date: date | None = None
    keywords: tuple[str, ...] = ()
    summary: str = ""
    disclosure_mode: DisclosureMode | None = None
    source: str = ""
    format_language: str = ""
    is_normative_document: bool = False
    is_reprint: bool = False
    numbers_are_official: bool = False
    time_limit: TimeLimit | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """A piece of metadata: its words, and whether an item needs it."""

    key: str
    label: str
    label_en: str
    needed: Need


@cache
def elements() -> tuple[Element, ...]:
    """The metadata of an item, in the order of the table on its page."""
    table = tomllib.loads(files(__package__).joinpath("elements.toml").read_text("utf-8"))
    return tuple(Element(**entry) for entry in table["element"])

"""What a room says of a ledger of its own; everything else about keeping one is done here the same way for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Q

from gongkai.office.accounts.models import Role, User
from gongkai.office.ledgers.forms import EntryForm
from gongkai.office.ledgers.models import Entry
from gongkai.office.ledgers.sought import text_of

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of the staff's list: its heading, and what stands in it (text, a day, a number, an item)."""

    heading: str
    cell: Callable[[Any], Any]
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a public list shows it: its title with the address behind it, its day, and a few words beneath."""

    title: str
    path: str
    on: Any
    organ: str
    notes: tuple[str, ...] = ()
    badge: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Findable:
    """What the public finds in a ledger by words: in which columns (text or lists), of which of its standing entries, the
    latest `day` first. Whoever adds a column has a migration fill `sought` anew.

    What is an item of publishing is found by the site's search and left out here. `label` is what the public calls it.
    """

    columns: tuple[str, ...]
    label: str
    rows: Q = field(default_factory=Q)
    day: str = ""


@dataclass(frozen=True)
class Ledger:
    """A ledger. Its key is `app.model`, which the log, imports and counts name it by.

    `day` is the column by whose day an entry is counted; `derive` completes the values somebody gave (and refuses those
    that can't be true) before they are stored, `settle` does what follows from new or changed entries, in the same
    transaction; `touched` says which stored pages show something of entries. `selectors` are columns with choices by which
    the list is narrowed; `words` are searched; no two standing entries agree in all columns of `unique`;
    `facts` are the fields the public sees, `findable` what it finds by words. `also` names entries
    that somebody sees besides those of their agencies. `panel` is a template of the room's
    on the page of an entry, filled by `panel_context(entry, user, on)`. `acts` are the room's own verbs as the log knows
    them, in the words of the entry's history.
    """

    model: type[Entry]
    form: type[EntryForm]
    noun: str
    label: str
    unit: str
    lead: str
    title: Callable[[Any], str]
    columns: tuple[Shown, ...]
    day: str
    words: tuple[str, ...]
    selectors: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    citation: str = ""
    derive: Callable[[Values, datetime], Values] = lambda values, at: values
    settle: Callable[[list[Any], datetime], None] = lambda entries, at: None
    touched: Callable[[Iterable[Any]], set[str]] = lambda entries: set()
    line: Callable[[Any], Line] | None = None
    public_path: Callable[[Any], str] = lambda entry: ""
    facts: tuple[str, ...] = ()
    findable: Findable | None = None
    panel: str = ""
    panel_context: Callable[[Any, User, date], dict[str, Any]] = lambda entry, by, on: {}
    also: Callable[..., Q] = lambda by, *, on: Q(pk__in=())
    sealed: frozenset[str] = frozenset()
    changeable: bool = True
    acts: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, tuple[Role, ...]] = field(
        default_factory=lambda: {
            "see": (
                Role.EDITOR,
                Role.DISCLOSURE_OFFICER,
                Role.FIRST_REVIEWER,
                Role.SECOND_REVIEWER,
                Role.FINAL_REVIEWER,
            ),
            "register": (Role.EDITOR, Role.DISCLOSURE_OFFICER),
        }
    )

    @property
    def key(self) -> str:
        """`app.model`, as Django labels the model."""
        return self.model._meta.label_lower

    @property
    def room(self) -> str:
        """The room whose ledger it is."""
        return self.model._meta.app_label

    def address(self, screen: str = "") -> str:
        """The url name of one of its staff screens; without a name, of its list."""
        return f"{self.room}_{self.noun}" + (f"_{screen}" if screen else "")

    def sought(self, entry: Entry) -> str:
        """The text by which the public finds an entry; empty where it finds none."""
        return text_of(getattr(entry, name) for name in self.findable.columns) if self.findable else ""

    def subject(self, entry: Entry) -> str:
        """An entry as the log names it."""
        return f"{self.key}:{entry.pk}"


@cache
def ledgers() -> Mapping[str, Ledger]:
    """Every ledger of every room by its key: a room offers them as `LEDGERS` of its module `ledgers`."""
    found: dict[str, Ledger] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("gongkai.office.") and app.label != "ledgers":
            try:
                module = import_module(f"{app.name}.ledgers")
            except ModuleNotFoundError as error:
                if error.name != f"{app.name}.ledgers":
                    raise
                continue
            found |= {each.key: each for each in module.LEDGERS}
    return found

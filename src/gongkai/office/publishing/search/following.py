"""The index follows the journal: what it lacks is entered, and it is begun anew when it can't be what it should.

Everything here can be ended at any moment and called by any number of processes: an index notes how far it has come in
the transaction that takes it there, and what is entered is always what the office's database says now.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from gongkai.office.publishing.models import PUBLIC, Item
from gongkai.office.publishing.search import journal
from gongkai.office.publishing.search.entry import entries
from gongkai.office.publishing.search.fulltext import bulk, file
from gongkai.office.publishing.search.fulltext.bulk import Bulk
from gongkai.office.publishing.search.fulltext.file import MAKING, SETTLING, WHOLE, Busy, Index, Place, State
from gongkai.office.publishing.search.fulltext.tables import Tables

log = logging.getLogger(__name__)

AT_ONCE = 200
"""Items that a search enters itself before it looks: a third of a second at most. More is left to the background."""
_TRANSACTION = 12_000
"""Items of one transaction when there are many."""
_PIECE = 1000
"""Items of one segment."""
_ROUNDS = 5
"""Transactions of a search at most: others may go on publishing."""
_PATIENCE = 1.0
"""Seconds a search waits for somebody else who is entering."""
_STEPS = 8
"""Transactions of a round at most in which small segments are brought together; the rest comes with the next round."""
_PAGES = 8000
"""Pages of the full-text tables that are merged in one transaction."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the index stands: how many public items at most it lacks, and what keeps it from entering them (in Chinese)."""

    waiting: int = 0
    trouble: str = ""


def announce(items: Collection[int]) -> None:
    """Say that items have become public, have changed, or are no longer public. In a transaction, as part of it.

    As soon as it ends, a search knows; a few items are entered then and there.
    """
    if items:
        journal.write(items)
        transaction.on_commit(_enter_quietly)


def rebuild(progress: Progress = lambda done, total: None) -> int:
    """Have the index made anew from what is public, here and on every other host, and say how many items it has.

    Publishing goes on meanwhile; search finds what has been entered again. `progress` gets done and total.
    Errors: sqlite3.Error, OSError when it can't be written.
    """
    journal.write(None)
    catch_up(progress)
    index = file.current()
    assert index is not None, "catch_up has made it"
    return index.tables.count()


def catch_up(progress: Progress = lambda done, total: None) -> None:
    """Enter everything there is to enter, however much, and bring the index into its best shape.

    Errors: sqlite3.Error, OSError when the index can't be written.
    """
    with Way() as way:
        way.enter_all(progress)
        way.tidy()


def before_search() -> Standing:
    """Bring the index up to date where that is a matter of moments; how it stands then. Never fails."""
    return _quietly(_PATIENCE)


def look() -> Standing:
    """How the index stands, without changing it."""
    try:
        index = file.current()
        state = index.state() if index else None
    except (sqlite3.Error, OSError) as error:
        return Standing(trouble=_told(error))
    head = journal.head()
    if state is None or not _belongs(state, head):
        return Standing(Item.objects.filter(PUBLIC).count())
    return Standing(_lack(state, head).items)


def after_failure(error: Exception) -> Standing:
    """How the index stands after a search in it failed: what is damaged is begun anew."""
    if not file.is_damaged(error):
        log.warning("检索索引读不了：%s", error)
        return Standing(trouble=_told(error))
    try:
        with Way() as way:
            way.begin_anew(error)
    except (sqlite3.Error, OSError) as failure:
        return Standing(trouble=_told(failure))
    return before_search()


def _enter_quietly() -> None:
    """At the end of a publication: enter it, unless somebody is entering anyway."""
    _quietly(0.0)


def _quietly(patience: float) -> Standing:
    try:
        with Way(patience) as way:
            lack = way.lack()
            for _ in range(_ROUNDS):
                if not (0 < lack.changed <= AT_ONCE or 0 < lack.unmade <= AT_ONCE):
                    break
                way.step()
                lack = way.lack()
            return Standing(lack.items)
    except Busy:
        return look()
    except (sqlite3.Error, OSError) as error:
        log.warning("检索索引没有跟上：%s", error)
        return replace(look(), trouble=_told(error))


@dataclass(frozen=True, slots=True)
class _Lack:
    """What an index lacks, at most: items that changed, and items it has not come to while it is being made."""

    changed: int
    unmade: int

    @property
    def items(self) -> int:
        return self.changed + self.unmade


class Way:
    """The index on its way along the journal, one transaction after the other."""

    def __init__(self, patience: float = 60.0) -> None:
        self._patience = patience
        self._bulk: Bulk | None = None
        self._index: Index | None = None

    def __enter__(self) -> Way:
        return self

    def __exit__(self, *what: object) -> None:
        self.close()

    def close(self) -> None:
        """End what is made beside this process."""
        if self._bulk is not None:
            self._bulk.close()
        self._bulk = None

    def lack(self) -> _Lack:
        """What there is to enter; the index is begun anew if it has to be."""
        index, head = self._find()
        return _lack(index.state(), head)

    def begin_anew(self, why: Exception) -> None:
        """An empty index in the place of one that is damaged."""
        log.warning("检索索引已经损坏（%s），重新建立。", why)
        self._begin(file.number())

    def step(self, progress: Progress = lambda done, total: None) -> bool:
        """Enter more, in one transaction; False when everything is found. Errors: Busy; sqlite3.Error, OSError."""
        index, _ = self._find()
        try:
            with index.writing(self._patience) as tables:
                state = index.state()
                place, items = journal.after(state.place, _TRANSACTION)
                if place != state.place:
                    self._enter(tables, [items[at : at + _PIECE] for at in range(0, len(items), _PIECE)])
                    state = replace(state, place=place)
                elif state.stage == MAKING:
                    state = self._make(tables, state)
                else:
                    return False
                index.note(state)
        except sqlite3.DatabaseError as error:
            if not file.is_damaged(error):
                raise
            self.begin_anew(error)
            return True
        if state.stage == MAKING:
            progress(state.done, max(state.total, state.done))
        return True

    def enter_all(self, progress: Progress = lambda done, total: None) -> None:
        """Go on until everything is found. Errors: Busy; sqlite3.Error, OSError when it can't be written."""
        while self.step(progress):
            pass

    def tidy(self) -> None:
        """Bring the index into its best shape. Errors: Busy; sqlite3.Error, OSError when it can't be written."""
        index, _ = self._find()
        try:
            while index.state().stage == SETTLING:
                with index.writing(self._patience) as tables:
                    if not tables.merge(_PAGES):
                        index.note(replace(index.state(), stage=WHOLE))
            for _ in range(_STEPS):
                if not bulk.is_in_pieces(index.tables):
                    break
                with index.writing(self._patience) as tables:
                    if not bulk.tidy(tables):
                        break
        except sqlite3.DatabaseError as error:
            if not file.is_damaged(error):
                raise
            self.begin_anew(error)

    def _find(self) -> tuple[Index, Place]:
        """The index that belongs to the journal, and the end of that."""
        seen, head = file.number(), journal.head()
        try:
            index = file.current()
            state = index.state() if index else None
        except sqlite3.DatabaseError as error:
            if not file.is_damaged(error):
                raise
            log.warning("检索索引已经损坏（%s），重新建立。", error)
            index = state = None
        if index is None or state is None or not _belongs(state, head):
            index = self._begin(seen)
        if index is not self._index:
            self.close()
        self._index = index
        return index, head

    def _begin(self, seen: int) -> Index:
        # First the place, then what is public: what comes between the two is looked at again.
        place = journal.head()
        return file.begin_anew(seen, State(place, total=Item.objects.filter(PUBLIC).count()))

    def _make(self, tables: Tables, state: State) -> State:
        """The next public items, the oldest first, because the full-text tables want their rows in their order."""
        later = PUBLIC
        if state.made_until:
            moment, last = json.loads(state.made_until)
            at = datetime.fromisoformat(moment)
            later &= Q(published_at__gte=at) & (Q(published_at__gt=at) | Q(pk__gt=last))
        found = Item.objects.filter(later).order_by("published_at", "pk").values_list("published_at", "pk")
        some = list(found[:_TRANSACTION])
        if not some:
            if state.done <= _PIECE:
                return replace(state, stage=WHOLE)
            tables.merge(_PAGES, begin=True)
            return replace(state, stage=SETTLING)
        self._enter(tables, [[pk for _, pk in some[at : at + _PIECE]] for at in range(0, len(some), _PIECE)])
        last_at, last = some[-1]
        assert last_at is not None, "what is public has been published"
        return replace(state, done=state.done + len(some), made_until=json.dumps([last_at.isoformat(), last]))

    def _enter(self, tables: Tables, pieces: Sequence[Sequence[int]]) -> None:
        """Enter what of some items is public now, and forget the others."""
        if len(pieces) > 1:
            self._bulk = self._bulk or Bulk(tables)
        for piece in pieces:
            found = entries(piece)
            tables.drop(set(piece) - {entry.item for entry in found})
            (self._bulk or tables).put(found)
        if self._bulk:
            self._bulk.finish()


def _belongs(state: State, head: Place) -> bool:
    """Whether the index is one of this database as it is now, and nothing has asked for a new one."""
    return state.place == head or (journal.holds(state.place) and not journal.ahead(state.place).everything)


def _lack(state: State, head: Place) -> _Lack:
    changed = 0 if state.place == head else journal.ahead(state.place).items
    return _Lack(changed, max(1, state.total - state.done) if state.stage == MAKING else 0)


def _told(error: Exception) -> str:
    if file.is_full(error):
        return "存放检索索引的磁盘已满"
    if file.is_damaged(error):
        return "检索索引已经损坏，正在重新建立"
    return "检索索引读写不了"

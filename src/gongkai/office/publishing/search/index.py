"""What goes into the index, and out of it. Every change belongs to the transaction that makes the item public or not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import transaction
from django.db.models import Q

from gongkai.office.publishing.models import PUBLIC, Item
from gongkai.office.publishing.search.engines import bulk, engine
from gongkai.office.publishing.search.engines.port import Bulk
from gongkai.office.publishing.search.entry import entries

_AT_ONCE = 1000
"""Items that are entered in one go, and, when rebuilding, in one transaction: a publication waits no longer than that."""


@transaction.atomic
def index_items(items: Iterable[Item]) -> None:
    """Enter public items, each in the place of what was known of it; for one as for a hundred thousand.

    Errors: ValueError for an item that was never published. The caller removes what is withdrawn.
    """
    waiting = iter(items)
    while some := list(islice(waiting, _AT_ONCE)):
        engine().put(entries(some))


class Entering:
    """`index_items` for very many, in pieces: what is put is being entered while the caller writes the next piece.

    Each transaction ends with `finish`.
    """

    def __init__(self, bulk: Bulk) -> None:
        self._bulk = bulk

    def put(self, items: Iterable[Item]) -> None:
        """Enter public items, in the order of their publication. Errors: as `index_items`."""
        self._bulk.put(entries(list(items)))

    def finish(self) -> None:
        """Wait until everything that was put is entered."""
        self._bulk.finish()


@contextmanager
def entering_many() -> Iterator[Entering]:
    """For as long as very many items come in, in one transaction after the other."""
    way_in = bulk()
    try:
        yield Entering(way_in)
    finally:
        way_in.close()


@transaction.atomic
def remove_items(ids: Collection[int]) -> None:
    """Take items out. From the end of the transaction on nobody finds them."""
    engine().drop(ids)


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Make the index again from what is public, and say how many items it has; `progress` gets done and total.

    Publishing goes on meanwhile, but search finds only what has been entered again.
    """
    total = Item.objects.filter(PUBLIC).count()
    with transaction.atomic():
        engine().clear()
    done, later = 0, PUBLIC
    while True:
        # The rows stay locked until they are entered: what is withdrawn meanwhile waits, and then is taken out again.
        # Oldest first, because SQLite's index wants its rows in their order.
        with transaction.atomic():
            public = Item.objects.select_for_update(of=("self",)).filter(later).order_by("published_at", "pk")
            some = list(public[:_AT_ONCE])
            engine().put(entries(some))
        if not some:
            break
        last, done = some[-1], done + len(some)
        later = PUBLIC & (Q(published_at=last.published_at, pk__gt=last.pk) | Q(published_at__gt=last.published_at))
        progress(done, max(total, done))
    engine().settle()
    return done

"""What may be done with stored pages: keep one, and say that something changed. docs/decisions/0014 says why it is exact."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.db import OperationalError, connection, transaction

from gongkai.office.renderings import files
from gongkai.office.renderings.keys import SITE
from gongkai.office.renderings.models import Clock, Dependency, Key, Rendering

_PATIENCE_MS = 200
"""How long a reader waits for a chance to keep a page. Shorter than PostgreSQL's deadlock_timeout of a second, so that it is
never the change that is called off."""
_BATCH = 500

log = logging.getLogger(__name__)


def now() -> int:
    """The clock of changes, to be read before the content a page is made from."""
    return Clock.objects.filter(id=1).values_list("value", flat=True).first() or 0


def touch(names: Iterable[str]) -> None:
    """Say, in the transaction that changes it, that something public changes: no page shows the old content any more.

    The files are gone when this returns. Until the transaction ends nobody can keep a page that depends on one of the
    keys; if it is rolled back, the pages are only rendered again. Call it last: it holds the clock until the end.
    """
    assert connection.in_atomic_block, "touch belongs into the transaction of the change"
    wanted = sorted(set(names))
    if not wanted:
        return
    with connection.cursor() as cursor:
        # One statement, so that the row is made and locked at once. `renderings_clock` stands first in both databases.
        cursor.execute(
            "INSERT INTO renderings_clock (id, value) VALUES (1, 1) "
            "ON CONFLICT (id) DO UPDATE SET value = renderings_clock.value + 1 RETURNING value"
        )
        value = cursor.fetchone()[0]
    Key.objects.bulk_create(
        [Key(name=name, changed_at=value) for name in wanted],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["changed_at"],
    )
    if SITE in wanted:
        files.remove_all()
        Rendering.objects.filter(standing=True).update(standing=False)
        return
    for some in _batches(wanted):
        _remove_dependents(some)


def keep(path: str, content: bytes | Path, *, names: Iterable[str], seen: int) -> bool:
    """Keep the answer of an address as a file, unless one of its keys changed since `seen` (`now()` before rendering).

    True when the file stands. False when it was not kept: something changed, somebody holds a lock for long, the
    disk is full. Then the answer is still right for the one who asked.
    """
    if connection.in_atomic_block:
        # If the surrounding transaction failed, the file would stand without its row.
        return False
    wanted = sorted({*names, SITE})
    content_hash = files.hash_of(content)
    try:
        with _hurried():
            _announce(path, wanted)
            return _keep_unchanged(path, content, content_hash, wanted, seen)
    except OperationalError:
        return False
    except OSError as error:
        log.warning(
            "公开页面 %s 未能存成文件（%s），每次访问都要重新生成；请检查磁盘空间和目录权限。", path, error.strerror
        )
        return False


def reconcile(*, contents: bool) -> int:
    """Delete every file that stands without being known, or (`contents`) whose content isn't what was written.

    Gives the number of files deleted. For the start after a crash of the machine or a restored backup; harmless at any
    other time.
    """
    files.sweep()
    deleted = 0
    for some in _batched(files.standing()):
        known = dict(
            Rendering.objects.filter(standing=True, path__in=[path for path, _ in some if path]).values_list(
                "path", "content_hash"
            )
        )
        for path, file in some:
            if path not in known or (contents and _hash_of_standing(file) != known[path]):
                file.unlink(missing_ok=True)
                deleted += 1
    return deleted


@transaction.atomic
def forget_all() -> None:
    """Delete every stored page; each is rendered again when it is asked for."""
    touch([SITE])


def _announce(path: str, names: Sequence[str]) -> None:
    """Make it known, and commit, that a file may stand, before it does: a crash between the two leaves nothing unknown."""
    with transaction.atomic():
        Key.objects.bulk_create([Key(name=name) for name in names], ignore_conflicts=True)
        rendering, _ = Rendering.objects.get_or_create(path=path)
        ids = Key.objects.filter(name__in=names).values_list("id", flat=True)
        Dependency.objects.bulk_create(
            [Dependency(rendering=rendering, key_id=each) for each in ids], ignore_conflicts=True
        )
        if not rendering.standing:
            Rendering.objects.filter(pk=rendering.pk).update(standing=True)


def _keep_unchanged(path: str, content: bytes | Path, content_hash: str, names: Sequence[str], seen: int) -> bool:
    try:
        with transaction.atomic():
            ids = _locked_keys(names, seen)
            if ids is None:
                return False
            rendering = Rendering.objects.select_for_update().get(path=path)
            announced = set(Dependency.objects.filter(rendering=rendering).values_list("key_id", flat=True))
            if not rendering.standing or not announced.issuperset(ids):
                # Somebody else kept this page, with other keys, since ours were announced.
                return False
            modified = _time_of(rendering, content, content_hash)
            files.write(path, content, modified)
            if len(announced) > len(ids):
                Dependency.objects.filter(rendering=rendering).exclude(key__in=ids).delete()
            Rendering.objects.filter(pk=rendering.pk).update(content_hash=content_hash, modified=modified)
    except Exception:
        # The locks are gone, or going: what was written under them must not outlive them.
        files.remove(path)
        raise
    return True


def _locked_keys(names: Sequence[str], seen: int) -> list[int] | None:
    """The ids of the keys, locked against change, or None if one has changed (SQLite has locked the whole database)."""
    table, wanted = Key._meta.db_table, ", ".join(["%s"] * len(names))
    lock = " FOR SHARE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, changed_at FROM {table} WHERE name IN ({wanted}) ORDER BY id{lock}", list(names))
        rows = cursor.fetchall()
    if len(rows) != len(names) or any(changed_at > seen for _, changed_at in rows):
        return None
    return [each for each, _ in rows]


def _time_of(rendering: Rendering, content: bytes | Path, content_hash: str) -> int:
    """The file's time: nginx makes the ETag of it and the size, so a changed file needs another, an unchanged the same."""
    if rendering.content_hash == content_hash:
        return rendering.modified
    own = int(content.stat().st_mtime) if isinstance(content, Path) else int(time.time())
    return max(own, rendering.modified + 1)


def _remove_dependents(names: Sequence[str]) -> None:
    dependents = Rendering.objects.filter(standing=True, keys__name__in=names).distinct()
    while found := list(dependents.values_list("id", "path")[:_BATCH]):
        for _, path in found:
            files.remove(path)
        Rendering.objects.filter(id__in=[each for each, _ in found]).update(standing=False)


def _hash_of_standing(file: Path) -> str:
    try:
        return files.hash_of(file)
    except OSError:
        return ""


@contextmanager
def _hurried() -> Iterator[None]:
    """Don't let a reader wait long for a writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = %s", [f"{_PATIENCE_MS}ms"])
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            usual = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET lock_timeout = DEFAULT")
            else:
                cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), _BATCH):
        yield names[start : start + _BATCH]


def _batched(found: Iterable[tuple[str | None, Path]]) -> Iterator[list[tuple[str | None, Path]]]:
    some: list[tuple[str | None, Path]] = []
    for each in found:
        some.append(each)
        if len(some) == _BATCH:
            yield some
            some = []
    if some:
        yield some

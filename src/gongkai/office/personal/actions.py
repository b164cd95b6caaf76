"""Looking at what is sealed, on record; and putting all of it under a new key."""

from __future__ import annotations

import time
from datetime import datetime

from django.apps import apps
from django.db import OperationalError, connection, models, transaction
from django.db.backends.utils import CursorWrapper

from gongkai.office.audit.actions import SYSTEM, Act, record
from gongkai.office.personal import files
from gongkai.office.personal.fields import SealedField

_BATCH = 500
_PATIENCE_SECONDS = 60.0
"""How long older transactions of the database are waited for."""


class PurposeMissing(Exception):
    """Nobody looks at personal data without saying what for. The message, in Chinese, says so."""


def reveal(value: str, *, subject: str, field: str, by: str, purpose: str, at: datetime) -> str:
    """A sealed text in full, after the look at it was put on record as in `note_look`.

    Errors: PurposeMissing.
    """
    note_look(subject=subject, field=field, by=by, purpose=purpose, at=at)
    return value


def note_look(*, subject: str, field: str, by: str, purpose: str, at: datetime) -> None:
    """Put on record that somebody (`by`, a staff number) is shown what tells who a person is: `field` of `subject`, and
    what for, in their words or the screen's. Before it is shown.

    Errors: PurposeMissing.
    """
    if len(purpose.strip()) < 2:
        raise PurposeMissing("请写明查看原文的事由，例如“电话联系申请人补正”。每次查看都会留下记录。")
    record(Act(by, "personal.reveal", subject, detail={"field": field, "purpose": purpose.strip()}), at=at)


def rotate(*, at: datetime) -> int:
    """Seal every value and file anew with the first key of the ring; gives how many. Old keys can be taken off afterwards.

    In batches, each whole or not at all: stopped half-way, all values still open, and it can be started again.
    """
    done = 0
    for model, fields in sealed_fields():
        last, batch = 0, getattr(model, "ROTATED_AT_ONCE", _BATCH)
        while True:
            with transaction.atomic():
                rows = list(model._base_manager.select_for_update().filter(pk__gt=last).order_by("pk")[:batch])
                if not rows:
                    break
                # Reading opened them, writing seals them again.
                model._base_manager.bulk_update(rows, fields)
            last = rows[-1].pk
            done += len(rows) * len(fields)
    done += files.renew_all()
    record(Act(SYSTEM, "personal.rotate", "personal.keys:all", detail={"values": done}), at=at)
    return done


class StillInUse(Exception):
    """The database could not be tidied, because somebody was using it. The message, in Chinese, says what to do."""


def compact() -> None:
    """Leave nothing in the database's own files of what was emptied or sealed anew: old rows lie in freed pages and logs.

    Takes as long as writing the tables anew; on PostgreSQL nobody reads or writes one of them meanwhile. Outside a transaction.
    What lies elsewhere stays: older backups, PostgreSQL's write-ahead log until it is recycled, replicas.
    Errors: StillInUse.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _await_older_transactions(cursor)
            for model, _ in sealed_fields():
                cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(model._meta.db_table)}")
            # The planner keeps samples of what stood in each column; the tables' own analysis has just replaced them.
            _await_older_transactions(cursor)
            cursor.execute("VACUUM (FULL) pg_catalog.pg_statistic")
            return
        try:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy = cursor.fetchone()[0]
        except OperationalError as error:
            raise StillInUse("数据库正忙，旧的密文还留在数据库文件里。请稍后再运行一次，或者先停止服务。") from error
    if is_busy:
        raise StillInUse("有进程正在读数据库，旧的密文还留在预写日志里。请稍后再运行一次，或者先停止服务。")


def _await_older_transactions(cursor: CursorWrapper) -> None:
    """Wait until no transaction begun before now is running: a vacuum keeps the rows that one of them may still see.

    First those that write, in whatever database of the server: what they hold back is not past for any snapshot taken
    meanwhile. Then those of this database, whose snapshots may be as old. Locks are visible to every role; what others'
    snapshots are, is not.
    """
    until = time.monotonic() + _PATIENCE_SECONDS
    cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")
    next_number = cursor.fetchone()[0]
    _await(cursor, "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= %s::xid8", next_number, until)
    here = (
        "FROM pg_locks JOIN pg_stat_activity USING (pid) "
        "WHERE locktype = 'virtualxid' AND datname = current_database() AND pid <> pg_backend_pid()"
    )
    cursor.execute(f"SELECT virtualtransaction {here}")
    running = [row[0] for row in cursor.fetchall()]
    _await(cursor, f"SELECT NOT EXISTS (SELECT 1 {here} AND virtualtransaction = ANY(%s))", running, until)


def _await(cursor: CursorWrapper, question: str, value: str | list[str], until: float) -> None:
    """Ask until the answer is yes. Errors: StillInUse."""
    while True:
        cursor.execute(question, [value])
        if cursor.fetchone()[0]:
            return
        if time.monotonic() > until:
            raise StillInUse(
                "有较早开始的事务还没有结束，旧的密文还留在数据库文件里。请稍后再运行一次，或者先停止服务。"
            )
        time.sleep(0.1)


def sealed_fields() -> list[tuple[type[models.Model], list[str]]]:
    """Every model of this installation that keeps sealed values, with the names of those fields."""
    found = []
    for model in apps.get_models():
        fields = [field.name for field in model._meta.concrete_fields if isinstance(field, SealedField)]
        if fields:
            found.append((model, fields))
    return found

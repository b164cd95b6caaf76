"""Rows by the million for the benchmarks: made by the database itself, without its indexes, which are made anew after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Model


def is_postgresql() -> bool:
    """Which of the two databases is measured."""
    return connection.vendor == "postgresql"


def day(first: date, expression: str) -> str:
    """SQL: the day that lies some days after another."""
    if is_postgresql():
        return f"(DATE '{first}' + ({expression})::int)"
    return f"date('{first}', '+' || ({expression}) || ' days')"


def moment(first: date, seconds: str) -> str:
    """SQL: the time that lies some seconds after the beginning of a day."""
    if is_postgresql():
        return f"(TIMESTAMPTZ '{first} 00:00:00+00' + ({seconds}) * INTERVAL '1 second')"
    # As Django writes a time into SQLite.
    return f"(strftime('%Y-%m-%d %H:%M:%S', '{first}', '+' || ({seconds}) || ' seconds'))"


def chosen(values: Sequence[str], expression: str) -> str:
    """SQL: one of some texts by a number, taken round and round."""
    cases = " ".join(f"WHEN {place} THEN '{value}'" for place, value in enumerate(values))
    return f"CASE ({expression}) % {len(values)} {cases} END"


def fill(plain: Model, count: int, expressions: Mapping[str, str]) -> None:
    """Rows of a model, in the place of those that are there: columns by SQL over `i` (from 0), all others as in `plain`."""
    table, columns, made, values = plain._meta.db_table, [], [], []
    for field in plain._meta.concrete_fields:
        assert field.column is not None
        if field.primary_key and field.column not in expressions:
            continue
        columns.append(connection.ops.quote_name(field.column))
        if field.column in expressions:
            # A literal % is written twice beside parameters.
            made.append(expressions[field.column].replace("%", "%%"))
        else:
            made.append("%s")
            values.append(field.get_db_prep_save(getattr(plain, field.attname), connection))
    into = f"INSERT INTO {table} ({', '.join(columns)})"
    if is_postgresql():
        counted = f"SELECT {', '.join(made)} FROM generate_series(0, {count - 1}) AS n(i)"
    else:
        counted = f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count - 1}) SELECT {', '.join(made)} FROM n"
    with _without_indexes(table), _without_keys(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
        cursor.execute(f"{into} {counted}", values)
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {table}" if is_postgresql() else "ANALYZE")


@contextmanager
def _without_keys() -> Iterator[None]:
    """Foreign keys are right by construction; asked for one by one, without an index, they take longer than the rows."""
    off, on = "PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"
    if is_postgresql():
        off, on = "SET session_replication_role = replica", "SET session_replication_role = origin"
    with connection.cursor() as cursor:
        cursor.execute(off)
        yield
        cursor.execute(on)


@contextmanager
def _without_indexes(table: str) -> Iterator[None]:
    made = _indexes(table)
    with connection.cursor() as cursor:
        for name, _ in made:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, definition in made:
            cursor.execute(definition)


def _indexes(table: str) -> list[tuple[str, str]]:
    """Name and definition of each index that is no constraint."""
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL"
    if is_postgresql():
        asked = (
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        )
    with connection.cursor() as cursor:
        cursor.execute(asked, [table])
        found: list[Any] = cursor.fetchall()
    return [(str(name), str(definition)) for name, definition in found]

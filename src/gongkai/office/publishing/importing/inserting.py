"""Very many rows into a table, column by column: the rows that `bulk_create` would write, at a third of its price.

`bulk_create` makes an object of each row and asks each field about each value; on PostgreSQL it also writes every value into
the text of a statement. Most values of an import are texts, which go in as they are, or the same in every row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import CharField, Field, JSONField, Model, TextField


def reserve_ids(model: type[Model], count: int) -> range | list[int]:
    """Ids for new rows, which nobody else will get. In a transaction that is already writing."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Nobody else writes until this transaction ends; whoever comes then goes on after the highest id.
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = (cursor.fetchone() or (0,))[0]
            return range(last + 1, last + 1 + count)
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [each for (each,) in cursor.fetchall()]


def insert(model: type[Model], names: Sequence[str], columns: Sequence[Iterable[object]], **same: object) -> None:
    """Write rows: a column of values for each named field, and what is the `same` in every row; other fields get their defaults.

    As with `bulk_create` nothing is checked but by the database, and no signal is sent. Errors: IntegrityError.
    """
    every = {each.name: each for each in model._meta.concrete_fields}
    fields = [every[name] for name in names]
    others = [each for each in every.values() if each not in fields and not each.primary_key]
    repeated = tuple(_preparing(each)(same.get(each.name, each.get_default())) for each in others)
    values = [_written(each, column) for each, column in zip(fields, columns, strict=True)]
    rows = [(*row, *repeated) for row in zip(*values, strict=True)]
    quote = connection.ops.quote_name
    columns_written = [quote(str(each.column)) for each in (*fields, *others)]
    into = f"{quote(model._meta.db_table)} ({', '.join(columns_written)})"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(columns_written))})", rows)
        else:
            with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)


def _written(field: Field[Any, Any], values: Iterable[object]) -> Iterable[object]:
    """A column of values as the database takes them."""
    prepare = _preparing(field)
    if isinstance(field, CharField | TextField):
        return (value if type(value) is str else prepare(value) for value in values)
    if isinstance(field, JSONField):
        return map(prepare, values)
    # Days, moments, agencies, yes and no: few that differ.
    return map(cache(prepare), values)


def _preparing(field: Field[Any, Any]) -> Callable[[object], object]:
    # The connection itself: what `django.db.connection` stands for is looked up at each use.
    return partial(field.get_db_prep_save, connection=connections[DEFAULT_DB_ALIAS])

"""The room of an act, as the database reads it off the act's name: an index of rooms needs no column beside what is chained."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Func


class RoomOf(Func):
    """What stands before the dot of `room.verb`.

    The dot stands in the SQL, not beside it as a value: SQLite knows an index by its expression word for word.
    """

    output_field = CharField()
    arity = 1
    template = "substr(%(expressions)s, 1, instr(%(expressions)s, '.') - 1)"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The same in PostgreSQL's words."""
        return self.as_sql(compiler, connection, template="split_part(%(expressions)s, '.', 1)", **context)

"""The text by which the public finds an entry: its public columns as the site's search sees a text, kept with the entry.

It holds words only. Whether an entry is public is asked of the entry itself, at the moment somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from gongkai.office.publishing.search import BREAK, fold_document

_BATCH = 500


def text_of(values: Iterable[Any]) -> str:
    """The folded text of some columns: words run on across none of them, nor across the parts of a list.

    >>> text_of(["《青溪縣》校車（２０２４）", ["吴发布（局长）", "周主持"]])
    '青溪县校车2024\\n吴发布局长\\n周主持'
    """
    return BREAK.join(filter(None, (fold_document(text) for value in values for text in _texts(value))))


def filled(app: str, columns: Mapping[str, tuple[str, ...]]) -> Callable[[Any, Any], None]:
    """For a migration: keeps the text of every entry of an app's models anew, from these columns as they are at that time.

    Whoever changes how texts are folded, or what is found in a ledger, adds one.
    """

    def fill(apps: Any, schema_editor: Any) -> None:
        for model, names in columns.items():
            rows = apps.get_model(app, model).objects.using(schema_editor.connection.alias)
            last = 0
            while batch := list(rows.filter(pk__gt=last).order_by("pk")[:_BATCH]):
                for row in batch:
                    row.sought = text_of(getattr(row, name) for name in names)
                rows.bulk_update(batch, ["sought"])
                last = batch[-1].pk

    return fill


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)

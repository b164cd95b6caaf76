"""An entry in words: the fields of its form with what it says in each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime

from gongkai.office.ledgers.fields import choices_of
from gongkai.office.ledgers.ledger import Ledger
from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import Item


def particulars(ledger: Ledger, entry: Any, names: Sequence[str] | None = None) -> list[tuple[str, str, Any]]:
    """Label, text and (where it is one) the item behind each field; of what is sealed, only that it is there.

    Fields that say nothing are left out.
    """
    found: list[tuple[str, str, Any]] = []
    for name in names if names is not None else ledger.form.base_fields:
        field, value = ledger.form.base_fields[name], getattr(entry, name)
        if name in ledger.sealed:
            found.append((str(field.label), "已加密保存" if value else "没有填写", None))
        elif text := as_text(field, value):
            found.append((str(field.label), text, value if isinstance(value, Item) else None))
    return found


def as_text(field: forms.Field, value: Any) -> str:
    """A value as people read it, and as an import takes it."""
    if value is None or value == "":
        return ""
    if isinstance(value, Item):
        return value.index_number or value.title
    if isinstance(value, Organ):
        return value.name
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    labels = dict(choices_of(field))
    if isinstance(value, list):
        return "；".join(labels.get(each, str(each)) for each in value)
    return labels.get(value, str(value)) if isinstance(value, str) else str(value)

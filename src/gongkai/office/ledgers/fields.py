"""Fields of forms that several rooms ask for: days, long text, an item as people have it at hand, lists of lines."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from gongkai.office.accounts import typed
from gongkai.office.ledgers.models import STANDING, Entry
from gongkai.office.publishing.models import Item
from gongkai.regulation.disclosure.document_number import normalise_document_numbers as normalised


class Day(forms.DateInput):
    """A day, by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Moment(forms.DateTimeInput):
    """A day and an hour, by the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class Long(forms.Textarea):
    """A few lines of text."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 4})


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A field for a day."""
    return forms.DateField(label=label, required=required, help_text=help_text, widget=Day())


def moment(label: str, *, required: bool = True, help_text: str = "") -> forms.DateTimeField:
    """A field for a day and an hour, in the office's time zone."""
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d"]
    return forms.DateTimeField(
        label=label, required=required, help_text=help_text, widget=Moment(), input_formats=formats
    )


class ItemField(forms.CharField):
    """An item by its index number, its document number or its address, as people have them at hand."""

    def clean(self, value: Any) -> Item | None:
        """The item. Errors: ValidationError when there is none, or more than one."""
        given = super().clean(value).strip()
        if not given:
            return None
        numbered = re.search(r"/item/(\d+)", given)
        wanted = Q(pk=int(numbered[1])) if numbered else Q(index_number=given) | Q(document_number=normalised(given))
        found = list(Item.objects.select_related("organ").filter(wanted)[:2])
        if len(found) != 1:
            said = "没有找到这条信息" if not found else "有不止一条信息用这个文号"
            raise forms.ValidationError(f"{said}：{given}。请填写索引号，或者粘贴信息页面的网址。")
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        """An item that is known already, as its index number."""
        if isinstance(value, Item):
            return value.index_number or f"/item/{value.pk}/"
        if isinstance(value, int):
            known = Item.objects.filter(pk=value).first()
            return self.prepare_value(known) if known else ""
        return value


class EntryField(forms.CharField):
    """An entry of another ledger, by its number in that ledger or by one of its `names` (columns, or ways to one)."""

    model: type[Entry]
    names: tuple[str, ...]

    def clean(self, value: Any) -> Any:
        """The entry. Errors: ValidationError when there is none, or more than one."""
        given = super().clean(value).strip()
        if not given:
            return None
        wanted = Q(pk=number) if (number := typed.number(given)) is not None else Q(pk__in=())
        for name in self.names:
            wanted |= Q(**{name: given})
        found = list(self.model._default_manager.filter(STANDING & wanted).select_related("organ")[:2])
        if len(found) != 1:
            said = "没有找到" if not found else "有不止一条记录叫"
            raise forms.ValidationError(f"{said}“{given}”，请填写{self.label}在台账里的编号（登记页面网址里的数字）。")
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        """An entry that is known already, by its number."""
        return getattr(value, "pk", value)


class MonthField(forms.CharField):
    """A month; its first day."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"widget": forms.TextInput(attrs={"placeholder": "2024-04"}), "max_length": 10, **settings})

    def clean(self, value: Any) -> date | None:
        """The first day of the month. Errors: ValidationError."""
        given = super().clean(value).strip()
        if not given:
            return None
        found = re.fullmatch(r"(\d{4})[-./年](\d{1,2})月?(?:[-./]\d{1,2})?", given)
        if found is None or not 1 <= int(found[2]) <= 12:
            raise forms.ValidationError(f"“{given}”不是月份，请写成 2024-04。")
        return date(int(found[1]), int(found[2]), 1)

    def prepare_value(self, value: Any) -> Any:
        """A month that is known already, as one writes it."""
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class LinesField(forms.CharField):
    """Several short texts, one a line (or divided by semicolons): a list of them."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"widget": Long(), "max_length": 4000, **settings})

    def clean(self, value: Any) -> list[str]:
        """The lines that say something."""
        given = super().clean(value)
        return [part.strip() for part in re.split(r"[;；\n]", given) if part.strip()]

    def prepare_value(self, value: Any) -> Any:
        """One a line."""
        return "\n".join(value) if isinstance(value, list) else value


def choices_of(field: forms.Field) -> list[tuple[str, str]]:
    """The keys and labels a field offers; none for a field without choices."""
    offered: Any = getattr(field, "choices", ())
    return [(str(key), str(label)) for key, label in offered]


class SeveralField(forms.MultipleChoiceField):
    """Some of a list of things, ticked."""

    widget = forms.CheckboxSelectMultiple

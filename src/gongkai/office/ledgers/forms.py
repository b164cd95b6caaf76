"""The one form of a ledger: what a person fills in on the screen and what a row of a file must say are judged by it alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from gongkai.office.ledgers.fields import Long
from gongkai.office.organs.models import Organ


class OrganField(forms.ChoiceField):
    """An agency of those somebody may enter for, by id, name, short name or code."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.known: Mapping[str, Organ] = {}

    def offer(self, organs: list[Organ]) -> None:
        """The agencies to choose from."""
        self.choices = [(organ.pk, organ.name) for organ in organs]
        self.known = {
            name: organ
            for organ in organs
            for name in (str(organ.pk), organ.code, organ.name, organ.short_name)
            if name
        }
        if len(organs) > 1:
            self.choices = [("", "请选择"), *self.choices]

    def to_python(self, value: Any) -> Any:
        """The agency. Errors: ValidationError for one that is not among them."""
        given = value.pk if isinstance(value, Organ) else value
        if given in self.empty_values:
            return None
        if (found := self.known.get(str(given).strip())) is None:
            raise forms.ValidationError(f"没有“{given}”这个机关，或者您不能为它登记。请改用机关的全称或代码。")
        return found

    def valid_value(self, value: Any) -> bool:
        """Whatever `to_python` found is one of them."""
        return True

    def prepare_value(self, value: Any) -> Any:
        """An agency by its id."""
        return value.pk if isinstance(value, Organ) else value


class EntryForm(forms.Form):
    """The form of an entry; a room's form names its fields after the columns of its model, in the order they are asked."""

    organ = OrganField(label="机关")

    def __init__(self, *args: Any, organs: list[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A form without the question belongs to a ledger whose entries get their agency from what they are linked to.
        if isinstance(field := self.fields.get("organ"), OrganField):
            field.offer(organs)

    @classmethod
    def headings(cls) -> dict[str, str]:
        """What a file's columns may be called, and the field each means."""
        return {str(field.label): name for name, field in cls.base_fields.items()}


class StrikeForm(forms.Form):
    """Why an entry was wrong."""

    reason = forms.CharField(label="划去的原因", max_length=300, widget=Long())


class FileForm(forms.Form):
    """A file of entries, and where it comes from."""

    file = forms.FileField(label="文件", help_text="XLSX（第一个工作表）、CSV、JSON 或 NDJSON，第一行是表头。")
    source = forms.CharField(
        label="来源", max_length=60, help_text="例如“旧门户网站”。同一来源的同一条记录只导入一次。"
    )

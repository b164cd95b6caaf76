"""Forms: what is asked, and in which shape. Whether it may be is the actions' question."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongkai.office.normative.models import NormativeDocument
from gongkai.office.normative.queries import Wanted
from gongkai.office.organs.models import Organ

STATES = (
    ("", "不限"),
    ("holding", "有效（含已修改）"),
    ("published_not_effective", "尚未生效"),
    ("amended", "已修改"),
    ("repealed", "已废止"),
    ("lapsed", "已失效"),
)


class Day(forms.DateInput):
    """A day, by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A field for a day."""
    return forms.DateField(label=label, required=required, help_text=help_text, widget=Day())


class SearchForm(forms.Form):
    """The public's question to the library."""

    text = forms.CharField(label="标题或者文号", required=False, max_length=100)
    state = forms.ChoiceField(label="有效性", choices=STATES, required=False)
    on = day("以哪一天为准", required=False, help_text="查某日有效的文件，选那一天。")
    organ = forms.ModelChoiceField(
        Organ.objects.none(), label="制定机关", required=False, to_field_name="code", empty_label="不限"
    )
    year = forms.IntegerField(label="公布年份", required=False, min_value=1949, max_value=2100)
    level = forms.ChoiceField(label="类别", choices=[("", "不限"), *NormativeDocument.Level.choices], required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        making = Organ.objects.filter(normative_documents__is_listed=True).distinct().order_by("path")
        self.fields["organ"].queryset = making  # type: ignore[attr-defined]

    def wanted(self, today: date) -> Wanted:
        """The question, as of today where no day is given."""
        given = self.cleaned_data
        return Wanted(
            on=given["on"] or today,
            state=given["state"],
            organ=given["organ"].code if given["organ"] else "",
            year=given["year"],
            level=given["level"],
            text=given["text"],
        )

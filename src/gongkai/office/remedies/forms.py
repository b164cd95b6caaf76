"""The forms of this room: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.office.casework.models import Application
from gongkai.office.organs.models import Organ
from gongkai.office.remedies.kinds import APPEALS, EVENTS, Challenged, Route, rulings
from gongkai.office.remedies.models import RemedyCase

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LINES = forms.Textarea(attrs={"rows": 3})


class FilingForm(forms.Form):
    """A reconsideration or a lawsuit, as the notice that arrived tells it."""

    organ = forms.ModelChoiceField(
        Organ.objects.none(), label="被申请人（被告）", to_field_name="code", empty_label="请选择"
    )
    route = forms.ChoiceField(label="类别", choices=Route.choices)
    body = forms.CharField(label="复议机关或者人民法院", max_length=100)
    reference = forms.CharField(label="案号", max_length=80)
    received_on = forms.DateField(
        label="收到受理通知和副本之日", widget=DATE, help_text="答复、答辩的期限从这一天起算。"
    )
    filed_on = forms.DateField(label="申请或者起诉日期", widget=DATE, required=False)
    challenged = forms.ChoiceField(label="不服的事项", choices=Challenged.choices)
    number = forms.CharField(label="涉及的申请编号", max_length=60, required=False, help_text="没有对应申请的不填。")
    claimant = forms.CharField(
        label="申请人（原告）", max_length=120, required=False, help_text="加密保存，不在列表里显示。"
    )
    reconsideration = forms.ModelChoiceField(
        RemedyCase.objects.none(),
        label="经过的行政复议",
        required=False,
        empty_label="没有",
        help_text="复议后起诉的选择。",
    )
    paper = forms.FileField(label="副本、通知书", required=False)

    def __init__(self, *args: Any, organs: QuerySet[Organ], cases: QuerySet[RemedyCase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]
        self.fields["reconsideration"].queryset = cases  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The application of the number, if there is one in that agency."""
        found = super().clean() or {}
        number, organ = found.get("number", "").strip(), found.get("organ")
        found["application"] = Application.objects.filter(number=number, organ=organ).first() if number else None
        if number and organ and found["application"] is None:
            self.add_error("number", "该机关没有这个编号的申请。请对照登记回执核对。")
        return found


class EventForm(forms.Form):
    """What happened to a case."""

    kind = forms.ChoiceField(label="事项")
    on = forms.DateField(label="日期", widget=DATE, help_text="对方上诉、申请再审的，填收到副本之日。")
    words = forms.CharField(label="说明", required=False, widget=LINES, max_length=2000)
    paper = forms.FileField(label="材料", required=False)

    def __init__(self, *args: Any, route: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(key, EVENTS[key]) for key in ("answered", "heard", "noted")]
        if route != Route.RECONSIDERATION:
            kinds += [(key, each.label) for key, each in APPEALS.items()]
        else:
            self.fields["on"].help_text = ""
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """What a decision or judgment says."""

    ruling = forms.ChoiceField(label="决定或者裁判")
    on = forms.DateField(label="收到日期", widget=DATE)
    orders_again = forms.BooleanField(label="要求重新办理这件申请", required=False)
    order_days = forms.IntegerField(
        label="重新办理的期限（工作日）", required=False, min_value=1, help_text="没有写明的不填，按法定答复期限计算。"
    )
    words = forms.CharField(label="要点", required=False, widget=LINES, max_length=2000)
    paper = forms.FileField(label="决定书、裁判文书", required=False)

    def __init__(self, *args: Any, route: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ruling"].choices = [  # type: ignore[attr-defined]
            (each.key, f"{each.label}（计入“{each.result.label}”）") for each in rulings(route)
        ]

"""What the public is asked: a message, an opinion on a draft, the number of a message."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.office.engagement import words
from gongkai.office.ledgers.fields import Long
from gongkai.office.organs.models import Organ


class _Told(forms.Form):
    """A form whose fields name their hint and their error to a screen reader."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写“{field.label}”。"


class WriteForm(_Told):
    """A message to an agency."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="写给哪个机关", empty_label="请选择")
    kind = forms.ChoiceField(label="类别", choices=words.MESSAGE_CHOICES)
    subject = forms.CharField(label="主题", max_length=100, help_text="一句话说明什么事，请不要写姓名和电话。")
    content = forms.CharField(
        label="内容", max_length=5000, widget=Long(), help_text="时间、地点、经过和您的要求，5000字以内。"
    )
    sender = forms.CharField(label="姓名", max_length=60, required=False)
    contact = forms.CharField(
        label="电话或者电子邮箱",
        max_length=120,
        required=False,
        help_text="需要回电的请填写。不填的，凭查询编号看答复。",
    )
    consents = forms.BooleanField(
        label="同意公开这条留言和答复", required=False, help_text="公开前由工作人员隐去姓名、电话等个人信息。"
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]


class OpinionForm(_Told):
    """An opinion on a draft."""

    text = forms.CharField(
        label="您的意见", max_length=5000, widget=Long(), help_text="写明针对哪一条、建议怎样修改，5000字以内。"
    )
    author = forms.CharField(label="姓名或者单位", max_length=100, required=False)
    contact = forms.CharField(
        label="联系方式", max_length=200, required=False, help_text="需要进一步听取意见时联系您。"
    )


class RateForm(_Told):
    """What the sender of a message says of the answer."""

    number = forms.CharField(max_length=24, widget=forms.HiddenInput())
    satisfaction = forms.TypedChoiceField(
        label="您对这次答复满意吗", choices=words.SATISFACTION_CHOICES, coerce=int, widget=forms.RadioSelect()
    )


class FindForm(_Told):
    """The number of a message."""

    number = forms.CharField(
        label="查询编号", max_length=24, help_text="留言提交后给出的编号，例如 20240412-7K3M9PQX。"
    )

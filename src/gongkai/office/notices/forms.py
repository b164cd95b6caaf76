"""Shapes of what the staff's screens ask."""

from __future__ import annotations

from django import forms
from django.utils.timezone import localdate

from gongkai.office.notices.states import Channel, State

_DAY = {"type": "date"}


class LedgerFilter(forms.Form):
    """What of the ledger to show."""

    words = forms.CharField(
        label="标题、邮件号", required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    channel = forms.ChoiceField(label="方式", required=False, choices=[("", "全部"), *Channel.choices])
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("alarming", "需要处理"), *State.choices]
    )
    first = forms.DateField(label="登记日期从", required=False, widget=forms.DateInput(_DAY))
    last = forms.DateField(label="到", required=False, widget=forms.DateInput(_DAY))


class Reveal(forms.Form):
    """What somebody wants to see an address for."""

    purpose = forms.CharField(
        label="查看事由", max_length=100, help_text="例如：核对地址后重发。每次查看都会留下记录。"
    )


class Settle(forms.Form):
    """Whether a sending that was cut off went."""

    was_sent = forms.TypedChoiceField(
        label="认定",
        choices=[("yes", "已经发出，不再发送"), ("no", "没有发出，以同一编号重新发送")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="依据", max_length=150, help_text="例如：邮件服务器日志有接收记录；已电话核实没有收到。不要写姓名、号码。"
    )


class Resend(forms.Form):
    """Where to send it again."""

    to = forms.CharField(
        label="收件地址", max_length=254, required=False, help_text="不填就用原来的地址。地址有误的，填写更正后的。"
    )


class Reason(forms.Form):
    """Why, in a few words."""

    reason = forms.CharField(label="原因", max_length=150, help_text="不要写姓名、地址、号码。")


class Sign(forms.Form):
    """Who signed for it, and when."""

    on = forms.DateField(
        label="签收日期",
        widget=forms.DateInput(_DAY, format="%Y-%m-%d"),
        initial=localdate,
        help_text="照回执上的日期填写：从签收起算的期限从这天的第二天计算。",
    )
    name = forms.CharField(
        label="签收人", max_length=60, required=False, help_text="加密保存；回执上看不清的可以不填。"
    )
    relation = forms.ChoiceField(
        label="与收件人的关系",
        choices=[(each, each) for each in ("本人", "同住家属", "单位收发人员", "委托代理人", "其他")],
    )

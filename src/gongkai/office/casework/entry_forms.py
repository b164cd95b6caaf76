"""Forms for what comes by post, over the counter, by fax or by word of mouth, and for the channels of an agency."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.office.casework.application_form import ApplicationForm, Part
from gongkai.office.casework.forms import Day
from gongkai.office.casework.kinds import ApplicantKind, Channel
from gongkai.office.casework.models import Intake
from gongkai.office.organs.models import Organ

ENTERED = [(each.value, each.label) for each in Channel if each is not Channel.ONLINE]
"""What the staff enter; what comes online enters itself."""
_ARRIVED = {
    Channel.IN_PERSON: "提交日期",
    Channel.ORAL: "填写并经申请人同意的日期",
    Channel.POST_SIGNED: "签收日期",
    Channel.POST_UNSIGNED: "收到信件的日期",
    Channel.FAX: "收到传真的日期",
}
_WHAT_COUNTS = {
    Channel.POST_UNSIGNED: "收到当天就要与申请人确认，确认之日才算收到（《条例》第三十一条）。登记以后请马上打电话。",
    Channel.FAX: "双方确认之日才算收到。登记以后请与申请人确认。",
}


class StartForm(forms.Form):
    """The three things that decide which questions follow."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="受理机关", to_field_name="code", empty_label=None)
    channel = forms.ChoiceField(
        label="怎样提交的", choices=ENTERED, widget=forms.RadioSelect, initial=Channel.IN_PERSON
    )
    kind = forms.ChoiceField(
        label="申请人类别",
        choices=ApplicantKind.choices,
        widget=forms.RadioSelect,
        initial=ApplicantKind.NATURAL_PERSON,
        help_text="年度报告按类别统计。律师替当事人申请的，选当事人的类别；律师事务所以自己名义申请的，选法律服务机构。",
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]
        # The keyboard starts here: arrows choose, tab goes on, enter opens the form.
        self.fields["organ"].widget.attrs["autofocus"] = True


class EntryForm(ApplicationForm):
    """The application form, with what only the staff know: when it arrived, and how the ledger is to name it."""

    submitted_on = forms.DateField(widget=Day())
    summary = forms.CharField(
        label="内容概要",
        max_length=120,
        required=False,
        help_text="台账和列表里显示，写所需信息的名称、文号或者事项，不写姓名、号码等个人信息。不填的，从名称、文号里取。",
    )
    agreed = forms.BooleanField(label="已经把填写的内容读给申请人听或者给他看过，申请人同意。")
    once = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, kind: str, *args: Any, channel: str, today: date, **kwargs: Any) -> None:
        super().__init__(kind, *args, **kwargs)
        self.channel = channel
        arrived = self.fields["submitted_on"]
        arrived.label, arrived.initial = _ARRIVED[Channel(channel)], today
        arrived.help_text = _WHAT_COUNTS.get(Channel(channel), "")
        arrived.widget.attrs["max"] = today.isoformat()
        arrived.error_messages["required"] = f"请填写{arrived.label}。"
        self.fields["agreed"].error_messages["required"] = (
            "口头申请由工作人员代为填写，须经申请人同意（《条例》第二十九条）。请核对后勾选。"
        )
        if channel != Channel.ORAL:
            del self.fields["agreed"]
        self.fields["applicant_name"].widget.attrs["autofocus"] = True
        self.fields["wanted"].help_text = "照申请书上写的录入；申请书写明的名称、文号填在上面。"
        for name in ("applicant_name", "phone", "email", "address", "postcode"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def groups(self) -> list[Part]:
        """The questions in groups: how it came first, then as on the public form, then what the ledger shows."""
        came = Part("came", "怎样来的", self._of("submitted_on"))
        shown = Part("shown", "台账", self._of("summary", "agreed"))
        return [came, *self.parts(), shown]


class IntakeForm(forms.ModelForm[Intake]):
    """Which channels are open. Handing in and post stand in no form: they can't be closed."""

    class Meta:
        model = Intake
        fields = ("online_open", "fax_open", "individual_business_column")
        help_texts = {  # noqa: RUF012
            "online_open": "关闭以后，公开网站不再接受向本机关的网上申请，指南里写明未开通。已经提交的照常办理。",
            "fax_open": "开通的，须在指南里公布传真号码，并有人每天查看。",
            "individual_business_column": "年度报告的表格没有单列个体工商户，按本机关的习惯计入一类，确定以后不要来回改。",
        }

"""Forms of the staff's screens: what is asked, and in which shape. Whether it may be is the actions' question."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from gongkai.office.accounts.models import User
from gongkai.office.casework import policy
from gongkai.office.casework.actions.confirm import WAYS
from gongkai.office.casework.actions.disclose import DISCLOSABLE
from gongkai.office.casework.actions.fees import METHODS
from gongkai.office.casework.actions.relate import Part
from gongkai.office.casework.models import Application, ApplicationFile, Consultation
from gongkai.office.casework.queries import of_applicant
from gongkai.office.casework.requirements import choices
from gongkai.office.publishing.models import Item
from gongkai.office.publishing.queries import open_columns, public_items

CHOOSE = ("", "请选择")
"""No answer yet: what a case rests on is never taken from what a list happens to begin with."""


class Day(forms.DateInput):
    """A day, by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Long(forms.Textarea):
    """A few lines of text."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 4})


class CaseForm(forms.Form):
    """What every verb's form knows: the case, the day, and the last event that whoever acts has seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, application: Application, by: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application, self.by, self.today = application, by, on
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices that depend on the case."""


class DayForm(CaseForm):
    """A verb that happened on a day."""

    on = forms.DateField(label="日期", widget=Day())


class ConfirmForm(DayForm):
    """Which side confirmed, and how."""

    side = forms.ChoiceField(
        label="谁确认", choices=[("both", "双方（例如电话里当场确认）"), ("agency", "本机关"), ("applicant", "申请人")]
    )
    way = forms.ChoiceField(label="方式", choices=list(WAYS.items()))


class AssignForm(CaseForm):
    """To whom, and what the case is about."""

    officer = forms.ModelChoiceField(User.objects.none(), label="经办人", empty_label=None)
    summary = forms.CharField(
        label="内容概要",
        max_length=120,
        help_text="出现在列表和台账里，只写信息的名称、文号或者事项，不写姓名、电话。",
    )
    words = forms.CharField(label="交办意见", required=False, widget=Long())

    def prepare(self) -> None:
        officers: Any = self.fields["officer"]
        officers.queryset = policy.officers(self.application.organ, on=self.today)
        officers.initial = self.application.officer_id or self.by.pk
        self.fields["summary"].initial = self.application.summary


class RequestCorrectionForm(DayForm):
    """What to complete, and within which time."""

    points = forms.CharField(label="需要补正的事项和指导", widget=Long(), help_text="一次写全：补正只能告知一次。")
    working_days = forms.IntegerField(label="补正期限（工作日）", min_value=1, max_value=60, initial=10)
    received_on = forms.DateField(
        label="申请人收到通知的日期", required=False, widget=Day(), help_text="不知道的留空。"
    )


class ReceiveCorrectionForm(DayForm):
    """The completed application."""

    wanted = forms.CharField(label="补正后的内容", widget=Long())
    justified = forms.CharField(
        label="逾期补正的正当理由", required=False, max_length=300, help_text="没有逾期的留空。"
    )
    upload = forms.FileField(label="补正材料", required=False)


class ConsultForm(DayForm):
    """Whose opinion on what."""

    party = forms.ChoiceField(label="征求对象", choices=Consultation.Party.choices)
    name = forms.CharField(label="名称或者姓名", max_length=120)
    contact = forms.CharField(label="联系方式", required=False, max_length=200)
    matter = forms.CharField(label="就什么信息征求意见", widget=Long(), help_text="不要写明申请人是谁。")
    received_on = forms.DateField(
        label="对方收到的日期", required=False, widget=Day(), help_text="15个工作日从这天的第二天起算。"
    )


class AnswerForm(DayForm):
    """The opinion that came."""

    consultation = forms.ModelChoiceField(Consultation.objects.none(), label="哪一份征求意见书", empty_label=None)
    opinion = forms.ChoiceField(label="意见", choices=[CHOOSE, *Consultation.Opinion.choices])
    words = forms.CharField(label="意见的内容和理由", required=False, widget=Long())
    upload = forms.FileField(label="意见材料", required=False)

    def prepare(self) -> None:
        field: Any = self.fields["consultation"]
        field.queryset = self.application.consultations.filter(opinion="")
        field.label_from_instance = lambda each: f"{each.name}（{each.get_party_display()}）"


class ReasonRequestForm(DayForm):
    """The figures it rests on."""

    frequency = forms.CharField(label="申请的数量、频次", widget=Long())
    working_days = forms.IntegerField(label="说明理由的期限（工作日）", min_value=1, max_value=60, initial=10)


class ReasonForm(DayForm):
    """The reason that was given, and the judgement on it."""

    words = forms.CharField(label="申请人说明的理由和判断的依据", widget=Long())
    accepted = forms.TypedChoiceField(
        label="本机关的判断",
        choices=[CHOOSE, ("yes", "理由合理，按内容答复"), ("no", "理由不合理，不予处理")],
        coerce=lambda value: value == "yes",
        help_text="理由合理但不能按期答复的，可以发延迟答复告知书。",
    )


class SearchForm(DayForm):
    """A search record."""

    places = forms.CharField(
        label="检索范围", max_length=300, help_text="例如：档案室2019—2023年卷、办公系统、业务科室。"
    )
    terms = forms.CharField(label="检索词", max_length=200)
    searched_by = forms.CharField(label="检索人", max_length=60)
    is_found = forms.BooleanField(label="检索到了", required=False)
    result = forms.CharField(label="检索情况", widget=Long())


class ExtendForm(DayForm):
    """How much longer, and why."""

    working_days = forms.IntegerField(label="延长的工作日", min_value=1, initial=20)
    reason = forms.CharField(label="延期的理由", widget=Long(), help_text="写进告知申请人的延期告知书。")


class FeeForm(DayForm):
    """How the fee is counted."""

    method = forms.ChoiceField(label="计收方式", choices=list(METHODS.items()))
    count = forms.IntegerField(label="件数或者页数", min_value=1)
    received_on = forms.DateField(label="申请人收到通知的日期", required=False, widget=Day())


class PaymentForm(DayForm):
    """What was paid."""

    yuan = forms.IntegerField(label="缴纳金额（元）", min_value=1)

    def prepare(self) -> None:
        asked = self.application.events.filter(kind="fee_notified", struck_by=None).order_by("id").last()
        if asked:
            self.fields["yuan"].help_text = f"收费通知要求缴纳{asked.detail['yuan']}元。"


class DecideForm(CaseForm):
    """The outcome and what it rests on."""

    outcome = forms.ChoiceField(label="办理结果")
    reasons = forms.CharField(label="事实和理由", required=False, widget=Long())
    law = forms.CharField(label="所依据的法律、行政法规及条款", required=False, max_length=200)
    balancing = forms.CharField(
        label="裁量说明",
        required=False,
        widget=Long(),
        help_text="内部事务、过程性、执法案卷信息必填：第十六条是“可以不予公开”。",
    )
    facts = forms.CharField(
        label="方式、途径、渠道或者负责机关",
        required=False,
        widget=Long(),
        help_text="已主动公开、行政查询、信访等结果需要写明。",
    )
    item = forms.CharField(label="已经公开的信息", required=False, help_text="索引号、文号或者网页地址。")

    def prepare(self) -> None:
        field: Any = self.fields["outcome"]
        field.choices = [CHOOSE, *((each.key, each.label) for each in choices(on=self.today))]

    def clean_item(self) -> Item | None:
        """The public item that was meant, and no other."""
        given = str(self.cleaned_data["item"]).strip()
        if not given:
            return None
        numbered = re.search(r"/item/(\d+)", given)
        wanted = Q(pk=int(numbered[1])) if numbered else Q(index_number=given) | Q(document_number=given)
        found = list(public_items().filter(wanted)[:2])
        if len(found) != 1:
            said = "没有找到这条公开的信息" if not found else "有不止一条公开的信息用这个文号"
            raise forms.ValidationError(f"{said}：{given}。请填写索引号，或者粘贴信息页面的网址。")
        return found[0]


class OtherCaseForm(CaseForm):
    """Another case of the same applicant."""

    other = forms.ModelChoiceField(Application.objects.none(), label="另一件申请", empty_label="请选择")

    def prepare(self) -> None:
        field: Any = self.fields["other"]
        field.queryset = self.others()
        field.label_from_instance = lambda each: f"{each.number}　{each.summary}（{each.get_state_display()}）"

    def others(self) -> QuerySet[Application]:
        """The cases to choose from."""
        return of_applicant(self.application)


class LinkForm(OtherCaseForm):
    """An earlier case that was answered."""

    def others(self) -> QuerySet[Application]:
        return of_applicant(self.application).filter(state="replied", pk__lt=self.application.pk)


class MergeForm(OtherCaseForm):
    """An open case."""

    def others(self) -> QuerySet[Application]:
        return of_applicant(self.application).filter(closed_on=None, merged_into=None)


class SplitForm(CaseForm):
    """The parts, one a paragraph: a line for the list, then the words."""

    parts = forms.CharField(
        label="各部分",
        widget=Long(),
        help_text="每部分一段，段与段之间空一行；每段第一行是概要，下面是申请的内容。第一段留在本件。",
    )

    def clean_parts(self) -> list[Part]:
        """The parts as they were written."""
        written = str(self.cleaned_data["parts"]).replace("\r\n", "\n")
        made = []
        for block in (block.strip() for block in written.split("\n\n")):
            if block:
                summary, _, wanted = block.partition("\n")
                made.append(Part(summary.strip(), wanted.strip() or summary.strip()))
        return made


class WordsForm(CaseForm):
    """Some words."""

    words = forms.CharField(label="内容", widget=Long())


class WithdrawForm(DayForm):
    """How the applicant said so."""

    words = forms.CharField(label="申请人以什么方式表示撤回", widget=Long())


class ReopenForm(DayForm):
    """The decision, and the period it orders."""

    reference = forms.CharField(label="复议决定书或者判决书文号", max_length=120)
    working_days = forms.IntegerField(
        label="决定的期限（工作日）", required=False, min_value=1, help_text="没有写明的留空，按法定答复期限计算。"
    )


class DiscloseForm(CaseForm):
    """The item that comes of it."""

    title = forms.CharField(label="标题", max_length=300)
    column = forms.ModelChoiceField(open_columns(), label="组配分类")
    body = forms.CharField(label="正文", required=False, widget=Long())
    attached = forms.ModelMultipleChoiceField(
        ApplicationFile.objects.none(),
        label="附上提供给申请人的文件",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self) -> None:
        field: Any = self.fields["attached"]
        field.queryset = self.application.files.filter(role__in=DISCLOSABLE)
        field.label_from_instance = lambda each: each.name


class ArchiveForm(CaseForm):
    """Under what number the file is kept."""

    file_number = forms.CharField(label="案卷号", max_length=60, help_text="档案室的编号，例如 2024-依申-012。")


class StrikeForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(label="登记有什么错误", max_length=200)


class RevealForm(forms.Form):
    """What somebody needs the words for."""

    field = forms.CharField(widget=forms.HiddenInput)
    purpose = forms.CharField(
        label="查看事由", max_length=100, help_text="例如：电话联系申请人补正。每次查看都会留下记录。"
    )


FORMS: dict[str, type[CaseForm]] = {
    "confirm": ConfirmForm,
    "assign": AssignForm,
    "request_correction": RequestCorrectionForm,
    "receive_correction": ReceiveCorrectionForm,
    "link": LinkForm,
    "merge": MergeForm,
    "split": SplitForm,
    "search": SearchForm,
    "consult": ConsultForm,
    "answer": AnswerForm,
    "request_reason": ReasonRequestForm,
    "receive_reason": ReasonForm,
    "extend": ExtendForm,
    "notify_fee": FeeForm,
    "record_payment": PaymentForm,
    "decide": DecideForm,
    "withdraw": WithdrawForm,
    "reopen": ReopenForm,
    "disclose": DiscloseForm,
    "archive": ArchiveForm,
    "note": WordsForm,
    "void": WordsForm,
}
"""The form of each verb of the desk."""

"""Forms: what is asked, and in which shape. Whether it may be is the actions' question."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.office.ledgers.fields import Day, ItemField, Long, day
from gongkai.office.normative.kinds import KINDS, Question
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
        self.fields["organ"].queryset = self.organs()  # type: ignore[attr-defined]

    def organs(self) -> QuerySet[Organ]:
        """The agencies that have a document in the library."""
        return Organ.objects.filter(normative_documents__is_listed=True).distinct().order_by("path")

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


class DocumentForm(forms.Form):
    """What is said of a document that is registered."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="制定机关")
    title = forms.CharField(label="标题", max_length=300)
    level = forms.ChoiceField(label="类别", choices=NormativeDocument.Level.choices)
    drafting_organ = forms.ModelChoiceField(
        Organ.objects.filter(abolished_on=None),
        label="起草单位",
        required=False,
        help_text="代政府起草的，选起草的部门；自己起草的不用选。",
        empty_label="制定机关自己起草",
    )
    affects_rights = forms.BooleanField(
        label="对公民、法人和其他组织的权利义务有重大影响",
        required=False,
        initial=True,
        help_text="应当公开征求意见，一般不少于7个工作日。",
    )
    concerns_business = forms.BooleanField(
        label="与市场主体生产经营活动密切相关", required=False, help_text="公开征求意见一般不少于30日。"
    )
    emergency_reason = forms.CharField(
        label="免予或者缩短征求意见的紧急情况",
        required=False,
        max_length=300,
        help_text="例如：应对突发事件，需要立即施行。没有的留空。",
    )
    contact_unit = forms.CharField(label="政策咨询单位", required=False, max_length=120)
    contact_phone = forms.CharField(
        label="政策咨询电话", required=False, max_length=60, help_text="会在公开页面上显示。"
    )
    is_older = forms.BooleanField(
        label="本系统启用前的文件", required=False, help_text="可以补录原来的公布日期；登记以后不能改。"
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_new:
            self.fields["organ"].queryset = organs  # type: ignore[attr-defined]
            self.fields["organ"].initial = organs.first()
        else:
            del self.fields["organ"], self.fields["is_older"]


class EventForm(forms.Form):
    """The day and the particulars of an event of a kind, and the public item it has to do with."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = KINDS[kind]
        self.fields["on"] = day(asked.day_label)
        for question in asked.questions:
            self.fields[question.name] = _field(question)
        if asked.entry == "effect" or kind == "interpreted":
            self.fields["act_item"] = ItemField(
                label="在本网站公开的，填索引号、文号或者网址",
                required=False,
                help_text="填了以后，两个页面互相链接。",
                max_length=200,
            )

    def detail(self) -> dict[str, Any]:
        """The particulars, without the day and the item."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("on", "act_item")}


class NumberForm(forms.Form):
    """The day of registration, and the number where the body has one series for all its papers."""

    on = day("登记日期")
    document_number = forms.CharField(
        label="发文字号",
        required=False,
        max_length=80,
        help_text="留空由系统按“代字规〔年〕号”编下一号；统一编号的机关填写已编的文号。",
    )


class PublicationForm(forms.Form):
    """When a document from before the system was published."""

    on = day("公布日期")
    effective_on = day("施行日期")
    expires_on = day("有效期最后一日", required=False, help_text="没有写明有效期的留空，按默认年限计算。")


class LinkForm(forms.Form):
    """The item by which a document is public."""

    item = ItemField(label="公开信息的索引号、文号或者网址", max_length=200)


class StrikeForm(forms.Form):
    """Why an entry was wrong."""

    reason = forms.CharField(label="更正原因", max_length=300, widget=Long())


class RoundForm(forms.Form):
    """A clean-up round that begins."""

    organ = forms.ModelChoiceField(Organ.objects.none(), label="清理机关")
    title = forms.CharField(
        label="名称", max_length=100, help_text="公布结果时用，例如“县教育局2024年规范性文件清理”。"
    )
    on = day("开始日期")
    due_on = day("应当完成日期", required=False)

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]
        self.fields["organ"].initial = organs.first()


class ClosingForm(forms.Form):
    """The act that declares a round's results."""

    act = forms.CharField(label="清理决定的文号或者名称", max_length=120)
    on = day("清理决定日期", help_text="废止和宣布失效的文件，从这一天起不再有效。")
    act_item = ItemField(label="清理决定的索引号、文号或者网址", required=False, max_length=200)


def _field(question: Question) -> forms.Field:
    settings: dict[str, Any] = {
        "label": question.label,
        "required": question.required,
        "help_text": question.help,
    }
    if question.shape == "date":
        return forms.DateField(widget=Day(), **settings)
    if isinstance(question.shape, tuple):
        choices = question.shape if question.required else (("", "不填"), *question.shape)
        return forms.ChoiceField(choices=choices, **settings)
    if question.shape == "long":
        return forms.CharField(max_length=2000, widget=Long(), **settings)
    return forms.CharField(max_length=300, **settings)

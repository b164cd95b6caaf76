"""Forms: what is asked, on the screen and in the rows of a file."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.office.engagement import words
from gongkai.office.engagement.models import Consultation, Interpretation
from gongkai.office.ledgers.fields import EntryField, ItemField, LinesField, Long, SeveralField, day, moment
from gongkai.office.ledgers.forms import EntryForm
from gongkai.regulation.engagement import ELEMENTS

_ITEM_HELP = "填索引号、文号，或者粘贴信息页面的网址。"


def _item(label: str, help_text: str) -> ItemField:
    return ItemField(label=label, required=False, max_length=200, help_text=f"{help_text}{_ITEM_HELP}")


class InterpretationForm(EntryForm):
    """An interpretation."""

    item = _item("解读的公开信息", "解读在本网站公开的，填它的编号，标题和日期自动取用。")
    title = forms.CharField(label="标题", max_length=300, required=False, help_text="填了公开信息的，可以不填。")
    on = day("发布日期", required=False, help_text="填了公开信息的，以公开的日期为准，不用填。")
    policy_item = _item("解读的政策", "解读的是本网站公开的文件的，填它的编号，两个页面互相链接。")
    form = forms.ChoiceField(label="解读形式", choices=words.FORM_CHOICES)
    level = forms.ChoiceField(label="政策层级", choices=words.LEVEL_CHOICES, initial="own")
    elements = SeveralField(
        label="解读要素", choices=list(ELEMENTS.items()), required=False, help_text="解读里讲到的，勾选。"
    )


class InterpretationField(EntryField):
    """An interpretation."""

    model = Interpretation
    names = ("title", "item__index_number")


class ConsultationField(EntryField):
    """A consultation."""

    model = Consultation
    names = ("title", "draft_item__index_number")


class SelectionForm(EntryForm):
    """That an interpretation was selected as excellent."""

    organ = None  # type: ignore[assignment]
    interpretation = InterpretationField(label="政策解读", max_length=300, help_text="填编号、标题或者索引号。")
    selected_by = forms.CharField(label="评选单位", max_length=120)
    on = day("评选日期")
    award = forms.CharField(label="称号", max_length=120, required=False)


class ResponseForm(EntryForm):
    """A response to a public concern."""

    item = _item("回应的公开信息", "回应在本网站公开的，填它的编号，事项和时间自动取用。")
    title = forms.CharField(label="回应事项", max_length=300, required=False, help_text="填了公开信息的，可以不填。")
    topic = forms.ChoiceField(label="主题", choices=words.TOPIC_CHOICES)
    gravity = forms.ChoiceField(label="舆情轻重", choices=words.GRAVITY_CHOICES, initial="ordinary")
    found_by = forms.CharField(
        label="发现渠道", max_length=100, required=False, help_text="例如：网站留言、12345热线。"
    )
    raised_at = moment("关切出现时间", required=False, help_text="回应时限从这时起按小时计算。")
    responded_at = moment("回应时间", required=False, help_text="填了公开信息的，以公开的时间为准，不用填。")


class PressConferenceForm(EntryForm):
    """A press conference."""

    title = forms.CharField(label="名称", max_length=300)
    on = day("举行日期")
    place = forms.CharField(label="地点", max_length=120, required=False)
    host = forms.CharField(label="主持人", max_length=120, required=False)
    speakers = LinesField(label="发布人", required=False, help_text="一行一人，写姓名和职务。")
    topic = forms.CharField(label="发布主题", max_length=200, required=False)
    outlets = LinesField(label="到场媒体", required=False, help_text="一行一家。")
    policy_item = _item("发布的政策", "")
    item = _item("实录的公开信息", "实录或者报道在本网站公开的，填它的编号。")


class ConsultationForm(EntryForm):
    """A consultation."""

    title = forms.CharField(label="标题", max_length=300)
    kind = forms.ChoiceField(
        label="征集类别",
        choices=words.KIND_CHOICES,
        help_text="重大行政决策一般不少于30日，规范性文件一般不少于7个工作日。",
    )
    opens_on = day("开始日期")
    closes_on = day("截止日期")
    shortened_reason = forms.CharField(
        label="缩短期限的理由",
        max_length=300,
        required=False,
        help_text="期限短于规定的必填，会在征集页面上公开说明。",
    )
    ways = forms.CharField(
        label="提出意见的方式", max_length=500, widget=Long(), help_text="信函地址、电话、电子邮箱，会公开。"
    )
    draft_item = _item("征集公告", "草案和起草说明所在的公开信息。")
    result_item = _item("结果反馈", "公布意见采纳情况的公开信息。")
    answered_on = day("结果公布日期", required=False, help_text="填了结果反馈的，以它公开的日期为准。")


class OpinionForm(EntryForm):
    """An opinion that came in."""

    organ = None  # type: ignore[assignment]
    consultation = ConsultationField(label="意见征集", max_length=300, help_text="填编号、标题或者征集公告的索引号。")
    on = day("收到日期")
    channel = forms.ChoiceField(label="渠道", choices=words.CHANNEL_CHOICES)
    author = forms.CharField(label="提出人", max_length=100, required=False, help_text="加密保存，不公开。")
    contact = forms.CharField(label="联系方式", max_length=200, required=False, help_text="加密保存，不公开。")
    text = forms.CharField(label="意见内容", max_length=5000, widget=Long())
    adoption = forms.ChoiceField(label="采纳情况", choices=words.ADOPTION_CHOICES, required=False)
    adoption_reason = forms.CharField(
        label="采纳情况说明", max_length=500, required=False, widget=Long(), help_text="不采纳的，写明理由。"
    )


class PromiseForm(EntryForm):
    """Within how many working days messages are answered."""

    on = day("自哪一天起")
    working_days = forms.IntegerField(
        label="承诺几个工作日内答复",
        min_value=1,
        help_text="下级机关没有自己的承诺的，按上级的。规定最长7个工作日，复杂的15个工作日。",
    )


class MessageForm(EntryForm):
    """A message that came by post, telephone or in person, or from another system."""

    kind = forms.ChoiceField(label="类别", choices=words.MESSAGE_CHOICES)
    channel = forms.ChoiceField(label="渠道", choices=words.CHANNEL_CHOICES)
    on = day("收到日期")
    subject = forms.CharField(label="主题", max_length=100, help_text="概括事项，不写姓名、电话等个人信息。")
    content = forms.CharField(label="内容", max_length=5000, widget=Long(), help_text="加密保存。")
    sender = forms.CharField(label="姓名", max_length=60, required=False, help_text="加密保存，不公开。")
    contact = forms.CharField(label="联系方式", max_length=120, required=False, help_text="加密保存，不公开。")
    consents = forms.BooleanField(
        label="同意公开", required=False, help_text="来信人同意公开留言和答复（隐去个人信息）。"
    )


class AssignForm(forms.Form):
    """Which agency answers."""

    to: Any = forms.ModelChoiceField(queryset=None, label="承办单位")

    def __init__(self, *args: Any, organs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = organs  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The answer."""

    on = day("答复日期")
    answer = forms.CharField(label="答复内容", max_length=5000, widget=Long())


class HandOverForm(forms.Form):
    """Where a message belongs that is none."""

    to = forms.ChoiceField(label="转往渠道", choices=words.ANOTHER_CHANNEL_CHOICES)
    reason = forms.CharField(
        label="转出说明", max_length=300, widget=Long(), help_text="写明为什么不作为留言办理、已告知来信人。"
    )


class ShowForm(forms.Form):
    """What the public is to see of a message and its answer."""

    public_subject = forms.CharField(label="公开的主题", max_length=100)
    public_content = forms.CharField(
        label="公开的留言", max_length=5000, widget=Long(), help_text="隐去姓名、电话、住址等个人信息。"
    )
    public_answer = forms.CharField(label="公开的答复", max_length=5000, widget=Long())


class PurposeForm(forms.Form):
    """What somebody looks at personal data for."""

    purpose = forms.CharField(
        label="查看原文的事由", max_length=200, help_text="例如“电话联系来信人核实情况”。每次查看都会留下记录。"
    )

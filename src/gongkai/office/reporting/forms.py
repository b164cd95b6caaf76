"""Forms: what is asked, and in which shape. Whether it may be is the actions' question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.office.organs.models import Organ
from gongkai.office.reporting.actions.rescheduling import SCOPES
from gongkai.office.reporting.models import FindingVerdict, NarrativePart
from gongkai.regulation.annual_report.forms import EDITIONS


class Day(forms.DateInput):
    """A day, by the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OpenForm(forms.Form):
    """Opening a year."""

    organ = forms.ModelChoiceField(
        Organ.objects.none(),
        label="机关",
        to_field_name="code",
        help_text="选人民政府时，下级各机关的年度报告一并开启，政府的报告汇总全部机关。",
    )
    year = forms.IntegerField(label="报告年度", min_value=2019, max_value=2100)
    edition = forms.ChoiceField(
        label="格式版本",
        required=False,
        choices=[
            ("", "按年度确定（2019、2020年用2019年格式，2021年起用2021年格式）"),
            *((e, f"{e}年格式") for e in EDITIONS),
        ],
    )
    hand_in_by = forms.DateField(
        label="报送期限", required=False, widget=Day(), help_text="不填的，为法定公开期限所在月的20日。"
    )
    publish_by = forms.DateField(
        label="公开期限",
        required=False,
        widget=Day(),
        help_text="不填的，为法定期限：部门1月31日，人民政府3月31日。只能提前，不能推后。",
    )

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]


class DaysForm(forms.Form):
    """Other days for a report, or for those below it too."""

    hand_in_by = forms.DateField(label="报送期限", required=False, widget=Day(), help_text="不填的，保持原来的日期。")
    publish_by = forms.DateField(
        label="公开期限",
        required=False,
        widget=Day(),
        help_text="不填的，保持原来的日期。不得晚于法定期限。",
    )
    scope = forms.ChoiceField(
        label="范围",
        choices=list(SCOPES.items()),
        help_text="已经交付发布的报告不受影响。",
    )
    reason = forms.CharField(
        label="原因", max_length=300, help_text="各机关会在工作台和报告的经过里看到，有邮箱的收到邮件。"
    )

    def __init__(self, *args: Any, has_below: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_below:
            del self.fields["scope"]


class AskForm(forms.Form):
    """Asking the agencies."""

    due_on = forms.DateField(label="报送期限", widget=Day())


class AnswerForm(forms.Form):
    """An agency's number."""

    value = forms.CharField(label="数量", max_length=30, help_text="没有发生的填0。")
    evidence = forms.CharField(
        label="依据",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="出自哪个台账、系统或者文件，例如“许可审批系统的全年办件导出表”。",
    )
    file = forms.FileField(label="证明材料", required=False, help_text="可以上传台账导出表或者盖章件。")


class SheetForm(forms.Form):
    """A filled-in workbook."""

    sheet = forms.FileField(label="填好的表格（XLSX）")


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label="原因", max_length=300, required=False)


class PartForm(forms.Form):
    """A paragraph."""

    text = forms.CharField(label="文字", max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    level = forms.TypedChoiceField(
        label="类型",
        coerce=int,
        choices=[(0, "正文"), (3, "小标题"), (4, "下级小标题")],
        required=False,
        empty_value="0",
    )
    answers = forms.ModelChoiceField(
        NarrativePart.objects.none(), label="回应上年的承诺", required=False, empty_label="不是回应承诺"
    )

    def __init__(self, *args: Any, promises: QuerySet[NarrativePart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].queryset = promises  # type: ignore[attr-defined]
        if not promises.exists():
            del self.fields["answers"]


class VerdictForm(forms.Form):
    """What somebody says of a finding."""

    evidence = forms.CharField(widget=forms.HiddenInput)
    judgement = forms.ChoiceField(label="意见", choices=FindingVerdict.Judgement.choices)
    text = forms.CharField(label="说明", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

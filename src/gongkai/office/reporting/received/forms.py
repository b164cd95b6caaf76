"""What the screens of received reports ask: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.office.organs.models import Organ
from gongkai.office.reporting.models import CellCorrection, ReceivedVerdict

_DAY = {"type": "date"}


class _Files(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none too."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(each, initial) for each in given]


class UploadForm(forms.Form):
    """Files to take in."""

    receiver = forms.ModelChoiceField(Organ.objects.none(), label="接收机关", empty_label=None)
    year = forms.IntegerField(
        label="报告年度", required=False, min_value=2008, max_value=2100, help_text="报告里没有写明年度时用它。"
    )
    papers = FilesField(
        label="文件",
        required=False,
        help_text="网页、Word、PDF、Excel、文本、本系统的 JSON 都可以；一次最多 50 个，更多的请打成 ZIP 压缩包。",
    )
    folder = FilesField(label="或者选一个文件夹", required=False, help_text="文件夹里的文件会一起上传，最多 50 个。")

    def __init__(self, *args: Any, receivers: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].queryset = receivers  # type: ignore[attr-defined]
        self.fields["folder"].widget.attrs["webkitdirectory"] = True
        for name in ("papers", "folder"):
            self.fields[name].widget.attrs["multiple"] = True

    def given(self) -> list[Any]:
        """All files, those that systems put into folders by themselves left out."""
        chosen = [*self.cleaned_data["papers"], *self.cleaned_data["folder"]]
        return [
            each for each in chosen if not each.name.startswith(".") and each.name not in ("Thumbs.db", "desktop.ini")
        ]


class IdentityForm(forms.Form):
    """Whose report it is, and of which year."""

    organ = forms.ModelChoiceField(
        Organ.objects.none(), label="行政机关", required=False, empty_label="（不在本系统的机关名录里）"
    )
    agency = forms.CharField(
        label="机关全称", max_length=200, required=False, help_text="名录里没有的机关，填写报告上的全称。"
    )
    year = forms.IntegerField(label="报告年度", min_value=2008, max_value=2100)

    def __init__(self, *args: Any, organs: QuerySet[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]


class CorrectionForm(forms.Form):
    """What a cell really holds."""

    state = forms.ChoiceField(label="情况", choices=CellCorrection.State)
    value = forms.CharField(label="原文印的数或符号", max_length=40, required=False)
    reason = forms.CharField(label="更正理由", max_length=200)


class VerdictForm(forms.Form):
    """What is said of a finding."""

    evidence = forms.CharField(max_length=64, widget=forms.HiddenInput)
    judgement = forms.ChoiceField(label="意见", choices=ReceivedVerdict.Judgement)
    text = forms.CharField(label="说明", max_length=500)


class ReturnForm(forms.Form):
    """Why a report is returned and until when it is wanted again."""

    due_on = forms.DateField(label="重新报送期限", widget=forms.DateInput(format="%Y-%m-%d", attrs=_DAY))
    note = forms.CharField(label="退回意见", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}))

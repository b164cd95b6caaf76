"""Forms: what is asked, on the screen and in the rows of a file."""

from __future__ import annotations

from django import forms

from gongkai.office.channels.models import KINDS, PLATFORMS, Account
from gongkai.office.ledgers.fields import EntryField, day
from gongkai.office.ledgers.forms import EntryForm


class AccountForm(EntryForm):
    """An account."""

    platform = forms.ChoiceField(label="平台", choices=PLATFORMS)
    name = forms.CharField(label="账号名称", max_length=80)
    handle = forms.CharField(label="账号", max_length=80, required=False, help_text="平台上的账号、编号。")
    url = forms.URLField(label="网址", max_length=300, required=False, assume_scheme="https")
    operator = forms.CharField(label="运营单位", max_length=120, required=False, help_text="自己运营的不用填。")
    on = day("开设日期")
    closed_on = day("停用日期", required=False, help_text="停用、注销的填，填了以后不再计为在用。")


class AccountField(EntryField):
    """An account."""

    model = Account
    names = ("name", "handle")


class PostForm(EntryForm):
    """A post."""

    organ = None  # type: ignore[assignment]
    account = AccountField(label="账号", max_length=80, help_text="填账号名称或者编号。")
    on = day("发布日期")
    title = forms.CharField(label="标题", max_length=300, help_text="没有标题的，填正文开头一句。")
    kind = forms.ChoiceField(label="类别", choices=KINDS)
    url = forms.URLField(label="网址", max_length=500, required=False, assume_scheme="https")

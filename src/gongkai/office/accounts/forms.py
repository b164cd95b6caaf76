"""The shapes of what is typed in about people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.validators import UnicodeUsernameValidator

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.policy import DELEGABLE
from gongkai.office.audit.names import rooms
from gongkai.office.organs.models import Organ


class SignIn(AuthenticationForm):
    """User name and password."""

    error_messages = {  # noqa: RUF012
        **AuthenticationForm.error_messages,
        "invalid_login": "账号或密码不正确，请核对后重试。注意大小写。连续输错 %(limit)s 次将锁定 %(minutes)s 分钟。",
        "inactive": "账号已停用，请联系本机关的系统管理员。",
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = "账号"
        self.fields["password"].label = "密码"

    def get_invalid_login_error(self) -> forms.ValidationError:
        cool_off: timedelta = settings.AXES_COOLOFF_TIME
        params = {"limit": settings.AXES_FAILURE_LIMIT, "minutes": int(cool_off.total_seconds() // 60)}
        return forms.ValidationError(self.error_messages["invalid_login"], code="invalid_login", params=params)


class Code(forms.Form):
    """A code of the second factor."""

    code = forms.CharField(
        label="验证码",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}),
    )


_DAY = {"type": "date"}


class OrganByCode(forms.CharField):
    """An agency, typed by its code or its whole name; there may be thousands, too many for a list to choose from."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 120, "help_text": "机关代码或者全称。", **kwargs})

    def clean(self, value: Any) -> Organ | None:
        text = super().clean(value)
        if not text:
            return None
        organ = Organ.objects.filter(code=text).first() or Organ.objects.filter(name=text, abolished_on=None).first()
        if organ is None:
            raise forms.ValidationError(f"没有“{text}”这个机关。请在“机关信息”里查它的代码或全称。")
        return organ


class StaffByNumber(forms.CharField):
    """One of the staff, typed by staff number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, "help_text": "填写工号。", **kwargs})

    def clean(self, value: Any) -> User | None:
        text = super().clean(value)
        if not text:
            return None
        found = User.objects.filter(staff_number=text, is_active=True, is_superuser=False).order_by("pk").first()
        if found is None:
            raise forms.ValidationError(f"没有工号为“{text}”的在用账号，请核对。")
        return found


class AppointmentForm(forms.Form):
    """A role in an agency."""

    organ = OrganByCode(label="机关")
    role = forms.ChoiceField(label="职责", choices=Role.choices)
    with_subordinates = forms.BooleanField(label="含下级机关", required=False)
    from_date = forms.DateField(
        label="起始日期", required=False, widget=forms.DateInput(attrs=_DAY), help_text="不填为今天。"
    )
    to_date = forms.DateField(
        label="截止日期", required=False, widget=forms.DateInput(attrs=_DAY), help_text="最后一天；不填为长期。"
    )


class AccountForm(forms.Form):
    """A new account with its first appointment."""

    name = forms.CharField(label="姓名", max_length=60)
    staff_number = forms.CharField(
        label="工号", max_length=40, help_text="一人一号。同一人的第二个账号用同一工号，审核时算同一个人。"
    )
    username = forms.CharField(label="账号", max_length=150, validators=[UnicodeUsernameValidator()])
    phone = forms.CharField(label="联系电话", max_length=40, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)
    organ = OrganByCode(label="机关")
    role = forms.ChoiceField(label="职责", choices=Role.choices)
    with_subordinates = forms.BooleanField(label="含下级机关", required=False)

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(f"账号“{username}”已有人使用，请换一个。")
        return username


class ContactForm(forms.Form):
    """What may be corrected about somebody."""

    name = forms.CharField(label="姓名", max_length=60)
    phone = forms.CharField(label="联系电话", max_length=40, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)


class ReminderForm(forms.Form):
    """Where somebody's reminders go."""

    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        help_text="请填写工作邮箱。提醒里只有件数、编号和期限，没有稿件标题和申请人信息。",
    )
    wanted = forms.BooleanField(label="期限将到和超期时发邮件提醒我", required=False)


class DelegationForm(forms.Form):
    """Who acts for whom, in which role, when and why. Without a delegator it is whoever fills it in.

    `near` is the id of a list of people on the page, from which a browser suggests.
    """

    near = "people-near"
    role = forms.ChoiceField(label="职责", choices=[(each.value, each.label) for each in DELEGABLE])
    deputy = StaffByNumber(
        label="受托人",
        help_text="输入姓名或者工号，从本机关的同事里选；上下级机关的同事填写工号。",
        widget=forms.TextInput(attrs={"list": near, "autocomplete": "off"}),
    )
    from_date = forms.DateField(label="起始日期", widget=forms.DateInput(attrs=_DAY))
    to_date = forms.DateField(label="截止日期", widget=forms.DateInput(attrs=_DAY), help_text="最后一天。")
    reason = forms.CharField(label="事由", max_length=200, help_text="例如：年休假、出差、培训。")
    delegator = StaffByNumber(
        label="委托人", required=False, help_text="系统管理员替人办理时填写其工号；本人办理不填。"
    )


class Upload(forms.Form):
    """A file to import."""

    file = forms.FileField(label="文件", help_text="XLSX 或者 CSV，第一行是列名。")


class LogFilter(forms.Form):
    """What is looked for in the log of acts."""

    person = forms.CharField(label="姓名或者工号", required=False, max_length=60)
    room = forms.ChoiceField(label="哪一类", required=False)
    subject = forms.CharField(label="对象代码", required=False, max_length=100)
    first = forms.DateField(
        label="从哪一天", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label="到哪一天", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["room"].choices = [("", "全部"), *rooms().items()]  # type: ignore[attr-defined]

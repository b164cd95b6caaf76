"""The shapes of what the public types in about its accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password

from gongkai.office.applicants.models import Account

_EMAIL_ERRORS = {
    "required": "请填写电子邮箱。",
    "invalid": "电子邮箱的格式不对。应当像 name@example.cn 这样，请检查有没有漏掉 @。",
}


def _email(label: str = "电子邮箱", **kwargs: Any) -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"})
    return forms.EmailField(label=label, max_length=100, widget=widget, error_messages=_EMAIL_ERRORS, **kwargs)


def _password(label: str, complete: str, **kwargs: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": complete})
    errors = {"required": f"请填写{label}。"}
    return forms.CharField(label=label, max_length=128, strip=False, widget=widget, error_messages=errors, **kwargs)


class _Form(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class MailboxForm(_Form):
    """Where the mail with the link goes."""

    email = _email()


class SignInForm(_Form):
    """Mailbox and password."""

    email = _email()
    password = _password("密码", "current-password")


class _OfAccount(_Form):
    """Asked of somebody whose account is known."""

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account


class NewPasswordForm(_OfAccount):
    """A new password, twice; the staff's policy."""

    password = _password("新密码", "new-password")
    again = _password("再输一遍新密码", "new-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = "".join(password_validators_help_texts()[:2])

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)  # type: ignore[arg-type]  # it asks for names of fields only
        if self.account.password and check_password(password, self.account.password):
            raise forms.ValidationError("新密码和现在的相同，等于没有改。请换一个。")
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned and "again" in cleaned and cleaned["password"] != cleaned["again"]:
            self.add_error("again", "两次输入的密码不一样，请重新输入。")
        return cleaned


class _Knowing(_OfAccount):
    """Something only whoever knows the password may do."""

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not check_password(present, self.account.password):
            raise forms.ValidationError("密码不正确，没有改变什么。忘记密码的，请退出以后用“忘记密码”重新设置。")
        return present


class PresentPasswordForm(_Knowing):
    """The present password only."""

    present = _password("密码", "current-password", help_text="为防止别人用您没有退出的电脑操作，请再输一遍密码。")


class ChangePasswordForm(_Knowing, NewPasswordForm):
    """The present password and a new one."""

    present = _password("现在的密码", "current-password")
    field_order = ("present", "password", "again")


class NewAddressForm(_Knowing):
    """The mailbox that is to become the account's."""

    email = _email("新的电子邮箱")
    present = _password("密码", "current-password")

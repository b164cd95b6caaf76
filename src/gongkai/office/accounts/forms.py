"""The shapes of what is typed in about people."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm


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

"""What a password must be like, beyond Django's own validators."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.office.accounts.models import FormerPassword, User

SHORTEST = 10
REMEMBERED = 5
"""As many of somebody's last passwords do not come back."""

_INITIAL_LENGTH = 12
_UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789"
"""Letters and digits nobody mistakes for another when reading them from paper."""


def initial_password() -> str:
    """A random password to hand over on paper, good for the first sign-in only."""
    everything = "".join(_UNMISTAKABLE)
    letters = [secrets.choice(kind) for kind in _UNMISTAKABLE]
    letters += [secrets.choice(everything) for _ in range(_INITIAL_LENGTH - len(letters))]
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)


class LongEnough:
    """At least ten signs. (Django's own speaks no Chinese when it refuses.)"""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(f"密码太短，容易被试出来。{self.get_help_text()}", code="password_too_short")

    def get_help_text(self) -> str:
        return f"请至少使用 {SHORTEST} 位。"


class SeveralKinds:
    """At least three of: small letters, capitals, digits, other signs."""

    def validate(self, password: str, user: object = None) -> None:
        if len({_kind(sign) for sign in password}) < 3:
            raise ValidationError(f"密码太简单，容易被猜中。{self.get_help_text()}", code="password_too_few_kinds")

    def get_help_text(self) -> str:
        return "请至少使用小写字母、大写字母、数字、符号中的三种。"


class NotUsedLately:
    """None of somebody's last passwords, the present one included."""

    def validate(self, password: str, user: object = None) -> None:
        if isinstance(user, User) and user.pk is not None:
            hashes = [each.password for each in user.former_passwords.all()[:REMEMBERED]]
            if any(check_password(password, each) for each in (user.password, *hashes)):
                raise ValidationError(
                    f"这个密码最近用过，换回旧密码等于没有换。{self.get_help_text()}", code="password_used"
                )

    def password_changed(self, password: str, user: object = None) -> None:
        """Django tells it after each change, whichever way the password was set."""
        if isinstance(user, User) and user.pk is not None:
            FormerPassword.objects.create(user=user, password=user.password, set_at=timezone.now())
            kept = user.former_passwords.values_list("pk", flat=True)[:REMEMBERED]
            user.former_passwords.exclude(pk__in=list(kept)).delete()

    def get_help_text(self) -> str:
        return f"不能与最近 {REMEMBERED} 次使用的密码相同。"


def _kind(sign: str) -> str:
    if sign.isdigit():
        return "digit"
    if sign.isalpha():
        return "small" if sign.islower() else "capital"
    return "other"

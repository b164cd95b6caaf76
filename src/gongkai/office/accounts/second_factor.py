"""The second factor: a time code from a phone (TOTP), and codes on paper for the day the phone is lost."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b32encode
from datetime import datetime

import segno
from django.conf import settings
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.office.accounts.models import RecoveryCode, User
from gongkai.office.audit.actions import Act, record

CODES = 10
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTH = 10


def device_of(user: User) -> TOTPDevice | None:
    """The phone that was set up and proved."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def waiting_device(user: User) -> TOTPDevice:
    """The phone being set up: one a person, the same until its first code was typed in."""
    return TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "手机"})[0]


def secret_text(device: TOTPDevice) -> str:
    """The secret in groups of four, for whoever can't scan the picture."""
    text = b32encode(device.bin_key).decode("ascii")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture(device: TOTPDevice) -> SafeString:
    """The secret as a QR code: SVG to stand in the page."""
    code = segno.make(device.config_url, error="m", micro=False)
    drawn: str = code.svg_inline(
        scale=5, border=2, title="扫描此码添加账号", svgclass=None, lineclass=None, omitsize=False
    )
    return mark_safe(drawn)


@transaction.atomic
def confirm(user: User, code: str, *, at: datetime) -> tuple[TOTPDevice, list[str]] | None:
    """Prove the phone with its first code. The phone and the recovery codes, or None when the code is wrong.

    A phone set up earlier and the recovery codes given with it end here.
    """
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None or not device.verify_token(code.replace(" ", "")):
        return None
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    record(Act(user.staff_number, "accounts.set_up_second_factor", f"accounts.user:{user.pk}"), at=at)
    return device, _give_codes(user, at)


@transaction.atomic
def verify(user: User, code: str, *, at: datetime) -> TOTPDevice | None:
    """The phone, when the code is its present one or an unused recovery code; None otherwise.

    Guesses are slowed down by the phone's own count of failures, recovery codes included.
    """
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
    typed = code.replace(" ", "").replace("-", "").upper()
    if device is None or not device.verify_is_allowed()[0]:
        return None
    if typed.isdigit() and len(typed) == device.digits:
        return device if device.verify_token(typed) else None
    used = RecoveryCode.objects.filter(user=user, digest=_digest(typed), used_at=None).update(used_at=at)
    if not used:
        device.throttle_increment()
        return None
    device.throttle_reset()
    left = RecoveryCode.objects.filter(user=user, used_at=None).count()
    act = Act(user.staff_number, "accounts.use_recovery_code", f"accounts.user:{user.pk}", detail={"left": left})
    record(act, at=at)
    return device


def forget(user: User) -> None:
    """Take phone and codes away; the caller records why."""
    TOTPDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def _give_codes(user: User, at: datetime) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)) for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(each), made_at=at) for each in codes)
    return [f"{each[:5]}-{each[5:]}" for each in codes]


def _digest(code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), code.encode(), hashlib.sha256).hexdigest()

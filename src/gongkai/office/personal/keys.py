"""The key ring: the first key seals, every key opens."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class KeyMissing(Exception):
    """A sealed value was sealed with a key that is not on this ring: the installation has lost, or changed, its keys."""


def seal(text: str) -> str:
    """The ciphertext of a text; another one each time."""
    return seal_bytes(text.encode()).decode("ascii")


def unseal(ciphertext: str) -> str:
    """The text of a ciphertext.

    Errors: KeyMissing.
    """
    return unseal_bytes(ciphertext.encode("ascii")).decode()


def seal_bytes(data: bytes) -> bytes:
    """The ciphertext of a file's content."""
    return _ring(tuple(settings.PERSONAL_KEYS)).encrypt(data)


def unseal_bytes(ciphertext: bytes) -> bytes:
    """The content of a sealed file.

    Errors: KeyMissing.
    """
    try:
        return _ring(tuple(settings.PERSONAL_KEYS)).decrypt(ciphertext)
    except InvalidToken:
        raise KeyMissing(
            "有加密保存的个人信息打不开：GONGKAI_PERSONAL_KEYS 里没有当初加密用的密钥。请把原来的密钥加回密钥串的末尾，再重新启动。"
        ) from None


def renew_bytes(ciphertext: bytes) -> bytes:
    """The same content sealed with the newest key.

    Errors: KeyMissing.
    """
    return seal_bytes(unseal_bytes(ciphertext))


def fingerprint(text: str) -> str:
    """A keyed hash of a text, spaces and letters' case aside: equal for equal texts, and says nothing else.

    Made with the last key of the ring, the oldest one: new keys are put in front and leave fingerprints as they are.
    """
    plain = "".join(text.split()).upper()
    return hmac.new(settings.PERSONAL_KEYS[-1].encode("ascii"), plain.encode(), hashlib.sha256).hexdigest()


def new_key() -> str:
    """A key for the ring."""
    return Fernet.generate_key().decode("ascii")


@lru_cache(maxsize=4)
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])

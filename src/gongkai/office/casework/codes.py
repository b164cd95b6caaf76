"""Query codes: long enough that nobody guesses one, of letters that are not mistaken for each other."""

from __future__ import annotations

import secrets

from gongkai.office.personal.keys import fingerprint

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 12


def new_code() -> str:
    """A code, 59 bits of chance: `7KQ2-M9XE-HB4T`."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return "-".join(code[place : place + 4] for place in range(0, _LENGTH, 4))


def mark(code: str) -> str:
    """What is kept to find a case by its code, however it was typed."""
    return fingerprint("query:" + "".join(code.replace("-", "").split()).upper())

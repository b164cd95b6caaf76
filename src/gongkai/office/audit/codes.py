"""Verification codes (校验码): short enough to type, too many to guess, and a slip of the finger is noticed.

Eleven random characters of thirty-one (54 bits) and a check character, in three groups of four: `7K3M-9QXT-2HFB`. Letters
and digits that look alike in print (0 O, 1 I L) are left out. Thirty-one is prime, so the check character finds every
single wrong character and every two that changed places.
"""

from __future__ import annotations

import secrets
from unicodedata import normalize

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
GROUP = 4
_SEPARATORS = " -–—_.·\t"


class Mistyped(ValueError):
    """What was typed is no code. Its text says in Chinese what is wrong with it."""


def new_code() -> str:
    """A code that nobody has seen before, without its hyphens."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return drawn + _check_character(drawn)


def printed(code: str) -> str:
    """The code as it is printed.

    >>> printed("7K3M9QXT2HFB")
    '7K3M-9QXT-2HFB'
    """
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def typed(text: str) -> str:
    """The code that somebody typed, in either case, with or without hyphens, in full-width letters too.

    Errors: Mistyped.
    """
    code = normalize("NFKC", text).upper().translate({ord(each): None for each in _SEPARATORS})
    if strange := sorted(set(code) - set(ALPHABET)):
        raise Mistyped(
            f"校验码里不会有“{'、'.join(strange[:5])}”：没有字母I、L、O和数字0、1，也没有汉字。请对照文件重新输入。"
        )
    if len(code) != LENGTH:
        raise Mistyped(f"校验码是{LENGTH}位，您输入了{len(code)}位。请对照文件重新输入，连字符可以不输。")
    if _check_character(code[:-1]) != code[-1]:
        raise Mistyped("校验码有输错的字符，或者有两个字符颠倒了。请对照文件重新输入。")
    return code


def _check_character(drawn: str) -> str:
    total = sum(weight * ALPHABET.index(each) for weight, each in enumerate(drawn, start=1))
    return ALPHABET[-total % len(ALPHABET)]

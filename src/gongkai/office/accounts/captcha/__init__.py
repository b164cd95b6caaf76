"""A question that a person answers and a simple program does not, for public forms. No third party, no script, no session.

A form shows a picture with digits; whoever can't see it asks for a question in words instead. What is right stands
sealed in the token that the form carries along, so showing a form writes nothing. Each token is answered once, right or
wrong, and only for a while. docs/decisions/0022-captcha-of-our-own.md says what this keeps out and what it does not.
"""

from __future__ import annotations

import base64
import hashlib
import json
import random
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Literal

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from gongkai.office.accounts.captcha.answers import read_number
from gongkai.office.accounts.captcha.picture import DIGITS, draw
from gongkai.office.accounts.captcha.questions import ask
from gongkai.office.accounts.models import SpentChallenge

Kind = Literal["picture", "question"]

LIFETIME = timedelta(minutes=20)
"""How long a challenge may be answered: time to read a preview slowly, not to collect answers for later."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a form shows. `question` is empty for a picture; `token` goes back with the answer and says nothing."""

    token: str
    kind: Kind
    question: str = ""

    @property
    def digits(self) -> int:
        """How many digits the picture has."""
        return DIGITS


class Verdict(Enum):
    """What became of an answer; its value is what the form says next to the field."""

    RIGHT = ""
    WRONG = "答案不对，已经换了一道新的，请再填一次。您填写的其他内容都还在。"
    STALE = "这道验证题过期了或者已经用过，已经换了一道新的，请再填一次。您填写的其他内容都还在。"

    @property
    def message(self) -> str:
        return self.value


def challenge(kind: Kind, *, at: datetime) -> Challenge:
    """A new challenge."""
    if kind == "question":
        asked = ask(random.SystemRandom())
        return Challenge(_seal({"kind": kind, "answer": asked.answer}, at), kind, asked.text)
    answer = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    return Challenge(_seal({"kind": kind, "answer": answer, "seed": secrets.token_hex(8)}, at), kind)


def picture(token: str, *, at: datetime) -> bytes | None:
    """The picture of a challenge as PNG, the same one each time: asking again gives nothing new to compare with.

    None for a token that is no picture's, or that is too old.
    """
    sealed = _open(token, at)
    if sealed is None or sealed["kind"] != "picture":
        return None
    return draw(sealed["answer"], random.Random(sealed["seed"]))


def solve(token: str, answer: str, *, at: datetime) -> Verdict:
    """Judge an answer and spend the challenge, in a transaction of its own: call it outside others."""
    sealed = _open(token, at)
    if sealed is None or not _spend(token, at):
        return Verdict.STALE
    given = read_number(answer)
    return Verdict.RIGHT if given is not None and given == int(sealed["answer"]) else Verdict.WRONG


def _spend(token: str, at: datetime) -> bool:
    """Note that a token was answered; False when it had been. What is too old to be answered anyway is forgotten."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    _, is_first = SpentChallenge.objects.get_or_create(digest=digest, defaults={"spent_at": at})
    SpentChallenge.objects.filter(spent_at__lt=at - 2 * LIFETIME).delete()
    return is_first


def _seal(content: dict[str, Any], at: datetime) -> str:
    # Fernet seals, signs and says when: nothing of it can be read or changed on its way through the page.
    return _key().encrypt_at_time(json.dumps(content).encode(), int(at.timestamp())).decode("ascii")


def _open(token: str, at: datetime) -> dict[str, Any] | None:
    try:
        opened = _key().decrypt_at_time(token.encode(), int(LIFETIME.total_seconds()), int(at.timestamp()))
    except (InvalidToken, UnicodeEncodeError):
        return None
    content: dict[str, Any] = json.loads(opened)
    return content


def _key() -> Fernet:
    secret = hashlib.sha256(b"gongkai.accounts.captcha:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))

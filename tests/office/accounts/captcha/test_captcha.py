"""A challenge is answered once, by who reads it, in time; nothing on the page tells the answer."""

from __future__ import annotations

import base64
import io
import random
import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from gongkai.office.accounts import captcha
from gongkai.office.accounts.captcha import LIFETIME, Verdict, challenge, picture, solve
from gongkai.office.accounts.captcha.answers import read_number
from gongkai.office.accounts.captcha.questions import ask, say
from gongkai.office.accounts.models import SpentChallenge
from tests.office.cast import NOW


def right_answer(token: str, at: Any = NOW) -> str:
    """What only this installation can open."""
    sealed = captcha._open(token, at)
    assert sealed is not None
    return str(sealed["answer"])


@pytest.mark.parametrize("kind", ["picture", "question"])
def test_the_right_answer_passes_once(db: None, kind: Any) -> None:
    shown = challenge(kind, at=NOW)
    answer = right_answer(shown.token)
    assert solve(shown.token, answer, at=NOW) is Verdict.RIGHT
    assert solve(shown.token, answer, at=NOW) is Verdict.STALE


@pytest.mark.parametrize("kind", ["picture", "question"])
def test_a_wrong_answer_spends_the_challenge_so_that_nobody_tries_them_all(db: None, kind: Any) -> None:
    shown = challenge(kind, at=NOW)
    answer = right_answer(shown.token)
    assert solve(shown.token, str(int(answer) + 1), at=NOW) is Verdict.WRONG
    assert solve(shown.token, answer, at=NOW) is Verdict.STALE


@pytest.mark.parametrize("answer", ["", "不知道", "１２３４５６７８９０" * 9])
def test_what_is_no_number_is_wrong(db: None, answer: str) -> None:
    assert solve(challenge("picture", at=NOW).token, answer, at=NOW) is Verdict.WRONG


def test_after_its_time_it_can_neither_be_seen_nor_answered(db: None) -> None:
    shown = challenge("picture", at=NOW)
    late = NOW + LIFETIME + timedelta(seconds=1)
    answer = right_answer(shown.token)
    assert picture(shown.token, at=late) is None
    assert solve(shown.token, answer, at=late) is Verdict.STALE


def test_at_the_end_of_its_time_it_still_holds(db: None) -> None:
    shown = challenge("picture", at=NOW)
    assert solve(shown.token, right_answer(shown.token), at=NOW + LIFETIME) is Verdict.RIGHT


@pytest.mark.parametrize("token", ["", "abc", "汉字", "gAAAAAB" + "x" * 90])
def test_a_token_that_somebody_made_up_is_stale(db: None, token: str) -> None:
    assert solve(token, "12345", at=NOW) is Verdict.STALE


def test_a_token_of_another_installation_is_stale(db: None, settings: Any) -> None:
    shown = challenge("picture", at=NOW)
    answer = right_answer(shown.token)
    settings.SECRET_KEY = "another one"
    assert solve(shown.token, answer, at=NOW) is Verdict.STALE


def test_the_token_does_not_say_the_answer(db: None) -> None:
    shown = challenge("picture", at=NOW)
    answer = right_answer(shown.token)
    assert answer.encode() not in base64.urlsafe_b64decode(shown.token)


def test_the_picture_is_the_same_each_time_and_carries_no_text(db: None) -> None:
    shown = challenge("picture", at=NOW)
    drawn = picture(shown.token, at=NOW)
    assert drawn is not None
    assert drawn == picture(shown.token, at=NOW + timedelta(minutes=5))
    assert Image.open(io.BytesIO(drawn)).info == {}
    assert right_answer(shown.token).encode() not in drawn


def test_a_question_has_no_picture(db: None) -> None:
    assert picture(challenge("question", at=NOW).token, at=NOW) is None


def test_what_is_too_old_to_be_answered_is_forgotten(db: None) -> None:
    solve(challenge("picture", at=NOW).token, "1", at=NOW)
    later = NOW + 3 * LIFETIME
    solve(challenge("picture", at=later).token, "1", at=later)
    assert SpentChallenge.objects.count() == 1


@pytest.mark.parametrize("seed", range(60))
def test_every_question_is_answered_by_its_number_in_figures_and_in_chinese(seed: int) -> None:
    asked = ask(random.Random(seed))
    assert asked.text.endswith("？")
    assert read_number(str(asked.answer)) == asked.answer
    assert read_number(f"{say(asked.answer)}。") == asked.answer


def test_questions_of_counting_count_right() -> None:
    for seed in range(200):
        asked = ask(random.Random(seed))
        if found := re.match(r"“(.+)”一共有几个字", asked.text):
            assert asked.answer == len(found[1])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("二十三", 23),
        ("两个字", 2),
        (" 1 2 ", 12),
        ("７", 7),
        ("等于十五", 15),
        ("零", 0),
        ("三四", None),
        ("", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: int | None) -> None:
    assert read_number(text) == number


def test_the_picture_is_served_to_nobody_s_cache_and_not_without_end(client: Any, db: None) -> None:
    shown = challenge("picture", at=timezone.now())
    answer = client.get(f"/captcha/{shown.token}.png")
    assert answer["Content-Type"] == "image/png"
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/captcha/abc.png").status_code == 404
    codes = {client.get(f"/captcha/{shown.token}.png").status_code for _ in range(125)}
    assert 429 in codes

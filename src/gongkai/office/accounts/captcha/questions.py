"""Questions in words, which a screen reader speaks: for whoever can't see, or can't read, the picture."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

_FIGURES = "零一二三四五六七八九"
_PHRASES = (
    "政务公开", "为人民服务", "绿水青山", "读书", "晴耕雨读图", "春分", "白露", "冬至吃饺子", "早睡早起身体好",
    "一江春水向东流", "山清水秀", "好好学习", "天天向上", "邻里和睦", "走亲访友", "稻花香里", "大雪", "清明上河图",
)  # fmt: skip
_PLACES = "一二三四五"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the number that answers it."""

    text: str
    answer: int


def ask(chance: random.Random) -> Question:
    """A question by chance."""
    return chance.choice(_KINDS)(chance)


def say(number: int) -> str:
    """A number from 0 to 99 in Chinese.

    >>> say(7), say(10), say(14), say(20), say(35)
    ('七', '十', '十四', '二十', '三十五')
    """
    tens, ones = divmod(number, 10)
    if not tens:
        return _FIGURES[ones]
    return ("" if tens == 1 else _FIGURES[tens]) + "十" + (_FIGURES[ones] if ones else "")


def _sum(chance: random.Random) -> Question:
    one, other = chance.randint(2, 19), chance.randint(2, 9)
    return Question(f"{say(one)}加{say(other)}等于几？", one + other)


def _difference(chance: random.Random) -> Question:
    other = chance.randint(2, 9)
    one = other + chance.randint(2, 15)
    return Question(f"{say(one)}减去{say(other)}等于几？", one - other)


def _length(chance: random.Random) -> Question:
    phrase = chance.choice(_PHRASES)
    return Question(f"“{phrase}”一共有几个字？", len(phrase))


def _largest(chance: random.Random) -> Question:
    numbers = chance.sample(range(2, 60), 3)
    word, answer = chance.choice((("最大", max(numbers)), ("最小", min(numbers))))
    return Question(f"{'、'.join(map(say, numbers))}，这三个数里{word}的是几？", answer)


def _place(chance: random.Random) -> Question:
    figures = [chance.randint(0, 9) for _ in range(5)]
    place = chance.randrange(5)
    shown = "、".join(_FIGURES[figure] for figure in figures)
    return Question(f"“{shown}”，从前往后数，第{_PLACES[place]}个数字是几？", figures[place])


_KINDS: tuple[Callable[[random.Random], Question], ...] = (_sum, _difference, _length, _largest, _place)

"""Why a day was counted or not, in Chinese or English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from gongkai.regulation.deadlines.clock import CountedDay


def why(day: CountedDay, language: str = "zh") -> str:
    """What to say of one day of a derivation.

    >>> from datetime import date
    >>> why(CountedDay(date(2020, 2, 1), None, "holiday", "春节", "Spring Festival", "国办发明电〔2020〕1号"))
    '春节放假（国办发明电〔2020〕1号）'
    """
    english = language == "en"
    return _words()[day.kind]["en" if english else "zh"].format(
        holiday=day.holiday_en if english else day.holiday, notice=day.notice, year=day.on.year
    )


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))

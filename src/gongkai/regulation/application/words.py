"""What states, verbs, channels, turns of the clock and required steps are called, in Chinese and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

Topic = Literal["states", "verbs", "channels", "turns", "steps"]


def name(topic: Topic, key: str, language: str = "zh") -> str:
    """What something is called. Errors: KeyError when there is none of that key.

    >>> name("states", "under_review"), name("verbs", "extend", "en")
    ('办理中', 'extend the time to reply')
    """
    return _words()[topic][key]["en" if language == "en" else "zh"]


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))

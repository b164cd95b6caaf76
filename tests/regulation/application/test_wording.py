import re
from typing import get_args

import pytest

from gongkai.regulation.application import VERBS, State, name
from gongkai.regulation.application.case import Turn
from gongkai.regulation.application.verbs import CATALOGUE
from gongkai.regulation.deadlines import CHANNELS

HAN = re.compile(r"[\u4e00-\u9fff]")
NAMED = [("states", key) for key in get_args(State)] + [("verbs", key) for key in VERBS]
NAMED += [("steps", step) for step in ("third_party_consultation", "correction_round", "fee_notice")]
NAMED += [("channels", key) for key in CHANNELS] + [("turns", key) for key in get_args(Turn)]


@pytest.mark.parametrize(("topic", "key"), NAMED)
def test_everything_has_a_name_in_both_languages(topic, key: str) -> None:
    assert HAN.search(name(topic, key))
    assert not HAN.search(name(topic, key, "en"))


class AnyValue(dict[str, str]):
    """Fills whatever a message asks for."""

    def __missing__(self, key: str) -> str:
        return "2021-03-01"


@pytest.mark.parametrize("code", CATALOGUE.entries)
def test_a_finding_is_said_in_chinese_and_in_english(code: str) -> None:
    entry = CATALOGUE.entries[code]
    assert HAN.search(entry["message"].format_map(AnyValue()))
    assert not HAN.search(entry["message_en"].format_map(AnyValue()) + entry["advice_en"])

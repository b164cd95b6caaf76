import re
from datetime import date
from typing import get_args

import pytest

from gongkai.regulation.deadlines import CountedDay, why
from gongkai.regulation.workdays import DayKind

KINDS = [*get_args(DayKind), "start", "paused", "natural_day", "rolled"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_day_has_its_words_in_both_languages(kind: str) -> None:
    day = CountedDay(date(2024, 9, 14), 1, kind, "中秋节", "Mid-Autumn Festival", "〔2023〕7")
    assert re.search(r"[\u4e00-\u9fff]", why(day))
    assert not re.search(r"[\u4e00-\u9fff]", why(day, "en"))

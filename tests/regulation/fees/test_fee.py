"""The information-processing fee, by the case files under tests/cases/fees."""

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.fees import fee_for_items, fee_for_pages
from gongkai.regulation.law import LawMissing, law_on

BRACKETS = Path(__file__).parents[2] / "cases" / "fees" / "brackets.toml"
LAW = law_on(date(2021, 1, 1))
FEES = {"per_item": fee_for_items, "per_page": fee_for_pages}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{case['method']}-{case['count']}")
        for case in tomllib.loads(BRACKETS.read_text("utf-8"))["case"]
    ],
)
def test_the_fee_is_that_of_the_case(case: dict[str, Any]) -> None:
    fee = FEES[case["method"]](case["count"], LAW)
    assert (fee.yuan, fee.source) == (case["yuan"], case["source"])


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_month_costs_the_same_however_it_is_split(first: int, second: int) -> None:
    split = fee_for_items(first, LAW).yuan + fee_for_items(second, LAW, counted_before=first).yuan
    assert split == fee_for_items(first + second, LAW).yuan


@given(st.sampled_from(sorted(FEES)), st.integers(1, 500))
def test_the_lines_cover_every_unit_once(method: str, count: int) -> None:
    lines = FEES[method](count, LAW).lines
    assert (lines[0].first, lines[-1].last) == (1, count)
    assert all(later.first == earlier.last + 1 for earlier, later in pairwise(lines))
    assert all(later.yuan_each > earlier.yuan_each for earlier, later in pairwise(lines))


def test_nothing_costs_nothing() -> None:
    assert fee_for_items(0, LAW).lines == ()
    assert fee_for_pages(0, LAW).yuan == 0


def test_before_2021_there_is_no_fee() -> None:
    with pytest.raises(LawMissing):
        fee_for_pages(100, law_on(date(2020, 12, 31)))


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        fee_for_items(-1, LAW)

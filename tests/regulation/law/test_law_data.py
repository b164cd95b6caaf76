"""What the typed law data keeps beyond the contract of its files (`tests/contracts/test_law_data.py`)."""

import tomllib
from importlib.resources import files
from itertools import pairwise

import pytest

from gongkai.regulation.law import Instrument, Parameter, Value, instruments, parameters, resolve
from gongkai.regulation.law.parameters import KINDS

PARAMETERS = sorted(parameters().items())
INSTRUMENTS = sorted(instruments().items())


@pytest.mark.parametrize(("key", "values"), PARAMETERS)
def test_the_values_of_a_parameter_are_of_its_unit(key: str, values: tuple[Parameter[Value], ...]) -> None:
    assert values
    for value in values:
        assert value.asked_on
        assert type(value.value) is KINDS[value.unit]


@pytest.mark.parametrize(("key", "values"), PARAMETERS)
def test_a_value_rests_on_an_article_that_is_in_force_when_it_begins(
    key: str, values: tuple[Parameter[Value], ...]
) -> None:
    for value in values:
        instrument, _ = resolve(value.source)
        assert instrument.in_force_from <= value.since
        assert instrument.in_force_until is None or value.since <= instrument.in_force_until


def test_no_two_files_define_the_same_parameter() -> None:
    tables = [entry for entry in files("gongkai.regulation.law").iterdir() if entry.name.endswith(".toml")]
    keys = [key for entry in tables for key in tomllib.loads(entry.read_text("utf-8"))]
    assert sorted(keys) == sorted(parameters())


@pytest.mark.parametrize(("key", "instrument"), INSTRUMENTS)
def test_an_instrument_is_cited_by_number_not_by_address(key: str, instrument: Instrument) -> None:
    assert "http" not in files("gongkai.regulation.law").joinpath("instruments", f"{key}.toml").read_text("utf-8")


def test_a_title_has_one_text_in_force_at_a_time() -> None:
    by_title: dict[str, list[Instrument]] = {}
    for instrument in instruments().values():
        by_title.setdefault(instrument.title, []).append(instrument)
    for texts in by_title.values():
        texts.sort(key=lambda text: text.in_force_from)
        for earlier, later in pairwise(texts):
            assert earlier.in_force_until is not None
            assert earlier.in_force_until < later.in_force_from

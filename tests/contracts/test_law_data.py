"""Dated parameters of the law: labelled, with a unit, ascending dates and a source that resolves to an instrument."""

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

LAW = files("gongkai.regulation.law")
PARAMETERS = {
    f"{path.name}: {key}": entry
    for path in sorted(LAW.iterdir(), key=lambda path: path.name)
    if path.name.endswith(".toml")
    for key, entry in tomllib.loads(path.read_text("utf-8")).items()
}
INSTRUMENTS = {path.name.removesuffix(".toml"): path for path in LAW.joinpath("instruments").iterdir()}


def instrument_data(name: str) -> dict[str, Any]:
    return tomllib.loads(INSTRUMENTS[name].read_text("utf-8"))


def articles(name: str) -> dict[str, Any]:
    return instrument_data(name).get("articles", {})


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_is_labelled_dated_and_sourced(name):
    entry = PARAMETERS[name]
    assert entry["label"]
    assert entry["label_en"]
    assert entry["unit"]
    days = [value["from"] for value in entry["values"]]
    assert all(isinstance(day, date) for day in days)
    assert days == sorted(set(days))
    for value in entry["values"]:
        instrument, _, article = value["source"].partition("#")
        assert instrument in INSTRUMENTS, f"{value['source']} names no instrument that is in the data"
        assert article in articles(instrument), f"{value['source']} names no article that is in the data"


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_an_instrument_is_identified_by_title_number_and_date(name):
    entry = instrument_data(name)
    assert entry["title"]
    assert entry["number"], "the document number is how anyone finds the official text"
    assert isinstance(entry["in_force_from"], date)


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_every_article_says_what_it_rules_and_how_sure_that_is(name):
    for article in articles(name).values():
        assert article["label"]
        assert article["gist"]
        assert article["certainty"] in ("certain", "high", "medium", "low")

"""The catalogue of figures agrees with the form and with the rules."""

import json
import tomllib
from importlib.resources import files

import pytest

from gongkai.regulation.annual_report.figures import by_unit, catalogue
from gongkai.regulation.annual_report.forms import EDITIONS, form


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_cell_a_figure_names_is_a_cell_of_that_edition(edition: str) -> None:
    known = set(form(edition).addresses())
    tables = {table.key for table in form(edition).tables}
    for figure in catalogue().values():
        named = {address for addresses in figure.alternatives[edition] for address in addresses}
        assert {address for address in named if address.partition(".")[0] in tables} <= known, figure.key


def test_every_rule_has_words_of_the_severity_it_is_given() -> None:
    package = files("gongkai.regulation.annual_report")
    words = tomllib.loads(package.joinpath("findings.toml").read_text(encoding="utf-8"))
    for figure in catalogue().values():
        if figure.rule:
            assert words[figure.rule]["severity"] == figure.severity, figure.key


def test_the_narrative_rules_of_the_form_are_all_there() -> None:
    package = files("gongkai.regulation.annual_report")
    words = tomllib.loads(package.joinpath("findings.toml").read_text(encoding="utf-8"))
    rules = json.loads(package.joinpath("forms", "2021.json").read_text(encoding="utf-8"))["narrative_rules"]
    expected = {
        "N-NEW", "N-NATURAL", "N-ORG", "N-CARRYIN", "N-DONE", "N-CARRYOUT", "N-DONE-RATE", "N-NORMATIVE", "N-RULES",
        "N-RECON", "N-LITIG", "N-NO-REMEDY", "N-NO-FEE", "N-FEE", "N-PERIOD", "N-TITLE-YEAR", "N-PLATFORM-COUNTS",
    }  # fmt: skip
    assert {rule["id"] for rule in rules} <= expected <= set(words)


def test_a_number_of_persons_belongs_to_no_figure_of_documents() -> None:
    assert {figure.key for figure in by_unit()["人次"]} >= {"people_trained"}
    assert "normative_documents" not in {figure.key for figure in by_unit()["人次"]}

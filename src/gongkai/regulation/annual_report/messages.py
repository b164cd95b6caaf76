"""Findings in words: what is wrong, with both numbers, and what to do, in Chinese or English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.annual_report.forms import EDITIONS, Relation, form
from gongkai.regulation.annual_report.report import Number
from gongkai.regulation.finding import Finding
from gongkai.regulation.messages import Catalogue

_NAMED_CELLS = 6


_CATALOGUE = Catalogue.of("gongkai.regulation.annual_report")


@cache
def _relation_words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__package__).joinpath("relation_words.toml").read_text(encoding="utf-8"))


def _ending(language: str) -> str:
    """The ending of the keys that hold the words of a language."""
    return "_en" if language == "en" else ""


@cache
def _relations() -> Mapping[str, Relation]:
    return {relation.code: relation for edition in EDITIONS for relation in form(edition).relations}


def message(finding: Finding, language: str = "zh") -> str:
    """The sentence that says what a finding found."""
    relation = _relations().get(finding.code)
    if relation:
        return _of_relation(finding, relation, language)
    return _CATALOGUE.message(
        _said_in_words(finding),
        language,
        left=_shown(finding.left),
        right=_shown(finding.right),
        cells=name_cells(finding.cells, language),
    )


_NAMES_THE_FIGURE = frozenset({"N-NO-FEE", "N-PROSE-CONFLICT"})
"""Sentences in which the figure stands by itself, not before what was claimed of it."""


def _said_in_words(finding: Finding) -> Finding:
    """A claim that there was none (没有收到……) names its figure itself; the figure's name is not put before it again."""
    claimed = str(finding.values.get("claimed") or "")
    if claimed[:1] not in ("没", "未", "无", "不") or finding.code in _NAMES_THE_FIGURE:
        return finding
    return replace(finding, values={**finding.values, "figure": ""})


def advice(finding: Finding, language: str = "zh") -> str:
    """What to do about it."""
    if finding.code in _relations():
        return _relation_words()[finding.verdict][f"advice{_ending(language)}"]
    return _CATALOGUE.advice(finding, language)


def _of_relation(finding: Finding, relation: Relation, language: str) -> str:
    return _relation_words()[finding.verdict][f"message{_ending(language)}"].format(
        title=relation.title_en if language == "en" else relation.title,
        subject=_subject(finding, relation, language),
        left=_shown(finding.left),
        right=_shown(finding.right),
        missing=name_cells(finding.missing, language),
    )


def _subject(finding: Finding, relation: Relation, language: str) -> str:
    """Which row or column a relation that holds for many is about: the part that all its cells share."""
    if relation.code == "APP-FLOW" or relation.code.startswith("APP-RESULTS"):
        part = 2
    elif relation.code.startswith("APP-COLUMNS"):
        part = 1
    else:
        return ""
    if not finding.cells or len({address.split(".")[part] for address in finding.cells}) != 1:
        return ""
    name = _name(finding.cells[-1], language)
    pieces = name.rsplit(" · " if language == "en" else "·", 1)
    return f"（{pieces[part - 1] if len(pieces) == 2 else name}）" if language != "en" else f" ({pieces[part - 1]})"


def name_cells(addresses: tuple[str, ...], language: str = "zh") -> str:
    """Cells by the names people use, the first few of them."""
    names = [_name(address, language) for address in addresses[:_NAMED_CELLS]]
    more = len(addresses) - len(names)
    if language == "en":
        return ", ".join(names) + (f" and {more} more" if more else "")
    return "、".join(names) + (f"等{len(addresses)}格" if more else "")


def _name(address: str, language: str) -> str:
    for edition in EDITIONS:
        name = cell_names(edition).get(address)
        if name:
            return name.label_en if language == "en" else name.label
    return address


def _shown(number: Number | None) -> str:
    return "" if number is None else f"{number:,}" if isinstance(number, int) else f"{number.normalize():f}"

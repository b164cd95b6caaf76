"""Policy interpretations (政策解读): the forms they take, and the elements one is expected to speak of."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__package__).joinpath("interpretation.toml").read_text("utf-8"))


FORMS: Mapping[str, str] = MappingProxyType(dict(_data()["forms"]))
"""Text, picture, video, questions and answers …: keys and their Chinese names."""
ELEMENTS: Mapping[str, str] = MappingProxyType(dict(_data()["elements"]))
"""Background, aims, content, scope …: keys and their Chinese names, in the order in which one reads them."""


def missing_elements(present: Collection[str]) -> list[str]:
    """The names of the elements an interpretation does not speak of.

    Source: practice#interpretation.
    >>> missing_elements(ELEMENTS.keys())
    []
    """
    return [label for key, label in ELEMENTS.items() if key not in present]

"""Markings of secrecy and of internal use, and a document's own statement that it is not for the public.

Source: official-documents-2012#9, document-format-2012#secrecy-marking, ogi-2019#17.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from gongkai.regulation.disclosure.checks.passages import passages
from gongkai.regulation.disclosure.item import Item
from gongkai.regulation.disclosure.masking import masked
from gongkai.regulation.disclosure.words import CATALOGUE
from gongkai.regulation.finding import Finding

# Every pattern holds one of these; nearly every text holds none.
_TELLTALE = re.compile(r"密|内部|公开|不得外传|阅后即焚|传阅件")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = tomllib.loads(files("gongkai.regulation.disclosure").joinpath("markings.toml").read_text("utf-8"))
    return tuple((entry["code"], re.compile(entry["pattern"])) for entry in table["marking"])


def markings(item: Item) -> Iterator[Finding]:
    """Every marking in an item, in the order of the text; one finding for a line and kind."""
    for passage in passages(item):
        offset = 0
        for line in passage.text.splitlines(keepends=True):
            if _TELLTALE.search(line):
                seen: set[str] = set()
                for code, pattern in _patterns():
                    found = pattern.search(line)
                    if found and code not in seen:
                        seen.add(code)
                        where = (passage.where(offset + found.start()),)
                        yield CATALOGUE.finding(code, where=where, quotes=(masked(found[0].strip()),))
            offset += len(line)

"""The outcomes of an application, as dated data; each lands on exactly one row of each edition of the annual form.

Source: ogi-2019 art. 36 to 39; the row is that of report-form-2019 and report-form-2021, by the day of the reply.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from gongkai.regulation.law import law_on


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way an application can end.

    `since` is the first day it exists in law; `rows` are the row keys of the applications table by edition of the form;
    `must_state` is what the reply has to say, `reasons` whether it has to give reasons, `requires` what has to be on
    record before; `certainty` is how sure the row is.
    """

    key: str
    label: str
    label_en: str
    since: date
    sources: tuple[str, ...]
    certainty: str
    must_state: tuple[str, ...]
    reasons: bool
    requires: tuple[str, ...]
    rows: Mapping[str, str]

    def row_on(self, day: date) -> str:
        """The row of the annual form on which a reply (or closing) of that day is counted.

        Errors: LawMissing before 2019-01-01, when there was no form.
        >>> outcome("fee_unpaid").row_on(date(2021, 7, 13))
        'other_fee_unpaid'
        """
        return self.rows[law_on(day).parameter("report_form_edition", str).value]


@cache
def outcomes() -> Mapping[str, Outcome]:
    """Every outcome by key.

    >>> len(outcomes())
    24
    """
    table = tomllib.loads(files(__package__).joinpath("outcomes.toml").read_text("utf-8"))
    return MappingProxyType(
        {
            key: Outcome(
                key=key,
                label=entry["label"],
                label_en=entry["label_en"],
                since=entry["from"],
                sources=tuple(entry["sources"]),
                certainty=entry["certainty"],
                must_state=tuple(entry["must_state"]),
                reasons=entry["reasons"],
                requires=tuple(entry["requires"]),
                rows=MappingProxyType(entry["rows"]),
            )
            for key, entry in table.items()
        }
    )


def outcome(key: str) -> Outcome:
    """The outcome of that key. Errors: KeyError when there is none.

    >>> outcome("partial").row_on(date(2020, 6, 1))
    'partially_granted'
    """
    return outcomes()[key]

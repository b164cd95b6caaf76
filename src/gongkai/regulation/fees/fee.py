"""The information-processing fee: by the number of applications or by the number of pages, never both.

Source: fee-measure-2020 (国办函〔2020〕109号), in force from 2021-01-01.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from gongkai.regulation.law import Bracket, Law, Tariff

Method = Literal["per_item", "per_page"]


@dataclass(frozen=True, slots=True)
class FeeLine:
    """The units of one bracket, from the `first` to the `last`, each at `yuan_each`."""

    first: int
    last: int
    yuan_each: int

    @property
    def yuan(self) -> int:
        return (self.last - self.first + 1) * self.yuan_each


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee with the brackets it is made of, as a fee notice has to show it. `source` is the article of the tariff."""

    method: Method
    lines: tuple[FeeLine, ...]
    source: str

    @property
    def yuan(self) -> int:
        """The whole fee in yuan."""
        return sum(line.yuan for line in self.lines)


def fee_for_items(count: int, law: Law, *, counted_before: int = 0) -> Fee:
    """The fee for `count` applications of one applicant, `counted_before` of whose were counted earlier in the month.

    The brackets run over all applications of one applicant in one calendar month, whatever the replies; one application
    with several contents may be split into its smallest reasonable units first. Ask with the law of the notice's day.
    Errors: LawMissing before 2021-01-01; ValueError for a negative number.
    Source: fee-measure-2020 art. 4.
    >>> from datetime import date
    >>> from gongkai.regulation.law import law_on
    >>> fee_for_items(35, law_on(date(2021, 1, 1))).yuan
    3000
    >>> fee_for_items(2, law_on(date(2021, 1, 1)), counted_before=10).yuan
    200
    """
    return _fee("per_item", counted_before, count, law)


def fee_for_pages(pages: int, law: Law) -> Fee:
    """The fee for the pages of one application: sides of A4 or smaller; pages of several applications are not added up.

    Only for paper, e-mail and copied electronic data. Ask with the law of the notice's day.
    Errors: LawMissing before 2021-01-01; ValueError for a negative number.
    Source: fee-measure-2020 art. 5.
    >>> from datetime import date
    >>> from gongkai.regulation.law import law_on
    >>> [(line.first, line.last, line.yuan) for line in fee_for_pages(120, law_on(date(2021, 1, 1))).lines]
    [(1, 30, 0), (31, 100, 700), (101, 120, 400)]
    """
    return _fee("per_page", 0, pages, law)


def _fee(method: Method, before: int, count: int, law: Law) -> Fee:
    if count < 0 or before < 0:
        raise ValueError(f"a number of items or pages is not negative: {count} after {before}")
    tariff = law.parameter(f"fee_{method}", Tariff)
    return Fee(method, tuple(_lines(tariff.value, before + 1, before + count)), tariff.source)


def _lines(tariff: Tariff, first: int, last: int) -> Iterator[FeeLine]:
    for bracket, following in pairwise(_bounded(tariff, last)):
        line = FeeLine(max(first, bracket.first), min(last, following.first - 1), bracket.yuan_each)
        if line.first <= line.last:
            yield line


def _bounded(tariff: Tariff, last: int) -> Iterator[Bracket]:
    """The brackets that begin no later than a unit, and one behind them to end the last."""
    for bracket in tariff:
        if bracket.first > last:
            break
        yield bracket
    yield Bracket(last + 1, 0)

"""How many normative documents a year made, published, ended and left: the row of article 20(1) in both editions.

The 2021 form has a column for 废止 and none for 失效. By default what lapsed counts as repealed, so that the next year's
report ties in: in_force(N) = in_force(N-1) + issued(N) - repealed(N). Counted strictly, the lapsed ones are missing there.
A document counts as in stock from its publication, even if it takes effect only next year: otherwise a document that was
issued in December would be in neither year's stock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.regulation.disclosure.normative.events import NormativeDocument, Published, Signed
from gongkai.regulation.disclosure.normative.term import ValidityTerm
from gongkai.regulation.disclosure.normative.validity import End, end_of
from gongkai.regulation.law import law_on


@dataclass(frozen=True, slots=True)
class Stock:
    """The counts of a year (件), and by key the documents behind each.

    `newly_made` by the date of signature, or of publication where that came first or no signature is known: a document
    is made in one year, and not again in the next when its signature is entered late. `newly_disclosed` and `issued` by
    the date of publication; `total_disclosed` is all that was ever published, valid or not; `in_force` the stock on 31
    December; `lapsed` those that lapsed in the year, which are in `repealed` too unless that is counted strictly.
    """

    year: int
    counted: Mapping[str, tuple[str, ...]]

    @property
    def newly_made(self) -> int:
        """本年新制作数量"""
        return len(self.counted["newly_made"])

    @property
    def newly_disclosed(self) -> int:
        """本年新公开数量"""
        return len(self.counted["newly_disclosed"])

    @property
    def total_disclosed(self) -> int:
        """对外公开总数量"""
        return len(self.counted["total_disclosed"])

    @property
    def issued(self) -> int:
        """本年制发件数"""
        return len(self.counted["issued"])

    @property
    def repealed(self) -> int:
        """本年废止件数"""
        return len(self.counted["repealed"])

    @property
    def lapsed(self) -> int:
        """本年失效件数"""
        return len(self.counted["lapsed"])

    @property
    def in_force(self) -> int:
        """现行有效件数"""
        return len(self.counted["in_force"])

    def row(self, edition: str) -> dict[str, int]:
        """The row 规范性文件 of the annual report's first table, by column.

        Errors: KeyError for an edition that is not in the data.
        """
        return {column: len(self.counted[column]) for column in _COLUMNS[edition]}


_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "2019": ("newly_made", "newly_disclosed", "total_disclosed"),
    "2021": ("issued", "repealed", "in_force"),
}


def stock(
    documents: Iterable[NormativeDocument],
    year: int,
    *,
    lapsed_counts_as_repealed: bool | None = None,
    term: ValidityTerm | None = None,
) -> Stock:
    """Count a year by what was on file on its 31 December.

    `lapsed_counts_as_repealed` left out is as the law data has it; `term` is the office's own default term.
    Source: practice#stock, report-form-2019#form, report-form-2021#form.
    """
    close = date(year, 12, 31)
    if lapsed_counts_as_repealed is None:
        lapsed_counts_as_repealed = law_on(close).parameter("lapsed_counts_as_repealed", bool).value
    counted: dict[str, list[str]] = {name: [] for name in (*_COLUMNS["2019"], *_COLUMNS["2021"], "lapsed")}
    for document in documents:
        for name in _counts(document, close, term, lapsed_counts_as_repealed):
            counted[name].append(document.key)
    return Stock(year, {name: tuple(keys) for name, keys in counted.items()})


def _counts(
    document: NormativeDocument, close: date, term: ValidityTerm | None, lapsed_counts_as_repealed: bool
) -> Iterable[str]:
    published = document.first(Published, close)
    signed = document.first(Signed, close)
    made = min((each.on for each in (signed, published) if each), default=None)
    if made and made.year == close.year:
        yield "newly_made"
    if published is None:
        return
    yield "total_disclosed"
    if published.on.year == close.year:
        yield from ("newly_disclosed", "issued")
    end = end_of(document, close, term)
    if end is None or end.on > close:
        yield "in_force"
    elif end.on.year == close.year:
        yield from _ended(end, lapsed_counts_as_repealed)


def _ended(end: End, lapsed_counts_as_repealed: bool) -> Iterable[str]:
    if end.state == "lapsed":
        yield "lapsed"
    if end.state == "repealed" or lapsed_counts_as_repealed:
        yield "repealed"

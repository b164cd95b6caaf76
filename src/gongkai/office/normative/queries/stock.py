"""The row 规范性文件 of the annual report's first table, by counting in the database; each number opens its documents.

The same counts as `regulation.disclosure.normative.stock`, asked of the derived columns: a test holds them equal on random
histories. Both editions of the form are answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from gongkai.office.normative.models import NormativeDocument
from gongkai.office.organs.models import Organ
from gongkai.office.organs.queries import below
from gongkai.regulation.law import law_on

STOCK_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "2019": {
        "newly_made": "本年新制作数量",
        "newly_disclosed": "本年新公开数量",
        "total_disclosed": "对外公开总数量",
    },
    "2021": {
        "issued": "本年制发件数",
        "repealed": "本年废止件数",
        "in_force": "现行有效件数",
    },
}
"""The columns of the row in each edition of the form, as the form names them."""


def behind_figure(
    figure: str, year: int, *, organ: Organ | None = None, lapsed_counts_as_repealed: bool | None = None
) -> QuerySet[NormativeDocument]:
    """The documents that a figure of a year counts; of an agency and everything below it, if one is named.

    Source: practice#stock. Errors: KeyError for a figure that is none.
    """
    documents = NormativeDocument.objects.filter(counts(figure, *_days(year), lapsed_counts_as_repealed))
    if organ is not None:
        documents = documents.filter(organ__in=below(organ))
    return documents.select_related("organ", "item").order_by("-disclosed_on", "-id")


def stock_row(
    year: int, *, organ: Organ | None = None, lapsed_counts_as_repealed: bool | None = None
) -> dict[str, int]:
    """Every figure of a year, by its key; `lapsed` beside them, which the form of 2021 has no column for."""
    documents = NormativeDocument.objects.all()
    if organ is not None:
        documents = documents.filter(organ__in=below(organ))
    figures = [figure for columns in STOCK_COLUMNS.values() for figure in columns]
    # One look at the table for all of them.
    return documents.aggregate(
        **{
            figure: Count("pk", filter=counts(figure, *_days(year), lapsed_counts_as_repealed))
            for figure in (*figures, "lapsed")
        }
    )


def stock_years(*, today: date) -> list[int]:
    """The years there is something to count in, newest first."""
    first = NormativeDocument.objects.aggregate(first=Min("disclosed_on"))["first"] or today
    return list(range(today.year, first.year - 1, -1))


def _days(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def counts(figure: str, first: date, last: date, lapsed_counts_as_repealed: bool | None = None) -> Q:
    """The documents that a figure of a period counts, as a filter.

    Errors: KeyError for a figure that is none.
    """
    within = {"gte": first, "lte": last}
    published = Q(disclosed_on__lte=last)
    ended = _between("ended_on", within) & published
    match figure:
        case "newly_made":
            # Made when it was signed, and at the latest when it was published: counted in one year, never in two.
            unpublished = Q(disclosed_on=None) | Q(disclosed_on__gte=first)
            unsigned = Q(signed_on=None) | Q(signed_on__gte=first)
            return (_between("signed_on", within) & unpublished) | (_between("disclosed_on", within) & unsigned)
        case "newly_disclosed" | "issued":
            return _between("disclosed_on", within)
        case "total_disclosed":
            return published
        case "in_force":
            return published & (Q(ended_on=None) | Q(ended_on__gt=last))
        case "lapsed":
            return ended & Q(ended_as="lapsed")
        case "repealed":
            every = lapsed_counts_as_repealed
            if every is None:
                every = law_on(last).parameter("lapsed_counts_as_repealed", bool).value
            return ended if every else ended & Q(ended_as="repealed")
    raise KeyError(figure)


def _between(column: str, bounds: Mapping[str, date]) -> Q:
    return Q(**{f"{column}__{side}": day for side, day in bounds.items()})

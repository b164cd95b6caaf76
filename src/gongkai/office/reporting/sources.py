"""The rooms that are asked for their counts, and for the records behind them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.office.casework import queries as casework
from gongkai.office.channels import queries as channels
from gongkai.office.engagement import queries as engagement
from gongkai.office.normative import queries as normative
from gongkai.office.organs.models import Organ
from gongkai.office.organs.queries import below
from gongkai.office.publishing import queries as publishing
from gongkai.office.remedies import queries as remedies
from gongkai.office.reporting import contributing
from gongkai.office.reporting.models import ReportYear
from gongkai.office.services import queries as services
from gongkai.regulation.annual_report.compiling import input_cells
from gongkai.regulation.annual_report.figures import catalogue
from gongkai.regulation.tally import Counted, Tally


@dataclass(frozen=True, slots=True)
class Source:
    """A room that counts: `room` is the first part of the kinds of its records, `label` what people call it."""

    room: str
    label: str
    tally: Callable[[Collection[int], date, date, str], list[Tally]]
    counted: Callable[[str, Sequence[int]], list[Counted]]


SOURCES: tuple[Source, ...] = (
    Source("publishing", "主动公开", publishing.tally, publishing.counted),
    Source("normative", "规范性文件", normative.tally, normative.counted),
    Source("casework", "依申请公开", casework.tally, casework.counted),
    Source("remedies", "行政复议和行政诉讼", remedies.tally, remedies.counted),
    Source("engagement", "解读、回应和互动", engagement.tally, engagement.counted),
    Source("services", "政务服务", services.tally, services.counted),
    Source("channels", "政务新媒体", channels.tally, channels.counted),
    Source("reporting", "各机关报送", contributing.tally, contributing.counted),
)
"""In the order in which their figures are shown. A room that begins to count is added here, by one line."""


class Inconsistent(Exception):
    """Two rooms count the same cell, or a room counts what the form doesn't have: a fault of the product, not of data."""


def organs_of(report_year: ReportYear) -> list[int]:
    """The agencies whose records a report counts: the agency, and all below it where the report adds them up.

    Those abolished since are among them: what they did in the year was done.
    """
    organ: Organ = report_year.organ
    return list(below(organ).values_list("pk", flat=True)) if report_year.is_consolidated else [organ.pk]


def tallies(organs: Collection[int], first: date, last: date, edition: str) -> list[tuple[Source, Tally]]:
    """Every figure of every room for these agencies in a period.

    Errors: Inconsistent.
    """
    known = {*input_cells(edition), *catalogue()}
    found: dict[str, tuple[Source, Tally]] = {}
    for source in SOURCES:
        for each in source.tally(organs, first, last, edition):
            key = each.measure.key
            if key not in known:
                raise Inconsistent(
                    f"{source.room} counts {key}, which the form of {edition} and the figures don't have"
                )
            if key in found:
                raise Inconsistent(f"{key} is counted by {found[key][0].room} and by {source.room}")
            found[key] = (source, each)
    return list(found.values())


def counted(kind: str, ids: Sequence[int]) -> list[Counted]:
    """The records behind a figure, from the room that keeps them.

    Errors: KeyError for a kind that no room keeps.
    """
    room = kind.partition(".")[0]
    for source in SOURCES:
        if source.room == room:
            return source.counted(kind, ids)
    raise KeyError(kind)

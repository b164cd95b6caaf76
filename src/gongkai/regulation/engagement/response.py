"""Responses to public concerns (回应关切): by which hour the responsible body has to speak."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from gongkai.regulation.law import LawMissing, law_on

GRAVITIES: Mapping[str, str] = MappingProxyType({"emergency": "重大突发事件", "ordinary": "其他政务舆情"})
_PERIODS = {"emergency": "emergency_information_period", "ordinary": "response_period"}


def response_due(gravity: str, raised_at: datetime) -> datetime | None:
    """The last moment to respond to a concern; None from before any rule.

    Unit: a moment; hours are hours of the clock, at night and on holidays too.
    Errors: KeyError for a gravity that is none of `GRAVITIES`.
    Source: openness-rules-2016#emergency, public-response-2016#response.
    >>> response_due("ordinary", datetime(2020, 2, 3, 9, 30))
    datetime.datetime(2020, 2, 5, 9, 30)
    """
    try:
        return raised_at + timedelta(hours=law_on(raised_at.date()).parameter(_PERIODS[gravity], int).value)
    except LawMissing:
        return None

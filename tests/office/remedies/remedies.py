"""Remedies for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.office.remedies.actions import Filing, decide, register
from gongkai.office.remedies.models import RemedyCase
from tests.office.casework.cases import Officers, at
from tests.office.cast import Cast

RECEIVED = date(2024, 6, 3)


def registered(cast: Cast, desk: Officers, *, reference: str = "青政复〔2024〕1号", **changed: Any) -> RemedyCase:
    """A reconsideration that the agency was told of."""
    given: dict[str, Any] = {
        "route": "reconsideration",
        "body": "青溪县人民政府",
        "reference": reference,
        "received_on": RECEIVED,
        "claimant": "孙申请",
    }
    filing = Filing(**{**given, **changed})
    return register(cast.education, filing, by=desk.case, at=at(filing.received_on))


def decided(case: RemedyCase, ruling: str, desk: Officers, *, on: date, **given: Any) -> RemedyCase:
    """The same, with its decision."""
    decide(case, ruling, on=on, by=desk.case, at=at(on), **given)
    case.refresh_from_db()
    return case

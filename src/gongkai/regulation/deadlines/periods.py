"""The periods of the law that govern an application received on a day, read once for each day.

Source: ogi-2008 art. 24; ogi-2019 art. 30, 32, 33, 34.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gongkai.regulation.law import Law, LawMissing, law_on


@dataclass(frozen=True, slots=True)
class Periods:
    """Lengths in working days. None where the law of that day sets none, as before 2019-05-15 for all but the reply."""

    reply: int
    extension_limit: int
    correction_notice: int | None
    third_party_opinion: int | None
    agency_opinion: int | None


@lru_cache(maxsize=8192)
def periods_on(day: date) -> Periods:
    """The periods that govern an application received on a day.

    Errors: LawMissing before 2008-05-01, when there was no regulation.
    >>> periods_on(date(2019, 5, 14)).reply, periods_on(date(2019, 5, 15)).reply
    (15, 20)
    """
    law = law_on(day)
    return Periods(
        reply=law.parameter("reply_period", int).value,
        extension_limit=law.parameter("extension_limit", int).value,
        correction_notice=_where_there_is_one(law, "correction_notice_period"),
        third_party_opinion=_where_there_is_one(law, "third_party_opinion_period"),
        agency_opinion=_where_there_is_one(law, "agency_opinion_period"),
    )


@lru_cache(maxsize=8192)
def fee_payment_period_on(day: date) -> int | None:
    """How many working days an applicant has to pay after a fee notice of that day; None while no fee could be asked.

    Source: fee-measure-2020 art. 6.
    >>> fee_payment_period_on(date(2020, 12, 31)), fee_payment_period_on(date(2021, 1, 1))
    (None, 20)
    """
    return _where_there_is_one(law_on(day), "fee_payment_period")


def _where_there_is_one(law: Law, key: str) -> int | None:
    try:
        return law.parameter(key, int).value
    except LawMissing:
        return None

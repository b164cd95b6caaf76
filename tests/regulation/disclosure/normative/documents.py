"""Normative documents for tests: one that went the whole way, and changed copies of it."""

from dataclasses import replace
from datetime import date

from gongkai.regulation.disclosure.normative import (
    CollectivelyDecided,
    CommentHeld,
    Drafted,
    Filed,
    Interpreted,
    LegalityReviewed,
    NormativeDocument,
    NormativeEvent,
    Numbered,
    Published,
    Signed,
)

MADE: tuple[NormativeEvent, ...] = (
    Drafted(date(2020, 12, 1)),
    CommentHeld(date(2020, 12, 7), date(2020, 12, 20)),
    LegalityReviewed(date(2021, 1, 11), "青溪县司法局", passed=True),
    CollectivelyDecided(date(2021, 1, 18), "县政府第3次常务会议"),
    Signed(date(2021, 1, 20)),
    Numbered(date(2021, 1, 20), "青政〔2021〕2号", "QXGF-2021-001"),
    Published(date(2021, 1, 25), effective_on=date(2021, 3, 1), expires_on=date(2026, 2, 28)),
    Interpreted(date(2021, 1, 25)),
    Filed(date(2021, 2, 1), "池州市人民政府"),
)
DOCUMENT = NormativeDocument("gf-1", "青溪县农村公路养护管理办法", MADE)


def with_events(*events: NormativeEvent) -> NormativeDocument:
    return replace(DOCUMENT, events=(*MADE, *events))


def without(*kinds: type[NormativeEvent]) -> NormativeDocument:
    return replace(DOCUMENT, events=tuple(event for event in MADE if not isinstance(event, kinds)))


def with_published(published: Published, title: str = DOCUMENT.title) -> NormativeDocument:
    events = (*(event for event in MADE if not isinstance(event, Published)), published)
    return replace(DOCUMENT, title=title, events=events)

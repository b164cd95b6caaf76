"""Records of reviews for tests: events written in a line each, and the standing cast of the office."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from gongkai.regulation.review import (
    Delegated,
    Edited,
    Passed,
    Published,
    Returned,
    ReviewEvent,
    ReviewRecord,
    SecrecyReviewed,
    Submitted,
    Withdrawn,
)

AUTHOR, FIRST, SECOND, FINAL, OFFICER, OUTSIDER = "张起草", "李初审", "王复审", "赵终审", "周保密", "钱外人"
CHINA = timezone(timedelta(hours=8))
EVENTS = {
    "edited": Edited,
    "submitted": Submitted,
    "secrecy_reviewed": SecrecyReviewed,
    "passed": Passed,
    "returned": Returned,
    "withdrawn": Withdrawn,
    "delegated": Delegated,
    "published": Published,
}


def event_of(entry: dict[str, Any]) -> ReviewEvent:
    """An event from a table of a case file; `at` may be a mere day."""
    fields = {name: value for name, value in entry.items() if name != "event"}
    at = fields["at"]
    fields["at"] = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, 9, tzinfo=CHINA)
    return EVENTS[entry["event"]](**fields)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2024, 4, day, hour, tzinfo=CHINA)


def record_of(*events: ReviewEvent) -> ReviewRecord:
    return ReviewRecord(events)


DAY = date(2024, 4, 12)
DRAFTED = Edited(AUTHOR, at(8), "a1")
SUBMITTED = Submitted(AUTHOR, at(8, 10), "a1")
CLEARED = SecrecyReviewed(OFFICER, at(8, 11), "a1", "对照国家秘密事项范围", "may_disclose")
IN_REVIEW = (DRAFTED, SUBMITTED, CLEARED)
THREE_PASSES = (
    Passed("first", FIRST, at(9), "a1"),
    Passed("second", SECOND, at(10), "a1"),
    Passed("final", FINAL, at(11), "a1"),
)
APPROVED = (*IN_REVIEW, *THREE_PASSES)

"""Three reviews and the secrecy review of an item: who may act, what stands, what is void. See README.md in this room."""

from gongkai.regulation.review.events import (
    STEPS,
    VERBS,
    Delegated,
    Edited,
    Passed,
    Published,
    Returned,
    ReviewEvent,
    ReviewRecord,
    SecrecyReviewed,
    Step,
    Submitted,
    Verb,
    Withdrawn,
)
from gongkai.regulation.review.progress import StandingPass, VoidPass
from gongkai.regulation.review.refusals import why_not
from gongkai.regulation.review.standing import Standing, review_standing
from gongkai.regulation.review.words import advice, message

__all__ = [
    "STEPS",
    "VERBS",
    "Delegated",
    "Edited",
    "Passed",
    "Published",
    "Returned",
    "ReviewEvent",
    "ReviewRecord",
    "SecrecyReviewed",
    "Standing",
    "StandingPass",
    "Step",
    "Submitted",
    "Verb",
    "VoidPass",
    "Withdrawn",
    "advice",
    "message",
    "review_standing",
    "why_not",
]

"""The life of an application: events in, where it stands out; and the outcomes it can end with."""

from gongkai.regulation.application.case import State
from gongkai.regulation.application.deciding import Choice, Question, all_questions, asked
from gongkai.regulation.application.events import (
    EVENTS,
    KINDS,
    Confirmed,
    ConsultationAnswered,
    ConsultationSent,
    CorrectionReceived,
    CorrectionRequested,
    Event,
    Extended,
    FeeNotified,
    FeePaid,
    Party,
    Reopened,
    Replied,
    Submitted,
    Withdrawn,
)
from gongkai.regulation.application.outcomes import Outcome, outcome, outcomes
from gongkai.regulation.application.reading import HistoryBroken
from gongkai.regulation.application.standing import Standing, Step, standing
from gongkai.regulation.application.verbs import VERBS, Verb
from gongkai.regulation.application.wording import advice, message, why_step
from gongkai.regulation.application.words import name

__all__ = [
    "EVENTS",
    "KINDS",
    "VERBS",
    "Choice",
    "Confirmed",
    "ConsultationAnswered",
    "ConsultationSent",
    "CorrectionReceived",
    "CorrectionRequested",
    "Event",
    "Extended",
    "FeeNotified",
    "FeePaid",
    "HistoryBroken",
    "Outcome",
    "Party",
    "Question",
    "Reopened",
    "Replied",
    "Standing",
    "State",
    "Step",
    "Submitted",
    "Verb",
    "Withdrawn",
    "advice",
    "all_questions",
    "asked",
    "message",
    "name",
    "outcome",
    "outcomes",
    "standing",
    "why_step",
]

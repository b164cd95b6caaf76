"""What the room stores."""

from gongkai.office.casework.models.applications import (
    Application,
    ApplicationEvent,
    ApplicationFile,
    ApplicationSequence,
    Consultation,
    DayPassed,
    Decision,
    EventText,
    Intake,
    RequestMark,
    SearchRecord,
)
from gongkai.office.casework.models.drafts import ApplicationDraft, DraftFile
from gongkai.office.casework.models.followed import Followed
from gongkai.office.casework.models.replies import (
    Delivery,
    Letter,
    LetterSequence,
    LetterSettings,
    LetterStep,
    Redaction,
)

__all__ = [
    "Application",
    "ApplicationDraft",
    "ApplicationEvent",
    "ApplicationFile",
    "ApplicationSequence",
    "Consultation",
    "DayPassed",
    "Decision",
    "Delivery",
    "DraftFile",
    "EventText",
    "Followed",
    "Intake",
    "Letter",
    "LetterSequence",
    "LetterSettings",
    "LetterStep",
    "Redaction",
    "RequestMark",
    "SearchRecord",
]

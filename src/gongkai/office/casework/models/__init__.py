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

__all__ = [
    "Application",
    "ApplicationEvent",
    "ApplicationFile",
    "ApplicationSequence",
    "Consultation",
    "DayPassed",
    "Decision",
    "EventText",
    "Intake",
    "RequestMark",
    "SearchRecord",
]

"""What this room keeps: interpretations, responses, press conferences, consultations with their opinions, messages."""

from gongkai.office.engagement.models.consultations import Consultation, Opinion
from gongkai.office.engagement.models.messages import Message, MessagePromise
from gongkai.office.engagement.models.publications import (
    ExcellentSelection,
    Interpretation,
    PressConference,
    Response,
)

__all__ = [
    "Consultation",
    "ExcellentSelection",
    "Interpretation",
    "Message",
    "MessagePromise",
    "Opinion",
    "PressConference",
    "Response",
]

"""Explaining and answering: when a response, an answer or the result of a consultation is due, and what an interpretation says."""

from gongkai.regulation.engagement.consultation import (
    KINDS,
    ConsultationState,
    consultation_state,
    earliest_close,
    result_due,
)
from gongkai.regulation.engagement.interpretation import ELEMENTS, FORMS, missing_elements
from gongkai.regulation.engagement.message import MessageClocks, answer_periods, message_clocks
from gongkai.regulation.engagement.response import GRAVITIES, response_due

__all__ = [
    "ELEMENTS",
    "FORMS",
    "GRAVITIES",
    "KINDS",
    "ConsultationState",
    "MessageClocks",
    "answer_periods",
    "consultation_state",
    "earliest_close",
    "message_clocks",
    "missing_elements",
    "response_due",
    "result_due",
]

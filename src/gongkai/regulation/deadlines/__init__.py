"""From dated events to due dates: receipt by channel, periods that pause, and every due date with its derivation."""

from gongkai.regulation.deadlines.clock import Clock, CountedDay, Pause
from gongkai.regulation.deadlines.due import (
    DueDate,
    agency_opinion_due,
    appeal_answer_due,
    correction_notice_due,
    decision_consultation_until,
    fee_payment_due,
    lawsuit_after_reconsideration_due,
    lawsuit_answer_due,
    lawsuit_due,
    publication_due,
    reconsideration_answer_due,
    reconsideration_due,
    reply_due,
    retrial_opinion_due,
    third_party_opinion_due,
)
from gongkai.regulation.deadlines.periods import Periods, fee_payment_period_on, periods_on
from gongkai.regulation.deadlines.receipt import (
    CHANNELS,
    SAME_DAY_CONFIRMATION,
    Channel,
    needs_confirmation,
    receipt_on,
)
from gongkai.regulation.deadlines.wording import why

__all__ = [
    "CHANNELS",
    "SAME_DAY_CONFIRMATION",
    "Channel",
    "Clock",
    "CountedDay",
    "DueDate",
    "Pause",
    "Periods",
    "agency_opinion_due",
    "appeal_answer_due",
    "correction_notice_due",
    "decision_consultation_until",
    "fee_payment_due",
    "fee_payment_period_on",
    "lawsuit_after_reconsideration_due",
    "lawsuit_answer_due",
    "lawsuit_due",
    "needs_confirmation",
    "periods_on",
    "publication_due",
    "receipt_on",
    "reconsideration_answer_due",
    "reconsideration_due",
    "reply_due",
    "retrial_opinion_due",
    "third_party_opinion_due",
    "why",
]

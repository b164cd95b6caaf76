"""What may be done with notices: one verb, one function."""

from gongkai.office.notices.actions.delivering import deliver_due
from gongkai.office.notices.actions.handing import hand_over, pick_up, record_return, record_signature
from gongkai.office.notices.actions.reminding import (
    is_done,
    is_named,
    most_urgent,
    note_done,
    remind,
    reminding_day,
    time_left,
)
from gongkai.office.notices.actions.sending import LETTER, Notice, Unsendable, send
from gongkai.office.notices.actions.settling import cancel, hear, record_bounce, resend, settle

__all__ = [
    "LETTER",
    "Notice",
    "Unsendable",
    "cancel",
    "deliver_due",
    "hand_over",
    "hear",
    "is_done",
    "is_named",
    "most_urgent",
    "note_done",
    "pick_up",
    "record_bounce",
    "record_return",
    "record_signature",
    "remind",
    "reminding_day",
    "resend",
    "send",
    "settle",
    "time_left",
]

"""What may be done with applications: one verb, one file. Every path (screen, public form, clock) comes through here."""

from gongkai.office.casework.actions.archive import archive
from gongkai.office.casework.actions.assign import assign
from gongkai.office.casework.actions.confirm import confirm
from gongkai.office.casework.actions.consult import answer_consultation, consult
from gongkai.office.casework.actions.correct import receive_correction, request_correction
from gongkai.office.casework.actions.decide import Deciding, decide
from gongkai.office.casework.actions.disclose import disclose
from gongkai.office.casework.actions.explain import receive_reason, request_reason
from gongkai.office.casework.actions.extend import extend
from gongkai.office.casework.actions.fees import fee_of, notify_fee, record_payment
from gongkai.office.casework.actions.follow import add, follow, unfollow
from gongkai.office.casework.actions.mend import note, strike, void
from gongkai.office.casework.actions.pass_day import pass_day
from gongkai.office.casework.actions.receive import Receipt, Upload, receive
from gongkai.office.casework.actions.record_reply import record_reply
from gongkai.office.casework.actions.relate import Part, link_duplicate, merge, split
from gongkai.office.casework.actions.remind import remind
from gongkai.office.casework.actions.reopen import reopen
from gongkai.office.casework.actions.search import record_search
from gongkai.office.casework.actions.set_intake import set_intake
from gongkai.office.casework.actions.set_letter_settings import set_letter_settings
from gongkai.office.casework.actions.withdraw import withdraw

__all__ = [
    "Deciding",
    "Part",
    "Receipt",
    "Upload",
    "add",
    "answer_consultation",
    "archive",
    "assign",
    "confirm",
    "consult",
    "decide",
    "disclose",
    "extend",
    "fee_of",
    "follow",
    "link_duplicate",
    "merge",
    "note",
    "notify_fee",
    "pass_day",
    "receive",
    "receive_correction",
    "receive_reason",
    "record_payment",
    "record_reply",
    "record_search",
    "remind",
    "reopen",
    "request_correction",
    "request_reason",
    "set_intake",
    "set_letter_settings",
    "split",
    "strike",
    "unfollow",
    "void",
    "withdraw",
]

"""What may be done with normative documents: one file a verb or two."""

from gongkai.office.normative.actions.cleaning import close_round, decide, open_round
from gongkai.office.normative.actions.following import catch_up, follow, pass_day
from gongkai.office.normative.actions.numbering import number
from gongkai.office.normative.actions.recording import enter_publication, record_effect, record_step, strike
from gongkai.office.normative.actions.registering import describe, link, register

__all__ = [
    "catch_up",
    "close_round",
    "decide",
    "describe",
    "enter_publication",
    "follow",
    "link",
    "number",
    "open_round",
    "pass_day",
    "record_effect",
    "record_step",
    "register",
    "strike",
]

"""What may be done with annual reports: one verb, one function."""

from gongkai.office.reporting.actions.collecting import collect, lock, reopen
from gongkai.office.reporting.actions.contributions import answer, ask, return_answer
from gongkai.office.reporting.actions.handing import hand_in, hand_over, send_back
from gongkai.office.reporting.actions.judging import judge
from gongkai.office.reporting.actions.opening import open_year
from gongkai.office.reporting.actions.rescheduling import change_days
from gongkai.office.reporting.actions.writing import confirm, draft, edit, move, remove, write

__all__ = [
    "answer",
    "ask",
    "change_days",
    "collect",
    "confirm",
    "draft",
    "edit",
    "hand_in",
    "hand_over",
    "judge",
    "lock",
    "move",
    "open_year",
    "remove",
    "reopen",
    "return_answer",
    "send_back",
    "write",
]

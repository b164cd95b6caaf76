"""Who may do what with the annual reports of an agency: by appointment, never by being a superuser."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.office.accounts.duties import Duties
from gongkai.office.accounts.models import Role, User
from gongkai.office.organs.models import Organ
from gongkai.office.reporting.models import ReceivedReport, SettledReport

WRITERS = (Role.EDITOR, Role.DISCLOSURE_OFFICER)
"""Who makes an agency's report."""
_OFFICE = (Role.DISCLOSURE_OFFICER,)
DUTIES = Duties(
    {
        "see": ((*WRITERS, Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER), "查看年度报告"),
        "open_year": (_OFFICE, "开启年度报告"),
        "change_days": (_OFFICE, "调整年度报告的期限"),
        "collect": (WRITERS, "统计年度报告的数据"),
        "lock": (_OFFICE, "锁定年度报告的数据"),
        "ask": (_OFFICE, "向各机关布置报送数据"),
        "answer": (WRITERS, "报送数据"),
        "return_answer": (_OFFICE, "退回报送的数据"),
        "write": (WRITERS, "编写年度报告的文字"),
        "judge": (WRITERS, "说明核对发现的问题"),
        "hand_in": (WRITERS, "定稿报送年度报告"),
        "send_back": (_OFFICE, "退回年度报告"),
        "hand_over": (_OFFICE, "把年度报告交付发布"),
        "reopen": (_OFFICE, "启动年度报告的更正"),
        "supervise": (_OFFICE, "查看监督保障台账"),
        "receive": (_OFFICE, "接收、更正、审核年度报告"),
    }
)
why_not, require, nowhere = DUTIES.why_not, DUTIES.require, DUTIES.nowhere
within, may_anywhere = DUTIES.within, DUTIES.may_anywhere


def organs(by: User, verb: str, *, on: date) -> QuerySet[Organ]:
    """The agencies for which somebody may do something: the choices of a form."""
    return DUTIES.organs(by, verb, on=on).order_by("position", "path")


def settled(by: User, *, on: date) -> QuerySet[SettledReport]:
    """The reports that count and that somebody may see: the public ones, and those `received` shows, or of the same agencies."""
    mine = within(by, "receive", on=on) | within(by, "receive", on=on, organ_field="received__receiver")
    return SettledReport.objects.filter(Q(is_public=True) | mine)


def received(by: User, *, on: date) -> QuerySet[ReceivedReport]:
    """The reports of others that somebody may see: handed to the agencies they work for, or of these agencies themselves."""
    mine = within(by, "receive", on=on, organ_field="receiver") | within(by, "receive", on=on)
    return ReceivedReport.objects.filter(mine).defer("source")

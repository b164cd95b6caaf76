"""What the staff's screens show: lists by days left, arrears by agency, bottlenecks by step, the calendar of due days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.queries import appointments, holders
from gongkai.office.casework import policy
from gongkai.office.casework.kinds import State
from gongkai.office.casework.models import Application
from gongkai.office.casework.models.applications import OPEN
from gongkai.office.casework.standing import calendar
from gongkai.office.organs.models import Organ

SOON = 5
"""Working days before the due date from which a case is urgent."""
FILTERS = {
    "open": "在办",
    "mine": "我经办的",
    "unassigned": "待交办",
    "unconfirmed": "待双方确认",
    "soon": "即将到期",
    "overdue": "已经逾期",
    "waiting": "等待中",
    "to_approve": "待审签",
    "closed": "已办结",
    "to_archive": "待归档",
    "all": "全部",
}


def sees_any(by: User, *, on: date) -> bool:
    """Whether somebody has cases to look at: asked for the menu of every page, and no agency is read for it."""
    return policy.sees_any(by, on=on)


def reach(by: User, *, on: date) -> list[int]:
    """The agencies whose cases somebody sees."""
    return list(policy.organs(by, "see", on=on).values_list("pk", flat=True))


def listed(by: User, chosen: str, *, on: date) -> QuerySet[Application]:
    """The cases of a list: open ones with the nearest due date first, those without one after them; others newest first."""
    rows = Application.objects.filter(organ__in=reach(by, on=on)).select_related("organ", "officer")
    if chosen == "to_archive":
        return rows.filter(closed_on__isnull=False, archived_on=None).exclude(state=State.VOIDED).order_by("-pk")
    if chosen in ("closed", "all"):
        # By the primary key, newest first: read off the table from its end, whatever its size.
        return (rows.exclude(closed_on=None) if chosen == "closed" else rows).order_by("-pk")
    rows = rows.filter(OPEN, chosen_cases(by, chosen, on=on))
    return rows.order_by(F("due_on").asc(nulls_last=True), "alarm_on", "pk")


def chosen_cases(by: User, chosen: str, *, on: date) -> Q:
    """The filter of a list of open cases. Errors: KeyError for a list there is none of."""
    return {
        "open": Q(),
        "mine": Q(officer=by),
        "unassigned": Q(officer=None),
        "unconfirmed": Q(state=State.REGISTERED),
        "soon": Q(due_on__gte=on, due_on__lte=calendar().add(on, SOON)),
        "overdue": Q(due_on__lt=on),
        "waiting": Q(due_on=None) & ~Q(state=State.REGISTERED),
        "to_approve": ~Q(decided_outcome=""),
    }[chosen]


def with_number(rows: QuerySet[Application], text: str) -> QuerySet[Application]:
    """Those whose number or summary holds some words."""
    for word in text.split():
        rows = rows.filter(Q(number__icontains=word) | Q(summary__icontains=word))
    return rows


def concerned(organ: Organ, officer: User | None, *, on: date) -> list[User]:
    """Who is reminded of what is due in a case: its officer (all of the agency, while there is none), who approves, and
    the disclosure office."""
    handling = [officer] if officer is not None and officer.is_active else holders([Role.CASE_OFFICER], organ, on=on)
    overseeing = holders([Role.CASE_APPROVER, Role.DISCLOSURE_OFFICER], organ, on=on)
    return list({person.pk: person for person in (*handling, *overseeing)}.values())


@dataclass(frozen=True, slots=True)
class Arrears:
    """How an agency stands with its open cases."""

    organ: Organ
    open: int
    overdue: int
    soon: int
    unconfirmed: int
    unassigned: int


def arrears(organs: Collection[int], *, on: date) -> list[Arrears]:
    """The open cases of each agency, those most behind first."""
    urgent = calendar().add(on, SOON)
    counted = (
        Application.objects.filter(OPEN, organ__in=list(organs))
        .values("organ")
        .annotate(
            open=Count("pk"),
            overdue=Count("pk", filter=Q(due_on__lt=on)),
            soon=Count("pk", filter=Q(due_on__gte=on, due_on__lte=urgent)),
            unconfirmed=Count("pk", filter=Q(state=State.REGISTERED, alarm_on__lt=on)),
            unassigned=Count("pk", filter=Q(officer=None)),
        )
        .order_by()
    )
    named = Organ.objects.in_bulk([row["organ"] for row in counted])
    found = [
        Arrears(named[row["organ"]], row["open"], row["overdue"], row["soon"], row["unconfirmed"], row["unassigned"])
        for row in counted
    ]
    return sorted(found, key=lambda each: (-each.overdue, -each.soon, each.organ.path))


@dataclass(frozen=True, slots=True)
class Step:
    """A step at which open cases stand: how many, how many of them overdue, and since when the oldest is there."""

    state: str
    label: str
    count: int
    overdue: int
    oldest: date | None


def bottlenecks(organs: Collection[int], *, on: date) -> list[Step]:
    """Where the open cases stand, in the order a case goes through."""
    counted = {
        row["state"]: row
        for row in Application.objects.filter(OPEN, organ__in=list(organs))
        .values("state")
        .annotate(count=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=on)), oldest=Min("submitted_on"))
        .order_by()
    }
    return [
        Step(state.value, state.label, row["count"], row["overdue"], row["oldest"])
        for state in State
        if (row := counted.get(state.value))
    ]


@dataclass(slots=True)
class DueDay:
    """A day of the calendar: the cases due on it and those whose wait ends on it, the first few of each, and how many."""

    due: list[Application] = field(default_factory=list)
    waits: list[Application] = field(default_factory=list)
    more: int = 0


A_DAY_SHOWS = 5


def due_days(organs: Collection[int], *, first: date, last: date) -> dict[date, DueDay]:
    """What falls on the days of a period. A busy county's day is named by its first cases and the number of the others."""
    days: defaultdict[date, DueDay] = defaultdict(DueDay)
    rows = Application.objects.filter(OPEN, organ__in=list(organs)).order_by()
    for column in ("due_on", "waiting_until"):
        within = rows.filter(**{f"{column}__range": (first, last)})
        for day, number in within.values_list(column).annotate(number=Count("pk")):
            days[day].more += max(0, number - A_DAY_SHOWS)
        place = Window(RowNumber(), partition_by=F(column), order_by=F("pk").asc())
        few = within.annotate(place=place).filter(place__lte=A_DAY_SHOWS).order_by("pk")
        for each in few.only("number", "summary", column):
            shown = days[getattr(each, column)]
            (shown.due if column == "due_on" else shown.waits).append(each)
    return dict(days)


def days_left(application: Application, *, on: date) -> int | None:
    """Working days to the due date: 0 on the last day, negative once it is past; None without one."""
    return calendar().count(on, application.due_on) if application.due_on and not application.closed_on else None


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list: how long it has, in words and as the colour that goes with them."""

    case: Application
    words: str
    colour: str


def row(application: Application, *, on: date) -> Row:
    """A line of a list."""
    if application.closed_on is not None:
        return Row(application, f"{application.closed_on}办结", "")
    left = days_left(application, on=on)
    if left is None:
        if application.receipt_on is None:
            is_late = bool(application.alarm_on and on > application.alarm_on)
            return Row(application, "请尽快与申请人确认" if is_late else "待双方确认", "bad" if is_late else "warn")
        until = f"到{application.waiting_until}" if application.waiting_until else ""
        return Row(application, f"期限停止{until}", "open")
    if left < 0:
        return Row(application, f"逾期{-left}个工作日", "bad")
    if left == 0:
        return Row(application, "今天到期", "bad")
    return Row(application, f"还有{left}个工作日", "warn" if left <= SOON else "open")


@dataclass(frozen=True, slots=True)
class CaseBoard:
    """Cases that ask something of somebody; `key` names the list that holds all of them."""

    key: str
    title: str
    rows: Sequence[Row]
    count: int


def boards(by: User, *, on: date, shown: int) -> list[CaseBoard]:
    """What somebody should look at first: the own cases, what waits for a signature, what is behind."""
    titles: dict[str, str] = {}
    if appointments(by, [Role.CASE_OFFICER], on=on):
        titles |= {"mine": "我经办的申请", "unconfirmed": "等待双方确认的申请"}
    if appointments(by, [Role.CASE_APPROVER], on=on):
        titles |= {"to_approve": "已拟定结果的申请"}
    if appointments(by, [Role.CASE_APPROVER, Role.DISCLOSURE_OFFICER], on=on):
        titles |= {"unassigned": "等待交办的申请", "overdue": "逾期没有答复的申请", "soon": "即将到期的申请"}
    made = []
    for key, title in titles.items():
        rows = listed(by, key, on=on)
        if count := rows.count():
            made.append(CaseBoard(key, title, [row(each, on=on) for each in rows[:shown]], count))
    return made

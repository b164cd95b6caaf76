"""What may be asked about remedies: lists, what is due, the counts of the annual form's fourth table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from gongkai.office.accounts.models import User
from gongkai.office.remedies import policy
from gongkai.office.remedies.kinds import COLUMNS, PENDING, Instance, Result, Route
from gongkai.office.remedies.models import OPEN, RemedyCase
from gongkai.regulation.deadlines import lawsuit_after_reconsideration_due, lawsuit_due, reconsideration_due
from gongkai.regulation.letters import kind_of, reconsideration_comes_first
from gongkai.regulation.tally import Counted, Measure, Tally
from gongkai.regulation.workdays import provisional_workdays

KIND = "remedies.case"
SOON = 5
"""Working days before the end of its time from which an answer is urgent."""
_RULES = {
    "upheld": "期间内审结、决定或者裁判维持原行为的案件，按收到决定书、裁判文书之日计；上诉的以最后的裁判为准。",
    "corrected": "期间内审结、决定或者裁判全部或者部分纠正原行为（撤销、变更、确认违法、责令履行等）的案件。",
    "other_result": "期间内审结、没有对实体作出判断（驳回申请或者起诉、撤回、终止等）的案件。",
    PENDING: "期末还没有审结的案件，不论哪一年收到；上诉没有审结的也在内。",
}


def cases_for(by: User, *, on: date) -> QuerySet[RemedyCase]:
    """The cases of the agencies somebody works for, newest first."""
    return RemedyCase.objects.filter(policy.within(by, on=on)).select_related("organ", "application")


def sees_any(by: User, *, on: date) -> bool:
    """Whether somebody has a register of remedies to look at."""
    return policy.sees_any(by, on=on)


def unanswered() -> QuerySet[RemedyCase]:
    """Open cases in which the agency owes an answer to the instance they are before, and none is on record."""
    return RemedyCase.objects.filter(OPEN, answered_on=None, answer_due_on__isnull=False)


def answers_due(by: User, *, on: date) -> QuerySet[RemedyCase]:
    """Open cases that have not been answered, the most urgent first."""
    rows = unanswered().filter(policy.within(by, on=on)).select_related("organ", "application")
    return rows.order_by("answer_due_on", "pk")


def answer_named(case: RemedyCase) -> str:
    """What the answer's time is called on its route and before its instance."""
    return _NAMED[case.instance]


_NAMED = {
    "": "行政复议答复期限",
    Instance.FIRST: "行政诉讼答辩期限",
    Instance.SECOND: "行政诉讼二审答辩期限",
    Instance.RETRIAL: "行政诉讼再审书面意见期限",
}


def by_what_is_due(rows: QuerySet[RemedyCase]) -> QuerySet[RemedyCase]:
    """Those whose answer is owed first, the most urgent at the top; then those that wait for others."""
    return rows.order_by(F("answered_on").asc(nulls_first=True), F("answer_due_on").asc(nulls_last=True), "pk")


def answer_days(by: User, *, first: date, last: date, on: date) -> dict[date, list[RemedyCase]]:
    """The days of a period on which answers are due, each with its cases: what the calendar shows of this room."""
    days: dict[date, list[RemedyCase]] = {}
    for case in answers_due(by, on=on).filter(answer_due_on__range=(first, last)):
        assert case.answer_due_on is not None
        days.setdefault(case.answer_due_on, []).append(case)
    return days


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is due: how long there is, in words and as the colour that goes with them."""

    case: RemedyCase
    words: str
    colour: str


def answers(by: User, *, on: date, shown: int) -> tuple[list[Answer], int]:
    """The first answers somebody has to see to, the most urgent first, and how many there are in all."""
    rows = answers_due(by, on=on)
    return [Answer(case, *_how_long(case, on)) for case in rows[:shown]], rows.count()


def _how_long(case: RemedyCase, on: date) -> tuple[str, str]:
    assert case.answer_due_on is not None
    left = provisional_workdays().count(on, case.answer_due_on)
    if left < 0:
        return f"逾期{-left}个工作日", "bad"
    if left == 0:
        return "今天到期", "bad"
    return f"还有{left}个工作日", "warn" if left <= SOON else "open"


def tally(organs: Collection[int], first: date, last: date, edition: str) -> list[Tally]:
    """The twelve counted cells of the fourth table for these agencies (primary keys); its totals are computed.

    Both editions of the form have the same fifteen cells. Errors: KeyError for another edition.
    """
    if edition not in ("2019", "2021"):
        raise KeyError(edition)
    found: dict[str, list[int]] = {_key(route, column): [] for route in Route.values for column in COLUMNS}
    cases = RemedyCase.objects.filter(organ__in=organs, received_on__lte=last)
    live = cases.filter(Q(concluded_on=None) | Q(concluded_on__gte=first))
    for pk, route, result, concluded_on in live.order_by("pk").values_list("pk", "route", "result", "concluded_on"):
        column = result if concluded_on is not None and concluded_on <= last else PENDING
        found[_key(route, column)].append(pk)
    return [
        Tally(measure(edition, route, column), len(found[_key(route, column)]), tuple(found[_key(route, column)]))
        for route in Route.values
        for column in COLUMNS
    ]


def measure(edition: str, route: str, column: str) -> Measure:
    """What a cell counts."""
    return Measure(
        key=_key(route, column),
        label=f"{Route(route).label}·{COLUMNS[column]}",
        unit="件",
        rule=_RULES[column],
        kind=KIND,
        source=f"report-form-{edition}#form",
    )


def counted(kind: str, ids: Sequence[int]) -> list[Counted]:
    """The cases behind a count, in the order of the ids; nothing of who went to law.

    Errors: KeyError for a kind this room doesn't count.
    """
    if kind != KIND:
        raise KeyError(kind)
    cases = RemedyCase.objects.select_related("organ").in_bulk(ids)
    return [
        Counted(
            id=pk,
            title=f"{cases[pk].reference}（{cases[pk].get_route_display()}）",
            on=cases[pk].concluded_on or cases[pk].received_on,
            organ=cases[pk].organ.name,
            staff_path=reverse("remedies_case", args=[pk]),
        )
        for pk in ids
        if pk in cases
    ]


def corrected_in(first: date, last: date) -> QuerySet[RemedyCase]:
    """The cases, whoever's they are, that ended from a day to a day with the act corrected: what the agency lost."""
    return RemedyCase.objects.filter(
        result=Result.CORRECTED, concluded_on__gte=first, concluded_on__lte=last
    ).order_by()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a filing that the answer may raise: it came late, or the wrong way."""

    message: str


def doubts(case: RemedyCase) -> list[Doubt]:
    """What the law lets the agency object to: a filing after its time, or a suit that had to go to reconsideration first.

    Source: reconsideration-2023 art. 20, 23-4; litigation-2014 art. 45, 46.
    """
    found = []
    if (late := _last_day(case)) and case.filed_on and case.filed_on > late:
        found.append(
            Doubt(f"{case.filed_on}提出，超过法定期限的最后一日{late}，可以主张超过期限（请核对实际送达的日期）。")
        )
    letter = case.letter
    is_refusal = letter is not None and letter.on and reconsideration_comes_first(kind_of(letter.kind), letter.on)
    if case.route == Route.LITIGATION_DIRECT and is_refusal:
        found.append(Doubt("不予公开的答复应当先申请行政复议（《行政复议法》第二十三条），可以主张不符合起诉条件。"))
    return found


def _last_day(case: RemedyCase) -> date | None:
    """The last day of the time to file, as far as the record says from when it ran."""
    days = provisional_workdays()
    if case.route == Route.LITIGATION_AFTER:
        decided = case.reconsideration.concluded_on if case.reconsideration else None
        return lawsuit_after_reconsideration_due(decided, days).on if decided else None
    delivery = case.letter.deliveries.filter(failed_at=None).last() if case.letter else None
    known = (delivery.received_on or delivery.on) if delivery else None
    if known is None:
        return None
    due = reconsideration_due if case.route == Route.RECONSIDERATION else lawsuit_due
    return due(known, days).on


def _key(route: str, column: str) -> str:
    return f"remedies.cases.{route}_{column}"

"""What is looked at in 周更新、月调度、季测评、年考评: each a measure with its rule, counted from a room's ledger.

Source: practice (the rhythm by which a county's disclosure office supervises; ogi-2019 art. 46).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, Protocol

from django.db.models import Count, QuerySet

from gongkai.office.casework import queries as casework
from gongkai.office.engagement import queries as engagement
from gongkai.office.normative import queries as normative
from gongkai.office.publishing import queries as publishing
from gongkai.office.remedies import queries as remedies
from gongkai.regulation.tally import Measure

Round = Literal["week", "month", "quarter", "year"]
ROUNDS: Mapping[Round, str] = {"week": "周更新", "month": "月调度", "quarter": "季测评", "year": "年考评"}
WEEK = "reporting.week"
"""The kind of the records behind a count of weeks: a week is known by the ordinal of its Monday."""


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of days that is looked at. What holds at its end is asked of the morning of `at`: of the day after, or of
    today while it runs.
    """

    key: str
    label: str
    first: date
    last: date
    at: date

    @property
    def is_over(self) -> bool:
        """Its last day has passed."""
        return self.at > self.last


class Watched(Protocol):
    """A figure of supervision, known by its name. `is_fault`: it should be 0."""

    @property
    def name(self) -> str: ...
    @property
    def measure(self) -> Measure: ...
    @property
    def is_fault(self) -> bool: ...

    def counts(self, term: Term, organs: Collection[int]) -> Mapping[int, int]:
        """How many of each agency; agencies with none may be left out."""

    def ids(self, term: Term, organs: Collection[int]) -> list[int]:
        """The records of these agencies, the last first."""

    def out_of(self, term: Term) -> int | None:
        """What the count is a part of, the same for every agency; None where it is none."""


@dataclass(frozen=True, slots=True)
class Records:
    """A count of rows of a room's ledger: one grouped look for all agencies."""

    name: str
    measure: Measure
    rows: Callable[[Term], QuerySet[Any]]
    is_fault: bool = False

    def counts(self, term: Term, organs: Collection[int]) -> Mapping[int, int]:
        found = self.rows(term).filter(organ__in=organs).order_by().values_list("organ")
        return dict(found.annotate(Count("pk", distinct=True)))

    def ids(self, term: Term, organs: Collection[int]) -> list[int]:
        return list(self.rows(term).filter(organ__in=organs).order_by("-pk").values_list("pk", flat=True))

    def out_of(self, term: Term) -> int | None:
        return None


@dataclass(frozen=True, slots=True)
class Weeks:
    """A count of the weeks in which something was published, or nothing was: a grouped look for each week of the term, or
    (`so_far`) of the year up to its end.
    """

    name: str
    measure: Measure
    updated: bool
    is_fault: bool = False
    so_far: bool = False

    def counts(self, term: Term, organs: Collection[int]) -> Mapping[int, int]:
        found = dict.fromkeys(organs, 0)
        for first, last in self._weeks(term):
            updated = set(_publishing(first, last, organs))
            for organ in organs:
                found[organ] += (organ in updated) is self.updated
        return found

    def ids(self, term: Term, organs: Collection[int]) -> list[int]:
        """The weeks in which any of the agencies published, or in which none did."""
        weeks = reversed(self._weeks(term))
        return [monday(first).toordinal() for first, last in weeks if self._is(first, last, organs)]

    def out_of(self, term: Term) -> int | None:
        return len(self._weeks(term))

    def _weeks(self, term: Term) -> list[tuple[date, date]]:
        return weeks_of(replace(term, first=date(term.last.year, 1, 1)) if self.so_far else term)

    def _is(self, first: date, last: date, organs: Collection[int]) -> bool:
        return bool(_publishing(first, last, organs)) is self.updated


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks_of(term: Term) -> list[tuple[date, date]]:
    """The first and last day of each week of a term: from Monday to Sunday, cut where the term begins and ends.

    A week that is not over is not counted as one without an update: it is left out until it is over.
    """
    found, first = [], term.first
    while first <= term.last:
        last = min(monday(first) + timedelta(days=6), term.last)
        if last < term.at:
            found.append((first, last))
        first = last + timedelta(days=1)
    return found


def _publishing(first: date, last: date, organs: Collection[int]) -> list[int]:
    rows = publishing.published_in(first, last).filter(organ__in=organs)
    return list(rows.order_by().values_list("organ", flat=True).distinct())


def _columns(term: Term) -> QuerySet[Any]:
    return publishing.columns_overdue_at(term.at) if term.is_over else publishing.overdue_columns(term.at)


def _unexplained(term: Term) -> QuerySet[Any]:
    return normative.disclosed_in(term.first, term.last).exclude(item__in=engagement.explained_items())


def _measure(label: str, unit: str, kind: str, rule: str) -> Measure:
    return Measure(f"supervision.{label}", label, unit, rule, kind)


_CASE, _MESSAGE = "casework.application", "engagement.message"
_DOCUMENT = "normative.document"

PUBLISHED = Records(
    "published",
    _measure("公开信息", "条", "publishing.item", "期内由本机关公开、现在仍然公开的信息，包括转载的。"),
    lambda term: publishing.published_in(term.first, term.last),
)
SILENT = Weeks(
    "silent_weeks",
    _measure("没有更新的周", "周", WEEK, "期内一条信息也没有公开的周。还没有过完的一周不计。"),
    updated=False,
    is_fault=True,
)
UPDATED_SO_FAR = Weeks(
    "updated_weeks_so_far",
    _measure("今年有更新的周", "周", WEEK, "从1月1日到这一周，公开了信息的周。还没有过完的一周不计。"),
    updated=True,
    so_far=True,
)
SILENT_SO_FAR = Weeks(
    "silent_weeks_so_far",
    _measure("今年没有更新的周", "周", WEEK, "从1月1日到这一周，一条信息也没有公开的周。"),
    updated=False,
    is_fault=True,
    so_far=True,
)
COLUMNS = Records(
    "columns_overdue",
    _measure(
        "超期栏目",
        "个",
        "publishing.column",
        "期末超过更新周期还没有更新的本机关栏目；期末还没有到的，按今天计。"
        "下级栏目的更新也算；停用的和说明了暂无更新原因的不计；已经过去的一期，当时还没有发布过信息的栏目不计。",
    ),
    _columns,
    is_fault=True,
)
RECEIVED = Records(
    "applications_received",
    _measure("新收申请", "件", _CASE, "期内收到的政府信息公开申请。"),
    lambda term: casework.received_in(term.first, term.last),
)
ANSWERED = Records(
    "applications_answered",
    _measure("办结申请", "件", _CASE, "期内答复或者办结的申请，口径与年度报告相同。"),
    lambda term: casework.answered_in(term.first, term.last),
)
LATE = Records(
    "applications_late",
    _measure("逾期答复", "件", _CASE, "期内答复或者办结的申请中，超过答复期限的。"),
    lambda term: casework.answered_late_in(term.first, term.last),
    is_fault=True,
)
OVERDUE = Records(
    "applications_overdue",
    _measure("逾期未办结", "件", _CASE,
        "期末已经过了答复期限还没有办结的申请；期末还没有到的，按今天计。等待补正、征求意见的时间不算在期限里。",
    ),
    lambda term: casework.overdue_at(term.at),
    is_fault=True,
)  # fmt: skip
MESSAGES_RECEIVED = Records(
    "messages_received",
    _measure("收到留言", "条", _MESSAGE, "期内收到的公众留言。"),
    lambda term: engagement.messages_received_in(term.first, term.last),
)
MESSAGES_ANSWERED = Records(
    "messages_answered",
    _measure("答复留言", "条", _MESSAGE, "期内答复的公众留言，不论什么时候收到。"),
    lambda term: engagement.messages_answered_in(term.first, term.last),
)
MESSAGES_LATE = Records(
    "messages_late",
    _measure("留言超期答复", "条", _MESSAGE, "期内答复的留言中，超过承诺期限的。"),
    lambda term: engagement.messages_answered_late_in(term.first, term.last),
    is_fault=True,
)
MESSAGES_OVERDUE = Records(
    "messages_overdue",
    _measure("留言逾期未答", "条", _MESSAGE,
        "期末已经过了承诺期限还没有答复也没有转出的留言；期末还没有到的，按今天计。",
    ),
    lambda term: engagement.messages_overdue_at(term.at),
    is_fault=True,
)  # fmt: skip
DISSATISFIED = Records(
    "messages_dissatisfied",
    _measure("对答复不满意", "条", _MESSAGE, "期内答复的留言中，来信人评价为不满意、很不满意的。"),
    lambda term: engagement.messages_dissatisfied_in(term.first, term.last),
    is_fault=True,
)
DISCLOSED = Records(
    "documents_disclosed",
    _measure("公布规范性文件", "件", _DOCUMENT, "期内首次向社会公布的规范性文件。"),
    lambda term: normative.disclosed_in(term.first, term.last),
)
UNEXPLAINED = Records(
    "documents_unexplained",
    _measure("没有解读的文件", "件", _DOCUMENT, "其中到现在还没有登记政策解读的。"),
    _unexplained,
    is_fault=True,
)
INTERPRETATIONS = Records(
    "interpretations",
    _measure("政策解读", "篇", "engagement.interpretation", "期内公开的政策解读。"),
    lambda term: engagement.interpretations_in(term.first, term.last),
)
RESPONSES = Records(
    "responses",
    _measure("回应关切", "条", "engagement.response", "期内对公众关切作出的回应。"),
    lambda term: engagement.responses_in(term.first, term.last),
)
RESULTS = Records(
    "results_overdue",
    _measure("征集结果逾期", "次", "engagement.consultation",
        "期末已经到了公布结果的期限还没有公布的意见征集；期末还没有到的，按今天计。",
    ),
    lambda term: engagement.results_overdue_at(term.at),
    is_fault=True,
)  # fmt: skip
CORRECTED = Records(
    "remedies_corrected",
    _measure("复议诉讼被纠正", "件", "remedies.case",
        "期内审结的政府信息公开行政复议、行政诉讼中，结果为纠正的。",
    ),
    lambda term: remedies.corrected_in(term.first, term.last),
    is_fault=True,
)  # fmt: skip

TABLES: Mapping[Round, tuple[Watched, ...]] = {
    "week": (PUBLISHED, UPDATED_SO_FAR, SILENT_SO_FAR, COLUMNS, OVERDUE, MESSAGES_OVERDUE),
    "month": (
        PUBLISHED, COLUMNS, RECEIVED, ANSWERED, OVERDUE, MESSAGES_RECEIVED, MESSAGES_ANSWERED, MESSAGES_OVERDUE,
    ),
    "quarter": (
        PUBLISHED, SILENT, COLUMNS, DISCLOSED, UNEXPLAINED, INTERPRETATIONS, RESPONSES, RESULTS, LATE, MESSAGES_LATE,
    ),
    "year": (
        PUBLISHED, SILENT, COLUMNS, DISCLOSED, UNEXPLAINED, INTERPRETATIONS, RESPONSES, RESULTS, ANSWERED, LATE,
        MESSAGES_ANSWERED, MESSAGES_LATE, DISSATISFIED, CORRECTED,
    ),
}  # fmt: skip
"""What each table shows, in its order."""
WATCHED: Mapping[str, Watched] = {each.name: each for table in TABLES.values() for each in table}

"""What casework gives to the annual report: the applications table, cell by cell, with the cases behind each number.

New ones by the day of receipt, results by the day of the reply or closing, those carried over and forward by whether they
were open at the turn of the year. A case is counted once as received and once as handled (decision 0016).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Aggregate, F, Q, QuerySet, TextField
from django.urls import reverse

from gongkai.office.casework.models import Application, ApplicationEvent
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.application import outcome
from gongkai.regulation.tally import Counted, Measure, Tally

KIND = "casework.application"
_TABLE = "applications"
_RULES = {
    "new_received": "统计年度内收到的申请，按收到之日（网上、传真申请为双方确认之日）计；作废的登记不计，补正后不重复计。",
    "carried_over": "上一年度收到、到上一年度12月31日还没有办结的申请。",
    "carried_forward": "到统计年度12月31日还没有办结的申请，包括等待补正、征求意见和缴费的。",
}
_RESULT_RULE = "统计年度内以这一结果答复或者办结的申请，按答复或者办结之日计；一件申请只计一种结果。"


_FEES = Measure(
    "processing_fees",
    "信息处理费",
    "元",
    "统计年度内实际收到的信息处理费，按缴费之日计；发了收费通知没有缴的不计。",
    KIND,
    "fee-measure-2020#7",
    is_sum=True,
)
_CHARGED = Measure(
    "charged_applications",
    "收取信息处理费的申请",
    "件",
    "统计年度内缴纳了信息处理费的申请，一件计1件。",
    KIND,
    "fee-measure-2020#7",
)


class _Ids(Aggregate):
    """The primary keys of a group, as text: one row a cell instead of one a case."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s::text, ',')", **extra)


def tally(organs: Collection[int], first: date, last: date, edition: str) -> list[Tally]:
    """The cells of the applications table for these agencies (primary keys) in a period, both days included.

    Cells nobody is counted in are left out; totals are the form's own sums and are added up where the report is compiled.
    """
    rows = Application.objects.filter(organ__in=list(organs)).order_by()
    cells: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    received = rows.filter(receipt_on__gte=first, receipt_on__lte=last)
    for column, ids in _grouped(received, "applicant_column"):
        cells["new_received", column] += ids
    for row, at in (("carried_over", first - timedelta(days=1)), ("carried_forward", last)):
        for column, ids in _grouped(rows.filter(open_at(at)), "applicant_column"):
            cells[row, column] += ids
    handled = rows.filter(counted_on__gte=first, counted_on__lte=last)
    for key, column, ids in _grouped(handled, "counted_outcome", "applicant_column"):
        cells[outcome(key).rows[edition], column] += ids
    measures = _measures(edition)
    cells_counted = [
        Tally(measures[row, column], len(ids), tuple(sorted(ids)))
        for (row, column), ids in sorted(cells.items())
        if ids
    ]
    return [*cells_counted, *_fees(organs, first, last)]


def _fees(organs: Collection[int], first: date, last: date) -> list[Tally]:
    """Information-processing fees that were paid in a period, and the cases they were paid for."""
    paid = ApplicationEvent.objects.filter(
        kind="fee_paid", on__gte=first, on__lte=last, struck_by=None, application__organ__in=list(organs)
    )
    amounts: defaultdict[int, int] = defaultdict(int)
    for application, detail in paid.order_by().values_list("application", "detail"):
        amounts[application] += detail["yuan"]
    ids = tuple(sorted(amounts))
    return [Tally(_FEES, sum(amounts.values()), ids), Tally(_CHARGED, len(ids), ids)]


def open_at(day: date) -> Q:
    """The cases that had come in and were not at an end when a day was over.

    At the end of a year they are read off a small index of the cases that crossed one.
    """
    is_open = Q(receipt_on__lte=day) & (Q(counted_on=None) | Q(counted_on__gt=day))
    return is_open & Q(crosses_years=True) if (day.month, day.day) == (12, 31) else is_open


def counted(kind: str, ids: Sequence[int]) -> list[Counted]:
    """The cases behind a count, in the order of the ids. Nothing in it tells who applied.

    Errors: KeyError for a kind this room doesn't count.
    """
    if kind != KIND:
        raise KeyError(kind)
    found: dict[int, Application] = {}
    for start in range(0, len(ids), 500):
        some = Application.objects.filter(pk__in=ids[start : start + 500]).select_related("organ")
        found |= some.only("number", "summary", "receipt_on", "counted_on", "organ__name").in_bulk()
    return [
        Counted(
            each.pk,
            f"{each.number} {each.summary}",
            each.counted_on or each.receipt_on,
            each.organ.name,
            reverse("casework_case", args=[each.pk]),
        )
        for each in (found[pk] for pk in ids if pk in found)
    ]


def _grouped(rows: QuerySet[Application], *names: str) -> Iterator[Any]:
    for *key, ids in rows.values_list(*names).annotate(ids=_Ids(F("pk"))):
        yield (*key, [int(each) for each in ids.split(",")])


def _measures(edition: str) -> dict[tuple[str, str], Measure]:
    table = next(table for table in form(edition).tables if table.key == _TABLE)
    return {
        (row.key, column.key): Measure(
            f"{_TABLE}.{row.key}.{column.key}",
            f"{row.short_label or row.label}（{column.label}）",
            "件",
            _RULES.get(row.key, _RESULT_RULE),
            KIND,
            f"report-form-{edition}#form",
        )
        for row in table.data_rows
        for column in table.columns
        if not row.computed and not column.computed
    }

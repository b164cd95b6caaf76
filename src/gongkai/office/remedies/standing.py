"""Where a remedy stands, worked out of its events; the one place that writes the derived columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from gongkai.office.remedies.kinds import APPEALS, RULINGS, Instance, Route
from gongkai.office.remedies.models import RemedyCase, RemedyEvent
from gongkai.regulation.deadlines import (
    DueDate,
    appeal_answer_due,
    lawsuit_answer_due,
    reconsideration_answer_due,
    retrial_opinion_due,
)
from gongkai.regulation.workdays import Workdays, provisional_workdays

DERIVED = (
    "instance",
    "answer_due_on",
    "answered_on",
    "ruling",
    "result",
    "concluded_on",
    "orders_again",
    "order_days",
)


def standing_events(case: RemedyCase) -> list[RemedyEvent]:
    """The events that no correction has taken back, by day and then as they were entered."""
    rows = list(case.events.all())
    struck = {row.strikes_id for row in rows if row.strikes_id}
    return sorted(
        (row for row in rows if row.pk not in struck and row.kind != "struck"), key=lambda row: (row.on, row.pk)
    )


def refresh(case: RemedyCase) -> None:
    """Work the derived columns out anew and write them; whoever adds an event calls this in its transaction."""
    _open(case, "" if case.route == Route.RECONSIDERATION else Instance.FIRST)
    _owe_answer(case, case.received_on)
    for event in standing_events(case):
        match event.kind:
            case "answered":
                case.answered_on = case.answered_on or event.on
            case "decided":
                ruling = RULINGS[event.detail["ruling"]]
                case.ruling, case.result, case.concluded_on = ruling.key, ruling.result, event.on
                case.orders_again = bool(event.detail.get("orders_again"))
                case.order_days = event.detail.get("order_days")
            case "appealed":
                appeal = APPEALS[event.detail.get("appeal", "appeal_by_claimant")]
                # Where both sides appeal it is one instance, and the agency answers the other side's paper.
                if case.concluded_on is not None or case.instance != appeal.instance:
                    _open(case, appeal.instance)
                if not appeal.by_agency:
                    _owe_answer(case, event.on)
    case.save(update_fields=list(DERIVED))


def _open(case: RemedyCase, instance: str) -> None:
    """A case before an instance that has said nothing yet; what an earlier one said no longer counts."""
    case.instance = instance
    case.answer_due_on = case.answered_on = case.concluded_on = case.order_days = None
    case.ruling, case.result, case.orders_again = "", "", False


_ANSWERS: Mapping[str, Callable[[date, Workdays], DueDate]] = {
    "": reconsideration_answer_due,
    Instance.FIRST: lawsuit_answer_due,
    Instance.SECOND: appeal_answer_due,
    Instance.RETRIAL: retrial_opinion_due,
}


def _owe_answer(case: RemedyCase, copy_received_on: date) -> None:
    """The agency has to answer a paper that arrived, if it has not to already."""
    if case.answer_due_on is None:
        case.answer_due_on = _ANSWERS[case.instance](copy_received_on, provisional_workdays()).on

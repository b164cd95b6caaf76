"""Where a remedy stands, worked out of its events; the one place that writes the derived columns."""

from __future__ import annotations

from gongkai.office.remedies.kinds import RULINGS, Route
from gongkai.office.remedies.models import RemedyCase, RemedyEvent
from gongkai.regulation.deadlines import lawsuit_answer_due, reconsideration_answer_due
from gongkai.regulation.workdays import provisional_workdays

DERIVED = (
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
    days = provisional_workdays()
    due = reconsideration_answer_due if case.route == Route.RECONSIDERATION else lawsuit_answer_due
    case.answer_due_on = due(case.received_on, days).on
    case.answered_on = case.concluded_on = case.order_days = None
    case.ruling, case.result, case.orders_again = "", "", False
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
                case.ruling, case.result, case.concluded_on = "", "", None
                case.orders_again, case.order_days = False, None
    case.save(update_fields=list(DERIVED))

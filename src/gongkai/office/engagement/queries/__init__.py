"""What may be asked of this room."""

from gongkai.office.engagement.queries.consultations import public_consultations
from gongkai.office.engagement.queries.counting import MEASURES, counted, tally
from gongkai.office.engagement.queries.messages import by_number, message_years, shown_messages, statistics, waiting
from gongkai.office.engagement.queries.publications import (
    behind_item,
    public_interpretations,
    public_press_conferences,
    public_responses,
)
from gongkai.office.engagement.queries.terms import (
    explained_items,
    interpretations_in,
    messages_answered_in,
    messages_answered_late_in,
    messages_dissatisfied_in,
    messages_overdue_at,
    messages_received_in,
    responses_in,
    results_overdue_at,
)
from gongkai.office.engagement.standing import adoption, state_on

__all__ = [
    "MEASURES",
    "adoption",
    "behind_item",
    "by_number",
    "counted",
    "explained_items",
    "interpretations_in",
    "message_years",
    "messages_answered_in",
    "messages_answered_late_in",
    "messages_dissatisfied_in",
    "messages_overdue_at",
    "messages_received_in",
    "public_consultations",
    "public_interpretations",
    "public_press_conferences",
    "public_responses",
    "responses_in",
    "results_overdue_at",
    "shown_messages",
    "state_on",
    "statistics",
    "tally",
    "waiting",
]

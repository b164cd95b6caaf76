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
from gongkai.office.engagement.standing import adoption, state_on

__all__ = [
    "MEASURES",
    "adoption",
    "behind_item",
    "by_number",
    "counted",
    "message_years",
    "public_consultations",
    "public_interpretations",
    "public_press_conferences",
    "public_responses",
    "shown_messages",
    "state_on",
    "statistics",
    "tally",
    "waiting",
]

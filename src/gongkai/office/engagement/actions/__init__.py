"""What may be done with messages. Entering, changing and striking any entry are `ledgers.actions`."""

from gongkai.office.engagement.actions.consulting import give_opinion
from gongkai.office.engagement.actions.following import follow
from gongkai.office.engagement.actions.messages import answer, assign, hand_over, hide, rate, receive, reveal, show

__all__ = ["answer", "assign", "follow", "give_opinion", "hand_over", "hide", "rate", "receive", "reveal", "show"]

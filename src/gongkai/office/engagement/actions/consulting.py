"""What the public says on a draft."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.audit.actions import SYSTEM, Act, record
from gongkai.office.engagement import rules
from gongkai.office.engagement.ledgers import CONSULTATION, OPINION
from gongkai.office.engagement.models import Consultation, Opinion
from gongkai.office.ledgers.actions import locked
from gongkai.office.renderings.actions import touch


@transaction.atomic
def give_opinion(consultation: Consultation, *, text: str, author: str, contact: str, at: datetime) -> Opinion:
    """Take in an opinion from the public form, as long as it is asked for. Who sent it is sealed.

    Errors: Refused before the consultation opens and after it closed.
    """
    asked: Consultation = locked(CONSULTATION, consultation)
    given = {
        "consultation": asked,
        "on": localdate(at),
        "channel": "web",
        "text": text.strip(),
        "author": author.strip(),
        "contact": contact.strip(),
    }
    opinion = Opinion.objects.create(registered_at=at, **rules.opinion(given, at))
    told = {"consultation": asked.pk, "on": opinion.on.isoformat()}
    record(Act(SYSTEM, "engagement.give_opinion", OPINION.subject(opinion), CONSULTATION.citation, told), at=at)
    touch(OPINION.touched([opinion]))
    return opinion

"""Take back from review (撤回送审)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.audit import actions as audit
from gongkai.office.publishing import policy, record
from gongkai.office.publishing.models import Item
from gongkai.office.publishing.names import act
from gongkai.office.publishing.refusals import draft_of, refuse_if, required
from gongkai.regulation.review import Withdrawn


@transaction.atomic
def take_back(item: Item, *, reason: str, by: User, at: datetime) -> None:
    """An author takes the text back from review, or from waiting for its hour; the passes so far fall.

    Errors: RefusedByRule for whoever is no author; Refused without the role, a draft or a reason.
    """
    dossier = record.locked(item, at=at, by=by)
    policy.require(by, "write", dossier.item.organ, on=dossier.on)
    draft_of(dossier)
    refuse_if(dossier.why_not("withdraw"))
    reason = required(reason, "撤回送审的理由")
    record.add(dossier, Withdrawn(by.staff_number, dossier.at, reason))
    audit.record(act(by, "take_back", dossier.item, reason=reason), at=at)

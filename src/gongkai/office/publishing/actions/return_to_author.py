"""Return to the author (退回)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.audit import actions as audit
from gongkai.office.publishing import policy, record
from gongkai.office.publishing.models import Item
from gongkai.office.publishing.names import act
from gongkai.office.publishing.refusals import draft_of, refuse_if, required
from gongkai.regulation.review import Returned, Step


@transaction.atomic
def return_to_author(item: Item, *, step: Step, reason: str, by: User, at: datetime) -> None:
    """Send the text back with the reason, at the step that is due; the passes so far fall.

    Errors: RefusedByRule out of order or by an author; Refused without the step's role, a draft or a reason.
    """
    dossier = record.locked(item, at=at, by=by)
    policy.require(by, step, dossier.item.organ, on=dossier.on)
    draft_of(dossier)
    refuse_if(dossier.why_not("return", step=step))
    reason = required(reason, "退回的理由")
    record.add(dossier, Returned(step, by.staff_number, dossier.at, reason))
    audit.record(act(by, "return_to_author", dossier.item, step=step, reason=reason), at=at)

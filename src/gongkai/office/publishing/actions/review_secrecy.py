"""Record the secrecy review (保密审查)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.audit import actions as audit
from gongkai.office.publishing import policy, record
from gongkai.office.publishing.models import Item
from gongkai.office.publishing.names import act
from gongkai.office.publishing.refusals import draft_of, refuse_if, required
from gongkai.regulation.review import SecrecyReviewed
from gongkai.regulation.review.events import Decision


@transaction.atomic
def review_secrecy(item: Item, *, decision: Decision, basis: str, content_hash: str, by: User, at: datetime) -> None:
    """Record what the secrecy review of this text decided and what it rests on. Without one nothing goes public.

    Errors: RefusedByRule for an author or a changed text; Refused without the role, a draft or a basis.
    Source: ogi-2019#17.
    """
    dossier = record.locked(item, at=at, by=by)
    policy.require(by, "review_secrecy", dossier.item.organ, on=dossier.on)
    draft_of(dossier)
    refuse_if(dossier.why_not("review_secrecy", seen=content_hash))
    basis = required(basis, "保密审查的依据")
    record.add(dossier, SecrecyReviewed(by.staff_number, dossier.at, content_hash, basis, decision))
    entry = act(
        by,
        "review_secrecy",
        dossier.item,
        citation="ogi-2019#17",
        decision=decision,
        basis=basis,
        content_hash=content_hash,
    )
    audit.record(entry, at=at)

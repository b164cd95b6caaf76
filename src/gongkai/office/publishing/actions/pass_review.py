"""Pass a step of the review (审核通过)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.audit import actions as audit
from gongkai.office.publishing import policy, precheck, record
from gongkai.office.publishing.models import Item
from gongkai.office.publishing.names import act
from gongkai.office.publishing.publication import publish_approved
from gongkai.office.publishing.refusals import CheckFailed, draft_of, refuse_if
from gongkai.regulation.review import Passed, Step


@transaction.atomic
def pass_review(
    item: Item, *, step: Step, content_hash: str, by: User, at: datetime, reasons: Mapping[str, str] | None = None
) -> bool:
    """Pass a step for exactly the text whose hash the reviewer saw. True when it went public: the last pass publishes
    at once, unless an hour is set.

    The text is checked again; a warning the author gave no reason for asks the reviewer for one.
    Errors: CheckFailed; RefusedByRule (order, the same person, the author, changed text, secrecy); Refused without the
    step's role.
    """
    dossier = record.locked(item, at=at, by=by)
    policy.require(by, step, dossier.item.organ, on=dossier.on)
    content = draft_of(dossier)
    refuse_if(dossier.why_not("pass", step=step, seen=content_hash))
    given = {code: text.strip() for code, text in (reasons or {}).items() if text.strip()}
    findings = precheck.check(content, dossier.item.organ, on=dossier.on, item=dossier.item)
    open_warnings = precheck.unexplained(findings, {**given, **record.reasons(dossier)})
    if precheck.errors(findings) or open_warnings:
        raise CheckFailed(precheck.errors(findings), open_warnings)
    passed = Passed(step, by.staff_number, dossier.at, content_hash)
    dossier = record.add(dossier, passed, detail={"reasons": given} if given else {})
    audit.record(act(by, "pass_review", dossier.item, step=step, content_hash=content_hash, reasons=given), at=at)
    return publish_approved(dossier, actor=by.staff_number)

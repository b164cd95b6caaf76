"""Submit for review (送审)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.audit import actions as audit
from gongkai.office.publishing import policy, precheck, record
from gongkai.office.publishing.models import Item
from gongkai.office.publishing.names import act
from gongkai.office.publishing.refusals import CheckFailed, draft_of, refuse_if
from gongkai.regulation.review import Submitted


@transaction.atomic
def submit(item: Item, *, content_hash: str, by: User, at: datetime, reasons: Mapping[str, str] | None = None) -> None:
    """Hand the draft in for the three reviews. `content_hash` is that of the text the submitter has before them.

    `reasons` answer the pre-check's warnings, by code. Errors: CheckFailed for an error of the pre-check or a warning
    without a reason; RefusedByRule; Refused without the role or without a draft.
    """
    dossier = record.locked(item, at=at, by=by)
    policy.require(by, "write", dossier.item.organ, on=dossier.on)
    content = draft_of(dossier)
    refuse_if(dossier.why_not("submit", seen=content_hash))
    given = {code: text.strip() for code, text in (reasons or {}).items() if text.strip()}
    findings = precheck.check(content, dossier.item.organ, on=dossier.on, item=dossier.item)
    open_warnings = precheck.unexplained(findings, given)
    if precheck.errors(findings) or open_warnings:
        raise CheckFailed(precheck.errors(findings), open_warnings)
    codes = {finding.code for finding in findings}
    kept = {code: text for code, text in given.items() if code in codes}
    record.add(dossier, Submitted(by.staff_number, dossier.at, content_hash), detail={"reasons": kept})
    audit.record(act(by, "submit", dossier.item, content_hash=content_hash, reasons=kept), at=at)

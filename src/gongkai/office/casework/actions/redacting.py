"""Partial disclosure (区分处理): the copy beside the original, what was taken out and why, and the proof that it is gone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.documents.proof import Proof, prove
from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.casework import files, policy
from gongkai.office.casework.actions.entering import locked, subject
from gongkai.office.casework.letter_record import GROUNDS
from gongkai.office.casework.models import Application, ApplicationFile, Redaction

MOST = 300


@dataclass(frozen=True, slots=True)
class Withheld:
    """A string that was taken out, and the ground (a key of the partial reply's grounds). Source: ogi-2019 art. 37."""

    text: str
    ground: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it was uploaded."""

    name: str
    data: bytes


def redact(
    application: Application,
    *,
    original: Paper,
    copy: Paper,
    withheld: Sequence[Withheld],
    by: User,
    at: datetime,
) -> Redaction:
    """Keep the original and the copy, and look through the copy for everything that was taken out.

    What is found stands in the redaction's `findings` with the place; it is kept all the same, so that it can be looked at.
    Errors: Refused without a string or ground, and for files that may not be uploaded.
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    if not withheld:
        raise Refused("请列出隐去的文字：没有列出，就无法证明副本里没有它们。")
    if len(withheld) > MOST:
        raise Refused(f"一次最多列出{MOST}项隐去的文字。相同的文字只列一次。")
    for each in withheld:
        if each.ground not in GROUNDS:
            raise Refused(f"请为“{each.text[:20]}”选择不予公开的依据。")
    # Outside the transaction: looking through a large file takes seconds, and nobody else should wait for it.
    proof = prove(copy.data, [each.text for each in withheld], original.data)
    return _kept(application, original, copy, withheld, proof, by=by, at=at)


@transaction.atomic
def confirm_look(redaction: Redaction, *, by: User, at: datetime) -> Redaction:
    """Somebody looked at the pictures in a copy, page by page, and found nothing that should be gone."""
    policy.require_application(by, "handle", redaction.application, on=localdate(at))
    redaction = Redaction.objects.select_for_update(of=("self",)).get(pk=redaction.pk)
    if not redaction.is_clean:
        raise Refused("副本没有通过检查，先改好再上传，不能用人工查看代替。")
    if redaction.looked_at is None:
        redaction.looked_by, redaction.looked_at = by, at
        redaction.save(update_fields=["looked_by", "looked_at"])
        _record(redaction, "casework.copy_looked_at", by=by, at=at)
    return redaction


@transaction.atomic
def _kept(
    application: Application,
    original: Paper,
    copy: Paper,
    withheld: Sequence[Withheld],
    proof: Proof,
    *,
    by: User,
    at: datetime,
) -> Redaction:
    application = locked(application)
    kept = files.keep(application, original.data, original.name, ApplicationFile.Role.ORIGINAL, at=at)
    made = files.keep(application, copy.data, copy.name, ApplicationFile.Role.REDACTED, at=at)
    findings = [leak.in_chinese() for leak in proof.leaks]
    if proof.refusal is not None:
        findings.append(f"副本无法检查：{proof.refusal.message}")
    redaction = Redaction.objects.create(
        application=application,
        original=kept,
        copy=made,
        withheld=json.dumps([[each.text, each.ground] for each in withheld], ensure_ascii=False),
        is_clean=proof.is_clean,
        findings=findings,
        looks=list(proof.looks),
        proved_at=at,
        by=by,
    )
    _record(redaction, "casework.copy_proved", by=by, at=at)
    return redaction


def _record(redaction: Redaction, act: str, *, by: User, at: datetime) -> None:
    told = {"copy": redaction.copy.sha256, "is_clean": redaction.is_clean, "looks": len(redaction.looks)}
    audit.record(audit.Act(by.staff_number, act, subject(redaction.application), "ogi-2019#37", told), at=at)

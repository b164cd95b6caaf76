"""Letters from draft to signature (起草、送审、签发): nobody signs their own, and what is signed is what was submitted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from gongkai.documents.writers import render
from gongkai.documents.writers.pdf import MissingCharacters
from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused, same_person
from gongkai.office.audit import actions as audit
from gongkai.office.casework import files, letters, policy, redaction
from gongkai.office.casework.actions.entering import locked, standing_on, subject
from gongkai.office.casework.models import (
    Application,
    ApplicationFile,
    Consultation,
    Letter,
    LetterSequence,
    LetterStep,
)
from gongkai.regulation import application as law
from gongkai.regulation.letters import kind_of, reply_kind

SETTLED_WITHOUT_REPLY = frozenset({"correction_overdue", "fee_unpaid", "withdrawn"})
"""Outcomes with which a case is closed before the letter that tells of it."""
ASKS = {"third_party_consultation": "third_party", "agency_consultation": "agency"}
"""The letters that ask for an opinion, and whose it is."""


@transaction.atomic
def draft_letter_to_another(
    application: Application, kind: str, *, receiver: str, matter: str, by: User, at: datetime
) -> Letter:
    """Begin a letter to somebody other than the applicant, with the consultation it asks for or tells the outcome of.

    The consultation itself begins when its letter is handed over.
    Errors: Refused; KeyError for a kind there is none of.
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application, receiver = locked(application), receiver.strip()
    asked = None
    if kind in ASKS:
        key = str(application.consultations.count() + 1)
        asked = Consultation.objects.create(
            application=application, key=key, party=ASKS[kind], name=receiver, matter=matter.strip()
        )
    elif kind == "third_party_outcome":
        third_parties = application.consultations.filter(party="third_party")
        asked = next((each for each in third_parties if each.name == receiver), None)
    return draft_letter(application, kind, by=by, at=at, consultation=asked, receiver=receiver)


@transaction.atomic
def draft_letter(
    application: Application,
    kind: str,
    *,
    by: User,
    at: datetime,
    given: Mapping[str, Any] | None = None,
    consultation: Consultation | None = None,
    receiver: str = "",
) -> Letter:
    """Begin a letter. A reply is of the outcome that was decided, and a round of handling has one.

    Errors: Refused; KeyError for a kind there is none of.
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application)
    found = kind_of(kind)
    if found.outcome:
        _refuse_another_outcome(application, kind)
        if live_reply(application):
            raise Refused("这件申请已经有一份答复在办。一件申请只作一次答复；要改的，修改或者作废那一份。")
    if kind == "merger_notice" and not application.joined.exists():
        raise Refused("没有与这件合并答复的申请。请先在要并入的那件申请里登记“合并答复”，告知书会写明各件的编号。")
    if found.recipient != "applicant" and consultation is None and not receiver.strip():
        raise Refused(f"请写明{found.name}发给谁。")
    letter = Letter.objects.create(
        application=application,
        kind=kind,
        is_reply=bool(found.outcome),
        round=round_of(application),
        consultation=consultation,
        receiver=receiver.strip(),
        given=_stored(given or {}),
        drafted_by=by,
        drafted_at=at,
    )
    _step(letter, LetterStep.Kind.DRAFTED, by=by, at=at)
    return letter


@transaction.atomic
def edit_letter(
    letter: Letter, *, given: Mapping[str, Any], texts: Mapping[str, str], by: User, at: datetime
) -> Letter:
    """Change what the officer adds to a letter. An edit voids the submission: what the approver reads is what is signed.

    `texts` are words for parts that may be edited; others are left alone, for they are written from the record.
    Errors: Refused once it is signed.
    """
    letter = _locked(letter)
    policy.require_application(by, "handle", letter.application, on=localdate(at))
    _refuse_unless(letter, (Letter.State.DRAFT, Letter.State.SUBMITTED), "修改")
    letter.given = _stored(given)
    plain = letters.composed(_with(letter, texts=""), on=localdate(at))
    editable = {part.key: part.text for part in plain.parts if not part.locked}
    own = {key: text for key, text in texts.items() if key in editable and text.strip() != editable[key].strip()}
    letter.texts = json.dumps(own, ensure_ascii=False) if own else ""
    letter.state, letter.content_hash, letter.submitted_by = Letter.State.DRAFT, "", None
    letter.save(update_fields=["given", "texts", "state", "content_hash", "submitted_by"])
    _step(letter, LetterStep.Kind.EDITED, by=by, at=at)
    return letter


@transaction.atomic
def submit_letter(letter: Letter, *, by: User, at: datetime) -> Letter:
    """Send a letter to be signed: it is whole, the law allows it today, and what it rests on is on record.

    Errors: Refused, with everything that is missing or wrong.
    """
    letter = _locked(letter)
    policy.require_application(by, "handle", letter.application, on=localdate(at))
    _refuse_unless(letter, (Letter.State.DRAFT,), "送审")
    found = _fit_to_sign(letter, on=localdate(at))
    letter.state, letter.submitted_by = Letter.State.SUBMITTED, by
    letter.content_hash = letters.content_hash(found.parts, letters.redaction_of(letter))
    letter.save(update_fields=["state", "submitted_by", "content_hash"])
    _step(letter, LetterStep.Kind.SUBMITTED, by=by, at=at)
    return letter


@transaction.atomic
def return_letter(letter: Letter, *, reason: str, by: User, at: datetime) -> Letter:
    """The approver gives a letter back. Errors: Refused without a reason."""
    letter = _locked(letter)
    policy.require_application(by, "approve", letter.application, on=localdate(at))
    _refuse_unless(letter, (Letter.State.SUBMITTED,), "退回")
    if len(reason.strip()) < 2:
        raise Refused("请写明退回的理由，经办人才知道改什么。")
    letter.state, letter.content_hash = Letter.State.DRAFT, ""
    letter.save(update_fields=["state", "content_hash"])
    _step(letter, LetterStep.Kind.RETURNED, by=by, at=at, note=reason)
    return letter


@transaction.atomic
def sign_letter(letter: Letter, *, seen: str, by: User, at: datetime) -> Letter:
    """Sign a letter (签发): it gets its number and day, its parts are fixed, its files made, sealed and kept.

    `seen` is the hash of what the approver read; when the record moved meanwhile, there is something new to read.
    Errors: Refused.
    """
    letter = _locked(letter)
    on = localdate(at)
    policy.require_application(by, "approve", letter.application, on=on)
    _refuse_unless(letter, (Letter.State.SUBMITTED,), "签发")
    for other in (letter.drafted_by, letter.submitted_by):
        if other is not None and same_person(by, other):
            raise Refused("不能签发自己起草或者送审的文书：审签须由另一个人进行。请由另一位审签人办理。")
    organ = letter.application.organ
    series = kind_of(letter.kind).series
    counter = LetterSequence.objects.select_for_update().get_or_create(organ=organ, series=series, year=on.year)[0]
    counter.last += 1
    counter.save(update_fields=["last"])
    letter.number = letters.number_of(letter, on, counter.last)
    found = _fit_to_sign(letter, on=on)
    current = letters.content_hash(found.parts, letters.redaction_of(letter))
    if not (seen == letter.content_hash == current):
        raise Refused("送审以后，这份文书的内容有了变化（改过，或者办理记录有新的登记）。请重新阅读后再签发。")
    letter.on, letter.signed_by, letter.signed_at = on, by, at
    letter.parts = json.dumps([[part.key, part.text, part.locked] for part in found.parts], ensure_ascii=False)
    letter.state = Letter.State.ISSUED
    _seal(letter, found, at=at)
    letter.save()
    _step(letter, LetterStep.Kind.SIGNED, by=by, at=at)
    return letter


@transaction.atomic
def void_letter(letter: Letter, *, reason: str, by: User, at: datetime) -> Letter:
    """Take back a letter that has not left yet. Its number is not given out again.

    Errors: Refused for one that left, and without a reason.
    """
    letter = _locked(letter)
    verb = "approve" if letter.number else "handle"
    policy.require_application(by, verb, letter.application, on=localdate(at))
    _refuse_unless(letter, (Letter.State.DRAFT, Letter.State.SUBMITTED, Letter.State.ISSUED), "作废")
    if letter.deliveries.filter(failed_at=None).exists():
        raise Refused("这份文书正在送达，不能作废。送达失败或者撤回以后再办理。")
    if letter.event_id:
        raise Refused("这份文书已经发出过，答复或者告知的日期已经登记，不能作废。")
    if len(reason.strip()) < 2:
        raise Refused("请写明作废的理由。文号不再使用，理由留在案卷里。")
    letter.state = Letter.State.VOID
    letter.save(update_fields=["state"])
    if letter.seal is not None:
        audit.end(letter.seal.subject, "withdrawn", "文书已作废，没有发出", at=at)
    _step(letter, LetterStep.Kind.VOIDED, by=by, at=at, note=reason)
    return letter


def why_not_reply(letter: Letter, *, on: date) -> str:
    """Why a reply may not be given on a day, as a sentence; empty when it may."""
    application, outcome = letter.application, kind_of(letter.kind).outcome
    if not outcome or letter.event_id:
        return ""
    if outcome in SETTLED_WITHOUT_REPLY:
        return (
            ""
            if application.closed_on
            else "这件申请还没有办结，不能发出办结告知书。请核对补正、缴费的期限或者撤回的登记。"
        )
    found = standing_on(application, on).why_not("reply")
    return f"{law.message(found)}{law.advice(found)}" if found else ""


def round_of(application: Application) -> int:
    """Which round of handling a case is in: one more after each time it was reopened."""
    return 1 + application.events.filter(kind="reopened", struck_by=None).count()


def live_reply(application: Application) -> Letter | None:
    """The reply of this round of handling, drafted, signed or sent; None while there is none."""
    live = application.letters.filter(is_reply=True, round=round_of(application)).exclude(state=Letter.State.VOID)
    return live.first()


def _refuse_another_outcome(application: Application, kind: str) -> None:
    outcome = kind_of(kind).outcome
    decided = application.outcome if application.closed_on else application.decided_outcome
    if not decided:
        raise Refused("还没有拟定办理结果。请先回答七个问题，确定怎样答复。")
    if outcome != decided:
        label = law.outcome(decided).label
        raise Refused(f"拟定的办理结果是“{label}”，答复书应当是“{kind_of(reply_kind(decided)).name}”这一种。")


def _fit_to_sign(letter: Letter, *, on: date) -> letters.Composed:
    """The letter as it reads on a day. Errors: Refused when it may not go out like that."""
    found = letters.composed(letter, on=on, number=letter.number or "")
    problems = found.errors
    if letter.is_reply:
        _refuse_another_outcome(letter.application, letter.kind)
        if refusal := why_not_reply(letter, on=on):
            problems.append(refusal)
    if letter.kind == reply_kind("partial") and (refusal := redaction.why_not(letter.application)):
        problems.append(refusal)
    if problems:
        raise Refused("".join(problems))
    return found


def _seal(letter: Letter, found: letters.Composed, *, at: datetime) -> None:
    """Give the letter its verification code and make its files, byte for byte for good."""
    organ = letter.application.organ
    plain = letters.document_of(found.parts, None, organ.name, settings.SITE_URL)
    # The label is public wherever the code is entered: kind and number, nothing of the person.
    letter.seal = audit.seal(
        audit.Sealed(
            subject=f"casework.letter:{letter.pk}",
            text_hash=letters.hash_of(plain),
            label=found.kind.name,
            issuer=organ.name,
            number=letter.number or "",
            address="",
        ),
        at=at,
    )
    marked = letters.document_of(found.parts, letter.seal, organ.name, settings.SITE_URL)
    for ending in ("pdf", "docx"):
        try:
            content = render(marked, ending)
        except MissingCharacters as missing:
            raise Refused(str(missing)) from missing
        name = f"{found.kind.name}.{ending}"
        kept = files.keep(letter.application, content, name, ApplicationFile.Role.LETTER, at=at)
        setattr(letter, ending, kept)
        audit.vouch_for(letter.seal, f"{letter.number} {name}", content, at=at)


def _locked(letter: Letter) -> Letter:
    locked(letter.application)
    # Only the letter's own row: what it points to may be missing, and an outer join can't be locked.
    found = Letter.objects.select_for_update(of=("self",)).select_related("application__organ").get(pk=letter.pk)
    return found


def _with(letter: Letter, *, texts: str) -> Letter:
    """The same letter with other words, not saved."""
    other = Letter.objects.get(pk=letter.pk)
    other.application, other.given, other.texts = letter.application, letter.given, texts
    return other


def _refuse_unless(letter: Letter, states: tuple[Letter.State, ...], doing: str) -> None:
    if letter.state not in states:
        raise Refused(f"这份文书的状态是“{letter.get_state_display()}”，不能{doing}。")


def _stored(given: Mapping[str, Any]) -> str:
    """Errors: Refused for a value that can't be what its fact is."""
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in given.items()}
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()}
    try:
        letters.values(plain)
    except (ValueError, TypeError) as error:
        raise Refused("填写的日期或者数字不对，请检查后重新填写。") from error
    return json.dumps(plain, ensure_ascii=False)


def _step(letter: Letter, kind: LetterStep.Kind, *, by: User | None, at: datetime, note: str = "") -> None:
    """Put a step on record: in the letter's own history, and in the log without any of its words."""
    LetterStep.objects.create(
        letter=letter, kind=kind, by=by, at=at, content_hash=letter.content_hash, note=note.strip()
    )
    told = {"letter": letter.pk, "kind": letter.kind, "number": letter.number or "", "hash": letter.content_hash}
    actor = by.staff_number if by else audit.SYSTEM
    act = audit.Act(actor, f"casework.letter_{kind}", subject(letter.application), "ogi-2019#36", told)
    audit.record(act, at=at)

"""What a letter of a case says: facts from the record, what the officer adds, and the words `regulation.letters` makes of them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from gongkai.documents.model import Document, Mark
from gongkai.documents.writers import render
from gongkai.office.audit.codes import printed
from gongkai.office.audit.models import Seal
from gongkai.office.casework.facts import facts as law_facts
from gongkai.office.casework.facts import standing_rows
from gongkai.office.casework.kinds import ApplicantKind, Delivery
from gongkai.office.casework.models import (
    Application,
    ApplicationEvent,
    Consultation,
    Letter,
    LetterSequence,
    LetterSettings,
    Redaction,
)
from gongkai.office.casework.queries.repeated import counted_items_before
from gongkai.office.casework.standing import calendar
from gongkai.office.organs.models import DisclosureOffice, Organ
from gongkai.regulation import application as law
from gongkai.regulation import letters
from gongkai.regulation.finding import Finding
from gongkai.regulation.law import law_on
from gongkai.regulation.letters import CaseFacts, FactValue, Office, Part

_WAYS = {
    Delivery.POST: "post",
    Delivery.MAIL: "email",
    Delivery.COUNTER: "in_person",
    Delivery.ONLINE: "online",
    Delivery.READING: "in_person",
}
_LONGEST_WANTED = 300
_ASKING = re.compile(r"^(?:我|本人|我们|我单位)?(?:特|现|想|要求|希望|请|申请|依法)+(?:公开|提供|获取)[：:，,]?(?=.)")
GROUNDS = letters.known_facts()["withheld_grounds"].choices
"""The grounds on which something is withheld, as a partial reply names them."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter as it reads on a day: its parts, what is wrong with it, and the facts it was written from."""

    kind: letters.Kind
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    facts: Mapping[str, FactValue]

    @property
    def errors(self) -> list[str]:
        """What has to be put right before it may be signed, in Chinese."""
        return [sentence(each) for each in self.findings if each.severity == "error"]

    @property
    def warnings(self) -> list[str]:
        """What somebody should look at, in Chinese."""
        return [sentence(each) for each in self.findings if each.severity != "error"]


def sentence(finding: Finding) -> str:
    """A finding with what to do about it."""
    return f"{letters.message(finding)}{letters.advice(finding)}"


def composed(letter: Letter, *, on: date, number: str = "") -> Composed:
    """A letter that is not signed yet, as it would be on a day."""
    application = letter.application
    kind = letters.kind_of(letter.kind)
    given = values(loaded(letter.given))
    known = {**on_record(application, letter.kind, on, given, letter.consultation), **given}
    case = CaseFacts(
        office=office_of(application.organ),
        number=number or preview_number(letter, on),
        addressee=addressee(letter),
        facts=known,
    )
    rule = law_on(application.receipt_on or application.submitted_on)
    written = letters.write_letter(letter.kind, case, rule, on)
    texts = loaded(letter.texts)
    parts = tuple(part if part.locked else replace(part, text=texts.get(part.key, part.text)) for part in written.parts)
    return Composed(kind, parts, letters.check_letter(parts, letter.kind, case, rule, on), known)


def questions(letter: Letter, *, on: date) -> list[tuple[letters.Fact, bool]]:
    """What the officer still has to say, with whether the letter can't do without it: what the record says is not asked."""
    given = values(loaded(letter.given))
    known = on_record(letter.application, letter.kind, on, given, letter.consultation)
    asked = letters.questions(letter.kind, {**known, **given})
    return [(fact, needed) for fact, needed in asked if fact.key not in known]


def addressee(letter: Letter) -> str:
    """Whom a letter is addressed to."""
    if letters.kind_of(letter.kind).recipient == "applicant":
        return letter.application.applicant_name
    return letter.consultation.name if letter.consultation else letter.receiver


def content_hash(parts: Sequence[Part], redaction: Redaction | None = None) -> str:
    """SHA-256 of what is submitted and signed: every part but number and day, which signing gives, and the redacted copy."""
    said = [[part.key, part.text] for part in parts if part.key not in ("number", "date")]
    said.append(["copy", redaction.copy.sha256 if redaction else ""])
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def redaction_of(letter: Letter) -> Redaction | None:
    """The redacted copy that goes with a reply that discloses in part."""
    if letter.kind != letters.reply_kind("partial"):
        return None
    return letter.application.redactions.select_related("copy", "original").order_by("-id").first()


def parts_of(letter: Letter) -> tuple[Part, ...]:
    """The parts of a signed letter, as they were signed; none once the case was erased."""
    return tuple(Part(key, text, locked) for key, text, locked in json.loads(letter.parts or "[]"))


def document_of(parts: Sequence[Part], seal: Seal | None, issuer: str, site: str) -> Document:
    """The letter on paper, with its verification code at the foot once it is sealed."""
    document = letters.parts_to_document(parts)
    if seal is None:
        return document
    code = printed(seal.code)
    lines = (
        f"本文书由{issuer}出具，送达的文本以加盖印章的为准。",
        f"校验码：{code}　　文本摘要值（SHA-256）：{seal.text_hash[:16]}……",
        "核对真伪：扫描二维码，或者在下列网页输入校验码、比对文件。",
    )
    return replace(document, mark=Mark(lines, f"{site}/verify/{code}/"))


def preview_number(letter: Letter, on: date) -> str:
    """The number a letter would get if it were signed now; another may take it before."""
    kind = letters.kind_of(letter.kind)
    sequence = LetterSequence.objects.filter(organ=letter.application.organ, series=kind.series, year=on.year).first()
    return number_of(letter, on, (sequence.last if sequence else 0) + 1)


def number_of(letter: Letter, on: date, serial: int) -> str:
    """The number of a letter by its place in the series of the year."""
    return letters.letter_number(letter.kind, settings_of(letter.application.organ).code, on.year, serial)


# -- the office -------------------------------------------------------------------------------------------------------


def settings_of(organ: Organ) -> LetterSettings:
    """What an agency's letters name: as it was set, else as far as the tree of agencies tells (not saved)."""
    found = LetterSettings.objects.filter(organ=organ).first()
    if found is not None:
        return found
    is_government = organ.kind in (Organ.Kind.GOVERNMENT, Organ.Kind.TOWNSHIP)
    above = organ.parent
    government = above
    while government is not None and government.kind != Organ.Kind.GOVERNMENT:
        government = government.parent
    office = DisclosureOffice.objects.filter(organ=organ).first()
    return LetterSettings(
        organ=organ,
        agency_kind="government" if is_government else "department",
        code=organ.issuer_code or organ.short_name or organ.name,
        own_government="" if is_government or government is None else government.name,
        superior=above.name if above else "",
        contact_person=office.name if office else "",
        contact_phone=office.phone if office else organ.phone,
        contact_address=office.address if office else organ.address,
    )


def office_of(organ: Organ) -> Office:
    """The agency as letters name it."""
    found = settings_of(organ)
    return Office(
        agency=organ.name,
        kind=found.agency_kind,  # type: ignore[arg-type]
        code=found.code,
        court=found.court,
        own_government=found.own_government,
        superior=found.superior,
        reconsideration_channel=found.reconsideration_channel,
        contact_person=found.contact_person,
        contact_phone=found.contact_phone,
        contact_address=found.contact_address,
    )


# -- the record -------------------------------------------------------------------------------------------------------


def on_record(
    application: Application,
    kind: str,
    on: date,
    given: Mapping[str, FactValue],
    consultation: Consultation | None = None,
) -> dict[str, FactValue]:
    """The facts that the record of a case has for a letter of a kind: nobody types these."""
    rows = list(standing_rows(application.events.select_related("text").all()))
    organisation = application.applicant_kind not in (ApplicantKind.NATURAL_PERSON, ApplicantKind.INDIVIDUAL_BUSINESS)
    to_applicant = letters.kind_of(kind).recipient == "applicant"
    found: dict[str, Any] = {
        "application_number": application.number,
        "received_on": application.receipt_on,
        "channel": application.channel,
        "due_on": application.due_on if application.due_on and application.due_on >= on else None,
        "query_code": application.query_code if kind == "registration_receipt" else None,
        "requested": wanted(application),
        "delivery": _WAYS.get(Delivery(application.delivery)) if to_applicant else None,
        "addressee_kind": ("organisation" if organisation else "person") if to_applicant else None,
        "search_record": _search(application),
    }
    found |= _of_rounds(rows)
    found |= _of_consultations(rows, consultation, kind)
    found |= _of_decision(application)
    found |= _of_extension(application, rows, on, given)
    found |= _of_letters(application)
    found |= _of_redaction(application)
    found |= _of_fee(application, kind)
    found["payment_way"] = settings_of(application.organ).payment_way
    found["merged_numbers"] = "、".join(application.joined.order_by("pk").values_list("number", flat=True))
    wanted_keys = {fact.key for fact, _ in letters.questions(kind, {**_present(found), **given})}
    return {key: value for key, value in _present(found).items() if key in wanted_keys}


def wanted(application: Application) -> str:
    """What is applied for, as a letter cites it."""
    named = f"《{application.wanted_title.strip('《》')}》" if application.wanted_title.strip() else ""
    number = f"（{application.wanted_number.strip()}）" if named and application.wanted_number.strip() else ""
    text = f"{named}{number}" or application.wanted_number.strip() or " ".join(application.wanted.split())
    text = _ASKING.sub("", text)  # 申请公开：请公开…… says it twice
    text = text if len(text) <= _LONGEST_WANTED else f"{text[:_LONGEST_WANTED]}……"
    return text.rstrip("。；，")


def _present(found: Mapping[str, Any]) -> dict[str, FactValue]:
    return {key: value for key, value in found.items() if value is not None and value != "" and value != ()}


def _last(rows: Sequence[ApplicationEvent], kind: str) -> ApplicationEvent | None:
    return next((row for row in reversed(rows) if row.kind == kind), None)


def words_of(event: ApplicationEvent | None) -> str:
    """The free words of an event, empty when there are none."""
    return event.text.words if event is not None and hasattr(event, "text") else ""


def _of_rounds(rows: Sequence[ApplicationEvent]) -> dict[str, Any]:
    """Correction, reasons, fee and withdrawal."""
    found: dict[str, Any] = {}
    if asked := _last(rows, "correction_requested"):
        days = asked.detail.get("working_days")
        since = date.fromisoformat(asked.detail["received_on"]) if asked.detail.get("received_on") else asked.on
        found |= {"correction_notice_on": asked.on, "unclear": words_of(asked), "correction_days": days}
        found["correction_due_on"] = calendar().add(since, days) if days else None
    if corrected := _last(rows, "correction_received"):
        found["corrected_on"] = corrected.on
    if reasons := _last(rows, "reason_requested"):
        found |= {"reason_requested_on": reasons.on, "frequency": words_of(reasons)}
    if answered := _last(rows, "reason_received"):
        found["reasons_given"] = words_of(answered)
    if fee := _last(rows, "fee_notified"):
        since = date.fromisoformat(fee.detail["received_on"]) if fee.detail.get("received_on") else fee.on
        period = law_on(fee.on).parameter("fee_payment_period", int).value
        found |= {"fee_notice_on": fee.on, "fee_due_on": calendar().add(since, period)}
    if withdrawn := _last(rows, "withdrawn"):
        found["withdrawn_on"] = withdrawn.on
    return found


def _of_consultations(rows: Sequence[ApplicationEvent], consultation: Consultation | None, kind: str) -> dict[str, Any]:
    sent = [row for row in rows if row.kind == "consultation_sent"]
    if consultation is not None:
        sent = [row for row in sent if row.detail.get("id") == consultation.key]
    else:
        sent = [row for row in sent if row.detail.get("party") == "third_party"]
        application = rows[0].application if rows else None
        consultation = (
            application.consultations.filter(party="third_party").order_by("-id").first() if application else None
        )
    found: dict[str, Any] = {"consulted_on": sent[-1].on if sent else None}
    if consultation is not None:
        found |= {"consulted_party": consultation.party, "information": consultation.matter}
        # A reply tells the applicant that an opinion was asked for, and in the officer's own words what came of it: the
        # third party's letter may name what is to be protected.
        if letters.kind_of(kind).recipient == "third_party":
            found["opinion"] = consultation.opinion_words
    return found


_SAID: Mapping[str, Mapping[str, str]] = {
    "already_public": {"facts": "access"},
    "disclose": {"facts": "provision"},
    "partial": {"facts": "open_part", "reasons": "withheld_reasons"},
    "deny_prohibited": {"law": "prohibiting_law"},
    "special_query": {"law": "special_rule", "facts": "query_office"},
    "not_responsible": {"reasons": "not_responsible_reasons", "facts": "responsible_agency"},
    "still_unclear": {"reasons": "still_unclear", "facts": "still_unclear"},
    "petition": {"facts": "proper_channel"},
    "publication": {"facts": "publication_source"},
}
"""Where the words of a decision stand in the reply of its outcome, other than as its reasons."""


def _of_decision(application: Application) -> dict[str, Any]:
    """What was decided, in the words of the decision."""
    decision = application.decisions.select_related("item").filter(event__struck_by=None).order_by("-id").first()
    if decision is None:
        return {}
    reasons = "\n".join(filter(None, (decision.reasons.strip(), decision.balancing.strip())))
    said = {"reasons": reasons, "law": decision.grounds.strip(), "facts": decision.facts.strip()}
    places = {"reasons": "reasons", **_SAID.get(decision.outcome, {})}
    found: dict[str, Any] = {fact: said[word] for word, fact in places.items() if said[word]}
    if decision.item is not None:
        address = f"{settings.SITE_URL}{reverse('item', args=[decision.item.pk])}"
        found["access"] = f"登录政府信息公开平台，查阅《{decision.item.title.strip('《》')}》，网址为{address}"
    return found


def _of_extension(
    application: Application, rows: Sequence[ApplicationEvent], on: date, given: Mapping[str, FactValue]
) -> dict[str, Any]:
    """The day before and after an extension: the one on record, or the one that the letter tells of."""
    extended = _last(rows, "extended")
    events = law_facts(rows)
    days = extended.detail.get("working_days") if extended else given.get("extension_days")
    before = [event for event in events if not isinstance(event, law.Extended)]
    if not before or not application.receipt_on:
        return {}
    day = extended.on if extended else on
    original = law.standing([event for event in before if event.on <= day], calendar(), day).due_on
    found: dict[str, Any] = {"original_due_on": original}
    if isinstance(days, int) and days > 0 and original and day <= original:
        after = [*(event for event in before if event.on <= day), law.Extended(day, days)]
        found["extended_due_on"] = law.standing(after, calendar(), day).due_on
        found["extension_days"] = days if extended else None
    return found


def _of_letters(application: Application) -> dict[str, Any]:
    """What earlier letters say of themselves: the fee notice's number, the reply to the application that is repeated."""
    found: dict[str, Any] = {}
    signed = application.letters.exclude(number=None).exclude(state=Letter.State.VOID)
    if notice := signed.filter(kind="fee_notice").last():
        found["fee_notice_number"] = notice.number
    if application.duplicate_of_id:
        earlier = Letter.objects.filter(application=application.duplicate_of_id, is_reply=True).exclude(
            state=Letter.State.VOID
        )
        if reply := earlier.exclude(number=None).last():
            found |= {"prior_number": reply.number, "prior_on": reply.on}
    return found


def _of_fee(application: Application, kind: str) -> dict[str, Any]:
    """How many applications of this month come before this one, in a fee notice by item."""
    return {"items_before": counted_items_before(application)} if kind == "fee_notice" else {}


def _of_redaction(application: Application) -> dict[str, Any]:
    """The grounds on which parts of the copy were withheld."""
    redaction = application.redactions.order_by("-id").first()
    if redaction is None:
        return {}
    grounds = {ground for _, ground in withheld_of(redaction)}
    return {"withheld_grounds": tuple(ground for ground in GROUNDS if ground in grounds)}


def _search(application: Application) -> str:
    lines = [
        f"{each.searched_on.year}年{each.searched_on.month}月{each.searched_on.day}日，检索了{each.places}，"
        f"检索词为“{each.terms}”，{each.result.rstrip('。')}"
        for each in application.searches.all()
    ]
    return "；".join(lines)


# -- what the officer gives -------------------------------------------------------------------------------------------


def loaded(stored: str) -> dict[str, Any]:
    """JSON as it is stored in a sealed column."""
    found: dict[str, Any] = json.loads(stored) if stored else {}
    return found


def values(given: Mapping[str, Any]) -> dict[str, FactValue]:
    """Facts from JSON as `regulation.letters` takes them; what is no fact of letters, or empty, is left out.

    Errors: ValueError for a value that can't be what its fact is.
    """
    found: dict[str, FactValue] = {}
    for key, value in given.items():
        fact = letters.known_facts().get(key)
        if fact is None or value in (None, "", []):
            continue
        match fact.kind:
            case "date":
                found[key] = value if isinstance(value, date) else date.fromisoformat(str(value))
            case "count":
                found[key] = int(value)
            case "several":
                found[key] = tuple(value)
            case _:
                found[key] = str(value)
    return found


def hash_of(document: Document) -> str:
    """SHA-256, in hexadecimal, of a letter as plain text without its mark."""
    return hashlib.sha256(render(replace(document, mark=None), "text")).hexdigest()


def withheld_of(redaction: Redaction) -> list[tuple[str, str]]:
    """The strings that were taken out, each with its ground; none once the case was erased."""
    return [(text, ground) for text, ground in json.loads(redaction.withheld or "[]")]

"""What the record of a case tells its letters: nobody types these facts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from gongkai.office.casework.facts import facts as law_facts
from gongkai.office.casework.facts import standing_rows
from gongkai.office.casework.kinds import ApplicantKind, Delivery
from gongkai.office.casework.letter_agency import settings_of
from gongkai.office.casework.models import Application, ApplicationEvent, Consultation, Letter, Redaction
from gongkai.office.casework.queries.repeated import counted_items_before
from gongkai.office.casework.standing import calendar
from gongkai.regulation import application as law
from gongkai.regulation import letters
from gongkai.regulation.law import law_on
from gongkai.regulation.letters import FactValue

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


def withheld_of(redaction: Redaction) -> list[tuple[str, str]]:
    """The strings that were taken out, each with its ground; none once the case was erased."""
    return [(text, ground) for text, ground in json.loads(redaction.withheld or "[]")]

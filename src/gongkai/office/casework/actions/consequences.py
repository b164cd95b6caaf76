"""What follows from a letter that went out: the event it stands for, on the day the law counts, entered once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import letter_record, letters
from gongkai.office.casework.actions.entering import Entry, enter, locked, refuse_unless_lawful
from gongkai.office.casework.actions.fees import fee_of
from gongkai.office.casework.actions.record_reply import record_reply
from gongkai.office.casework.models import ApplicationEvent, Letter
from gongkai.regulation.application import Verb
from gongkai.regulation.letters import FactValue, kind_of

Facts = Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class _Follows:
    """The event of a kind of letter: its kind, the verb that has to be lawful, what is counted and what is said."""

    event: str
    verb: Verb | None
    detail: Callable[[Letter, Facts], dict[str, Any]]
    words: Callable[[Facts], str] = lambda facts: ""


def _said(*keys: str) -> Callable[[Facts], str]:
    return lambda facts: "\n".join(str(facts[key]) for key in keys if facts.get(key))


def _consulted(party: str) -> Callable[[Letter, Facts], dict[str, Any]]:
    return lambda letter, facts: {"party": party, "id": letter.consultation.key if letter.consultation else ""}


_FOLLOWS: Mapping[str, _Follows] = {
    "correction_notice": _Follows(
        "correction_requested",
        "request_correction",
        lambda letter, facts: {"working_days": facts.get("correction_days")},
        _said("unclear", "guidance"),
    ),
    "reason_request": _Follows(
        "reason_requested",
        None,
        lambda letter, facts: {"working_days": facts.get("reason_days")},
        _said("frequency"),
    ),
    "extension_notice": _Follows(
        "extended",
        "extend",
        # The words of the reason are sealed; that one was given is what the law asks for.
        lambda letter, facts: {"working_days": facts["extension_days"], "reason": "在案", "approved": True},
        _said("reasons"),
    ),
    "third_party_consultation": _Follows("consultation_sent", "consult_third_party", _consulted("third_party")),
    "agency_consultation": _Follows("consultation_sent", "consult_agency", _consulted("agency")),
    "fee_notice": _Follows("fee_notified", "notify_fee", lambda letter, facts: _fee(letter, facts), _said("frequency")),
    "transfer_letter": _Follows("transferred", None, lambda letter, facts: {}, _said("reasons")),
}


def _fee(letter: Letter, facts: Facts) -> dict[str, Any]:
    """What the notice asks for, as `notify_fee` enters it."""
    assert letter.on is not None
    method = str(facts["fee_method"])
    count = int(str(facts["item_count" if method == "per_item" else "page_count"]))
    fee = fee_of(letter.application, method, count, on=letter.on)
    lines = [[line.first, line.last, line.yuan] for line in fee.lines]
    return {"method": method, "count": count, "yuan": fee.yuan, "lines": lines}


def enter_event(letter: Letter, *, on: date, way: str, by: User | None, at: datetime) -> ApplicationEvent:
    """Enter what a letter stands for, or find it entered; of one that only tells of something, that it went out.

    The caller holds the lock of the case. Errors: Refused when the law does not allow it on that day.
    """
    if letter.event is not None:
        return letter.event
    application = letter.application
    outcome = kind_of(letter.kind).outcome
    follows = _FOLLOWS.get(letter.kind)
    if outcome == "withdrawn" or (not outcome and follows is None):
        # Nothing runs from it. (A case that was withdrawn was closed by the applicant; the letter tells of it.)
        event = _enter_told(letter, on=on, way=way, by=by, at=at)
    elif outcome:
        assert by is not None
        # The approver's name stands on the letter; whoever delivers it enters that it was served.
        number = letter.number or ""
        event = record_reply(application, outcome, on=on, at=at, by=by, way=way, number=number)
    else:
        assert follows is not None
        entered = _entered_already(letter, follows)
        if entered is not None:
            event = entered
        else:
            if follows.verb is not None:
                refuse_unless_lawful(application, follows.verb, on=on)
            facts = _facts_of(letter)
            entry = Entry(follows.event, on, follows.detail(letter, facts), follows.words(facts))
            event = enter(application, entry, by=by, at=at)
    letter.event = event
    letter.save(update_fields=["event"])
    return event


def _enter_told(letter: Letter, *, on: date, way: str, by: User | None, at: datetime) -> ApplicationEvent:
    """That a letter went out. One that several applications are answered together with is a fact of each of them."""
    told = {"letter": letter.kind, "number": letter.number or "", "way": way}
    application = letter.application
    if letter.kind == "merger_notice":
        for joined in application.joined.filter(closed_on=None):
            together = {**told, "with": application.number}
            enter(locked(joined), Entry("told", max(on, joined.submitted_on), together), by=by, at=at)
    return enter(application, Entry("told", on, told), by=by, at=at)


RUNS_FROM_RECEIPT = frozenset({"correction_requested", "consultation_sent", "fee_notified"})
"""Events whose time runs for the receiver from the day the letter arrived. Source: ogi-2019 art. 30, 32, 34; fee-measure-2020 art. 6."""


def enter_receipt(letter: Letter, *, on: date, by: User, at: datetime) -> ApplicationEvent | None:
    """The letter's time runs from the day it was signed for, not from the day it was posted: the event is entered anew.

    None where nothing runs from receipt, it is entered already, or what came after rests on the day as it stands. The caller
    holds the lock of the case.
    """
    event = letter.event
    if event is None or event.kind not in RUNS_FROM_RECEIPT or event.detail.get("received_on") or on <= event.on:
        return None
    application = letter.application
    try:
        with transaction.atomic():
            reason = "对方签收的日期登记以后，期限从签收之日起算。"
            enter(application, Entry("struck", event.on, {}, reason, strikes=event), by=by, at=at)
            entry = Entry(
                event.kind, event.on, {**event.detail, "received_on": on.isoformat()}, letter_record.words_of(event)
            )
            made = enter(application, entry, by=by, at=at)
    except Refused:
        return None
    letter.event = made
    letter.save(update_fields=["event"])
    return made


def _facts_of(letter: Letter) -> Facts:
    assert letter.on is not None
    given = letters.values(letters.loaded(letter.given))
    return {**letter_record.on_record(letter.application, letter.kind, letter.on, given, letter.consultation), **given}


def _entered_already(letter: Letter, follows: _Follows) -> ApplicationEvent | None:
    """The event that an officer entered by hand before the letter went out, if no letter has it yet."""
    rows = letter.application.events.filter(kind=follows.event, struck_by=None, letter=None)
    if letter.consultation is not None:
        rows = rows.filter(detail__id=letter.consultation.key)
    return rows.order_by("-on", "-id").first()

"""A message's life: received, given to an agency, answered or handed over, shown to the public and hidden again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import SYSTEM, Act, record
from gongkai.office.engagement import policy, rules
from gongkai.office.engagement.ledgers import MESSAGE, STATES
from gongkai.office.engagement.models import Message
from gongkai.office.engagement.words import ANOTHER_CHANNEL_CHOICES, SATISFACTION_CHOICES
from gongkai.office.ledgers.actions import locked
from gongkai.office.organs.models import Organ
from gongkai.office.personal.actions import PurposeMissing
from gongkai.office.personal.actions import reveal as look_at
from gongkai.office.renderings.actions import touch
from gongkai.regulation.disclosure.checks.personal_data import personal_data
from gongkai.regulation.disclosure.item import Item as Described

SEALED = {"content": "内容", "sender": "姓名", "contact": "联系方式"}


@transaction.atomic
def receive(
    organ: Organ, *, kind: str, subject: str, content: str, sender: str, contact: str, consents: bool, at: datetime
) -> Message:
    """Take in what somebody wrote on the public form. The day of receipt is the day it is sent.

    Errors: Refused for a heading with what looks like a number of a person: the heading stands in lists.
    """
    if quotes := _personal(subject):
        raise Refused(
            f"主题里有像是个人信息的号码：{quotes}。主题会出现在工作人员的列表里，请把号码写在内容或者联系方式里。"
        )
    given = {
        "organ": organ,
        "kind": kind,
        "channel": "web",
        "subject": subject.strip(),
        "content": content.strip(),
        "sender": sender.strip(),
        "contact": contact.strip(),
        "consents": consents,
        "on": localdate(at),
    }
    message = Message.objects.create(registered_at=at, **rules.message(given, at))
    told = {"organ": organ.code, "number": message.number, "due_on": message.due_on.isoformat()}
    _record(message, "receive", told, by=None, at=at)
    return message


@transaction.atomic
def assign(message: Message, to: Organ, *, by: User, at: datetime) -> Message:
    """Give a message to the agency whose matter it is. The promise goes on running."""
    found: Message = _waiting(message)
    policy.require(by, "assign", found, on=localdate(at))
    if found.assigned_to == to:
        raise Refused(f"这条留言已经转给{to.name}。请刷新页面查看。")
    found.assigned_to, found.assigned_on = to, localdate(at)
    found.save(update_fields=["assigned_to", "assigned_on"])
    _record(found, "assign", {"to": to.code}, by=by, at=at)
    return found


@transaction.atomic
def answer(message: Message, text: str, *, on: date, by: User, at: datetime) -> Message:
    """Answer a message, on the day the sender was told."""
    found: Message = _waiting(message)
    policy.require(by, "answer", found, on=localdate(at))
    if not text.strip():
        raise Refused("请写明答复内容。")
    if on > localdate(at):
        raise Refused(f"答复日期{on}还没有到。请在答复来信人以后登记。")
    if on < found.on:
        raise Refused(f"答复日期{on}早于收到日期{found.on}。请核对。")
    found.answered_on, found.answered_by, found.answer = on, by, text.strip()
    found.working_days = rules.working_days_used(found.on, on)
    found.save(update_fields=["answered_on", "answered_by", "answer", "working_days"])
    told = {"on": on.isoformat(), "working_days": found.working_days, "in_time": on <= found.due_on}
    _record(found, "answer", told, by=by, at=at)
    touch(MESSAGE.touched([found]))
    return found


@transaction.atomic
def rate(message: Message, satisfaction: int, *, at: datetime) -> Message:
    """What the sender says of the answer, known by the number of the message; said once, so that it can be counted for good.

    Errors: Refused before there is an answer, and the second time.
    """
    found: Message = locked(MESSAGE, message)
    if satisfaction not in dict(SATISFACTION_CHOICES):
        raise Refused("请从列出的评价里选择一项。")
    if found.struck_at is not None or found.answered_on is None:
        raise Refused("答复以后才能评价。")
    if found.satisfaction is not None:
        raise Refused("这条留言已经评价过，每条只评价一次。还有问题没有解决的，请再次留言。")
    found.satisfaction, found.rated_on = satisfaction, localdate(at)
    found.save(update_fields=["satisfaction", "rated_on"])
    _record(found, "rate", {"satisfaction": satisfaction}, by=None, at=at)
    touch(MESSAGE.touched([found]))
    return found


@transaction.atomic
def hand_over(message: Message, to: str, *, reason: str, by: User, at: datetime) -> Message:
    """Send what is no message to the channel where it belongs: a petition, an accusation, an application for disclosure."""
    found: Message = _waiting(message)
    policy.require(by, "hand_over", found, on=localdate(at))
    if to not in dict(ANOTHER_CHANNEL_CHOICES):
        raise Refused("没有这个渠道，请从列出的渠道里选择。")
    if not reason.strip():
        raise Refused("请写明为什么不作为留言办理，以及怎样告知来信人的。")
    found.handed_over_on, found.handed_over_to, found.handed_over_reason = localdate(at), to, reason.strip()
    found.save(update_fields=["handed_over_on", "handed_over_to", "handed_over_reason"])
    _record(found, "hand_over", {"to": to}, by=by, at=at)
    return found


@transaction.atomic
def show(
    message: Message, *, public_subject: str, public_content: str, public_answer: str, by: User, at: datetime
) -> Message:
    """Put a message and its answer before the public, in words from which whoever reviews it took personal data out.

    Errors: Refused without the sender's consent, before an answer, by who answered, and for texts with personal data.
    """
    found: Message = locked(MESSAGE, message)
    policy.require(by, "show", found, on=localdate(at))
    if found.struck_at is not None or found.answered_on is None:
        raise Refused("答复以后才能公开。")
    if not found.consents:
        raise Refused("来信人没有同意公开，这条留言只答复来信人，不公开。")
    if found.answered_by is not None and found.answered_by.staff_number == by.staff_number:
        raise Refused("公开前须由答复人以外的人审核：请由政务公开机构工作人员或者初审人员办理。")
    texts = {"public_subject": public_subject, "public_content": public_content, "public_answer": public_answer}
    if not all(text.strip() for text in texts.values()):
        raise Refused("公开的主题、留言和答复都要填写。")
    if quotes := _personal(public_subject, f"{public_content}\n{public_answer}"):
        raise Refused(f"公开的文字里有像是个人信息的号码：{quotes}。请隐去以后再公开（《个人信息保护法》第二十五条）。")
    for name, text in texts.items():
        setattr(found, name, text.strip())
    found.shown_on, found.shown_by, found.sought = localdate(at), by, MESSAGE.sought(found)
    found.save(update_fields=[*texts, "shown_on", "shown_by", "sought"])
    _record(found, "show", {"subject": found.public_subject}, by=by, at=at)
    touch(MESSAGE.touched([found]))
    return found


@transaction.atomic
def hide(message: Message, *, reason: str, by: User, at: datetime) -> Message:
    """Stop showing a message, at once: the sender took the consent back, or something personal was overlooked."""
    found: Message = locked(MESSAGE, message)
    policy.require(by, "hide", found, on=localdate(at))
    if found.shown_on is None:
        raise Refused("这条留言没有公开。请刷新页面查看。")
    if not reason.strip():
        raise Refused("请写明停止公开的原因。")
    found.shown_on, found.shown_by = None, None
    found.save(update_fields=["shown_on", "shown_by"])
    _record(found, "hide", {"reason": reason.strip()}, by=by, at=at)
    touch(MESSAGE.touched([found]))
    return found


@transaction.atomic
def reveal(message: Message, *, purpose: str, by: User, at: datetime) -> list[tuple[str, str]]:
    """What is sealed of a message, in full; the look at it is put on record. Errors: Refused."""
    policy.require(by, "reveal", message, on=localdate(at))
    shown = []
    for field, label in SEALED.items():
        if not (value := getattr(message, field)):
            continue
        try:
            text = look_at(
                value, subject=MESSAGE.subject(message), field=field, by=by.staff_number, purpose=purpose, at=at
            )
        except PurposeMissing as missing:
            raise Refused(str(missing)) from missing
        shown.append((label, text))
    return shown


def _personal(title: str, body: str = "") -> str:
    """What looks like somebody's number in a text, masked; nothing where there is none."""
    found = [each for each in personal_data(Described(title=title, body=body)) if each.severity != "info"]
    return "、".join(quote for each in found for quote in each.quotes)


def _waiting(message: Message) -> Any:
    """The message, locked, as long as nobody answered it or sent it elsewhere. Errors: Refused."""
    found = locked(MESSAGE, message)
    if found.struck_at is not None:
        raise Refused("这条留言已经划去，不再办理。")
    if found.answered_on is not None or found.handed_over_on is not None:
        raise Refused(f"这条留言{STATES[found.state]}，不再办理。请刷新页面查看。")
    return found


def _record(message: Message, verb: str, detail: dict[str, Any], *, by: User | None, at: datetime) -> None:
    actor = by.staff_number if by else SYSTEM
    record(Act(actor, f"engagement.{verb}", MESSAGE.subject(message), MESSAGE.citation, detail), at=at)

"""Letters for tests: an office that is set up, a decided case, and the way from draft to signature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.casework import letters
from gongkai.office.casework.actions.entering import Entry, enter, locked
from gongkai.office.casework.actions.writing import draft_letter, edit_letter, sign_letter, submit_letter
from gongkai.office.casework.models import Application, Decision, Letter, LetterSettings
from gongkai.office.organs.models import Organ
from gongkai.regulation.application import outcome as outcome_of
from gongkai.regulation.letters import reply_kind
from tests.office.casework.cases import Officers, at

DISCLOSED: Mapping[str, Any] = {"provision": "随本答复书提供《青溪县城区供水改造工程实施方案》一份。"}


def set_up(organ: Organ) -> LetterSettings:
    """What the education bureau's letters name."""
    return LetterSettings.objects.create(
        organ=organ,
        agency_kind="department",
        code="青教",
        court="青溪县人民法院",
        own_government="青溪县人民政府",
        superior="青溪市教育局",
        contact_person="何联系",
        contact_phone="0990-3100001",
        contact_address="青溪县云岭路8号",
        payment_way="凭本通知书到青溪县政务服务中心非税收入窗口缴纳。",
    )


@transaction.atomic
def decided(application: Application, outcome: str, *, by: User, on: date) -> None:
    """The agency means to answer like this, whatever it rests on."""
    application = locked(application)
    event = enter(application, Entry("decided", on, {"outcome": outcome}), by=by, at=at(on))
    reasons = "事实和理由在案。" if outcome_of(outcome).reasons else ""
    Decision.objects.create(
        application=application,
        event=event,
        outcome=outcome,
        reasons=reasons,
        balancing="经权衡，不公开更为适当。" * bool(reasons),
    )


def reply(application: Application, outcome: str, desk: Officers, *, on: date, **given: Any) -> Letter:
    """A reply that was drafted and filled in."""
    decided(application, outcome, by=desk.case, on=on)
    letter = draft_letter(application, reply_kind(outcome), by=desk.case, at=at(on))
    return edit_letter(letter, given=given, texts={}, by=desk.case, at=at(on))


def signed(letter: Letter, desk: Officers, *, on: date) -> Letter:
    """The same, submitted and signed by somebody else."""
    letter = submit_letter(letter, by=desk.case, at=at(on))
    return sign_letter(letter, seen=letter.content_hash, by=desk.approver, at=at(on))


def text_of(letter: Letter, *, on: date) -> str:
    """What a letter says, signed or not."""
    parts = letters.parts_of(letter) if letter.parts else letters.composed(letter, on=on).parts
    return "\n".join(part.text for part in parts)

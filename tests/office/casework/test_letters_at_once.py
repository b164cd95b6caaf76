"""Two officers at one letter, and a step that fails half-way: one event, or nothing at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gongkai.office.casework.actions import delivering
from gongkai.office.casework.actions.delivering import deliver
from gongkai.office.casework.actions.writing import sign_letter, submit_letter
from gongkai.office.casework.models import Application, Delivery, Letter
from gongkai.office.notices.models import Outgoing
from tests.office.at_once import at_once
from tests.office.casework.cases import Officers, at, officers, received
from tests.office.casework.letters import DISCLOSED, reply, set_up, signed
from tests.office.cast import Cast, assemble

NEXT = date(2024, 4, 15)


def test_a_letter_delivered_by_two_officers_at_once_goes_once(committed: Path):
    cast = assemble()
    desk = officers(cast)
    set_up(cast.education)
    letter = signed(reply(received(cast, desk.case), "disclose", desk, on=NEXT, **DISCLOSED), desk, on=NEXT)
    said = at_once(
        lambda: deliver(letter, way="mail", by=desk.case, at=at(NEXT)),
        lambda: deliver(letter, way="counter", by=desk.colleague, at=at(NEXT), on=NEXT, signed_by="孙申请"),
    )
    assert said.count("done") == 1
    assert Delivery.objects.count() == 1
    assert Outgoing.objects.filter(kind="letter").count() == 1


@pytest.mark.usefixtures("typeset_by_nobody")
def test_a_letter_signed_twice_at_once_has_one_number(committed: Path):
    cast = assemble()
    desk = officers(cast)
    set_up(cast.education)
    letter = reply(received(cast, desk.case), "disclose", desk, on=NEXT, **DISCLOSED)
    letter = submit_letter(letter, by=desk.case, at=at(NEXT))
    seen = letter.content_hash

    def sign() -> None:
        sign_letter(Letter.objects.get(pk=letter.pk), seen=seen, by=desk.approver, at=at(NEXT))

    assert at_once(sign, sign).count("done") == 1
    letter.refresh_from_db()
    assert letter.number == "青教公开答〔2024〕1号"
    assert letter.application.files.filter(role="letter").count() == 2


def test_what_fails_half_way_leaves_nothing(cast: Cast, desk: Officers, monkeypatch: pytest.MonkeyPatch):
    set_up(cast.education)
    application: Application = received(cast, desk.case)
    letter = signed(reply(application, "disclose", desk, on=NEXT, **DISCLOSED), desk, on=NEXT)

    def fails(*_, **__):
        raise OSError("the disk is full")

    monkeypatch.setattr(delivering, "enter_event", fails)
    with pytest.raises(OSError, match="disk"):
        deliver(letter, way="counter", by=desk.case, at=at(NEXT), on=NEXT, signed_by="孙申请")
    letter.refresh_from_db()
    assert letter.state == "issued"
    assert not Delivery.objects.exists()
    assert not Outgoing.objects.exists()

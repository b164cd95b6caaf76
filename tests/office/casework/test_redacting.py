"""Partial disclosure: the copy is proved clean before it is signed for, or refused with the place."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions.delivering import deliver, enclosed
from gongkai.office.casework.actions.redacting import Paper, Withheld, confirm_look, redact
from gongkai.office.casework.actions.writing import submit_letter
from gongkai.office.casework.models import Application, Redaction
from tests.documents.readers.pdf_files import photographed, typeset
from tests.office.casework.cases import Officers, at, received
from tests.office.casework.letters import reply, set_up, signed, text_of
from tests.office.cast import Cast

NEXT = date(2024, 4, 15)
NAME = "赵晓梅"
ORIGINAL = Paper("合同.pdf", typeset(f"采购合同。联系人：{NAME}。金额：九万元。"))
CLEAN = Paper("合同（公开）.pdf", typeset("采购合同。联系人：某某。金额：九万元。"))
GIVEN = {
    "open_part": "随本答复书提供处理后的合同一份。",
    "withheld": "联系人的姓名。",
    "withheld_reasons": "姓名属于个人隐私，公开会侵害第三方合法权益。",
}


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    set_up(cast.education)
    return received(cast, desk.case)


def made(application: Application, desk: Officers, copy: Paper = CLEAN, original: Paper = ORIGINAL) -> Redaction:
    withheld = [Withheld(NAME, "internal")]
    return redact(application, original=original, copy=copy, withheld=withheld, by=desk.case, at=at(NEXT))


def test_a_clean_copy_may_go_out_with_the_reply(application: Application, desk: Officers):
    redaction = made(application, desk)
    assert redaction.may_go_out
    letter = signed(reply(application, "partial", desk, on=NEXT, **GIVEN), desk, on=NEXT)
    assert "上述不予公开的内容属于内部事务信息" in text_of(letter, on=NEXT)
    deliver(letter, way="mail", by=desk.case, at=at(NEXT))
    assert enclosed(letter) == [redaction.copy]
    assert letter.deliveries.get().notice.enclosures.filter(sha256=redaction.copy.sha256).exists()


def test_a_copy_that_still_holds_a_name_stops_the_reply_and_names_the_place(application: Application, desk: Officers):
    redaction = made(application, desk, copy=Paper("副本.pdf", typeset(f"采购合同。\n#text(white)[{NAME}]")))
    assert "第1页" in redaction.findings[0]
    letter = reply(application, "partial", desk, on=NEXT, **GIVEN)
    with pytest.raises(Refused, match="没有通过检查"):
        submit_letter(letter, by=desk.case, at=at(NEXT))


def test_without_a_copy_there_is_no_partial_reply(application: Application, desk: Officers):
    letter = reply(application, "partial", desk, on=NEXT, withheld_grounds=["internal"], **GIVEN)
    with pytest.raises(Refused, match="区分处理后的副本"):
        submit_letter(letter, by=desk.case, at=at(NEXT))


def test_pictures_need_somebody_who_looked(application: Application, desk: Officers):
    scan = Paper("副本.pdf", photographed((200, 300)))
    redaction = made(application, desk, copy=scan)
    assert redaction.is_clean
    assert not redaction.may_go_out
    letter = reply(application, "partial", desk, on=NEXT, **GIVEN)
    with pytest.raises(Refused, match="逐页看过"):
        submit_letter(letter, by=desk.case, at=at(NEXT))
    confirm_look(redaction, by=desk.colleague, at=at(NEXT))
    submit_letter(letter, by=desk.case, at=at(NEXT))


def test_a_copy_changed_after_signing_does_not_leave(application: Application, desk: Officers):
    made(application, desk)
    letter = signed(reply(application, "partial", desk, on=NEXT, **GIVEN), desk, on=NEXT)
    made(application, desk, copy=Paper("副本.pdf", typeset("采购合同。金额：九万元。")))
    with pytest.raises(Refused, match="换过"):
        deliver(letter, way="mail", by=desk.case, at=at(NEXT))


def test_nothing_listed_proves_nothing(application: Application, desk: Officers):
    with pytest.raises(Refused, match="列出隐去的文字"):
        redact(application, original=ORIGINAL, copy=CLEAN, withheld=[], by=desk.case, at=at(NEXT))


def test_a_ground_is_one_of_the_law(application: Application, desk: Officers):
    with pytest.raises(Refused, match="依据"):
        redact(
            application,
            original=ORIGINAL,
            copy=CLEAN,
            withheld=[Withheld(NAME, "inconvenient")],
            by=desk.case,
            at=at(NEXT),
        )


def test_the_strings_are_sealed_and_stand_in_no_finding(application: Application, desk: Officers):
    redaction = made(application, desk, copy=ORIGINAL)
    assert redaction.findings
    assert NAME not in "".join(redaction.findings)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT withheld, findings FROM casework_redaction")
        assert NAME not in str(cursor.fetchall())

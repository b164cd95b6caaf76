"""Letters from draft to signature: whole, lawful, signed by somebody else, and exactly what was submitted."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from gongkai.office.accounts.models import Appointment, Role
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry, Seal
from gongkai.office.casework import files, letter_record, letters
from gongkai.office.casework.actions.writing import (
    draft_letter,
    edit_letter,
    return_letter,
    sign_letter,
    submit_letter,
    void_letter,
)
from gongkai.office.casework.models import Application, Letter
from gongkai.regulation.application import outcomes
from gongkai.regulation.letters import kind_of, kinds, reply_kind
from tests.office.casework.cases import Officers, at, received
from tests.office.casework.letters import DISCLOSED, decided, reply, set_up, signed, text_of
from tests.office.cast import Cast

NEXT = date(2024, 4, 15)


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    set_up(cast.education)
    return received(cast, desk.case)


def test_a_reply_is_written_from_the_record(application: Application, desk: Officers) -> None:
    letter = reply(application, "disclose", desk, on=NEXT, **DISCLOSED)
    text = text_of(letter, on=NEXT)
    assert "孙申请：" in text
    assert "2024年4月12日收到您提交的政府信息公开申请" in text
    assert application.number in text
    assert "青溪县人民政府申请行政复议" in text
    assert "青溪县人民法院" in text


def test_what_the_record_says_is_not_asked(application: Application, desk: Officers) -> None:
    decided(application, "disclose", by=desk.case, on=NEXT)
    letter = draft_letter(application, reply_kind("disclose"), by=desk.case, at=at(NEXT))
    assert [fact.key for fact, needed in letters.questions(letter, on=NEXT) if needed] == ["provision"]


@pytest.mark.parametrize("outcome", sorted(set(outcomes()) - {"correction_overdue", "fee_unpaid", "withdrawn"}))
def test_every_outcome_has_a_letter_that_can_be_drafted(application: Application, desk: Officers, outcome: str) -> None:
    decided(application, outcome, by=desk.case, on=NEXT)
    letter = draft_letter(application, reply_kind(outcome), by=desk.case, at=at(NEXT))
    assert letters.composed(letter, on=NEXT).parts[0].text.startswith("青溪县教育局\n")


def test_a_letter_with_gaps_is_not_submitted(application: Application, desk: Officers) -> None:
    letter = reply(application, "disclose", desk, on=NEXT)
    with pytest.raises(Refused, match="提供的信息"):
        submit_letter(letter, by=desk.case, at=at(NEXT))


def test_a_reply_of_another_outcome_than_was_decided_is_not_drafted(application: Application, desk: Officers) -> None:
    decided(application, "not_exist", by=desk.case, on=NEXT)
    with pytest.raises(Refused, match="拟定的办理结果"):
        draft_letter(application, reply_kind("disclose"), by=desk.case, at=at(NEXT))


def test_a_reply_needs_a_decision(application: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="七个问题"):
        draft_letter(application, reply_kind("disclose"), by=desk.case, at=at(NEXT))


def test_a_case_has_one_reply(application: Application, desk: Officers) -> None:
    letter = reply(application, "disclose", desk, on=NEXT, **DISCLOSED)
    with pytest.raises(Refused, match="一次答复"):
        draft_letter(application, reply_kind("disclose"), by=desk.case, at=at(NEXT))
    with pytest.raises(IntegrityError):
        Letter.objects.create(
            application=application, kind=letter.kind, is_reply=True, drafted_by=desk.case, drafted_at=at(NEXT)
        )


# -- editing ----------------------------------------------------------------------------------------------------------


def test_words_may_be_edited_where_the_law_leaves_them_and_nowhere_else(
    application: Application, desk: Officers
) -> None:
    letter = reply(application, "disclose", desk, on=NEXT, **DISCLOSED)
    texts = {"provision": "提供方式：到本机关查阅。", "decision": "不公开。", "remedies": ""}
    edit_letter(letter, given=DISCLOSED, texts=texts, by=desk.case, at=at(NEXT))
    letter.refresh_from_db()
    text = text_of(letter, on=NEXT)
    assert "到本机关查阅" in text
    assert "本机关决定予以公开" in text
    assert "不公开。" not in text
    assert "行政复议" in text


def test_an_edit_voids_the_submission(application: Application, desk: Officers) -> None:
    letter = submit_letter(reply(application, "disclose", desk, on=NEXT, **DISCLOSED), by=desk.case, at=at(NEXT))
    seen = letter.content_hash
    edit_letter(letter, given=DISCLOSED, texts={"provision": "另行提供。"}, by=desk.case, at=at(NEXT))
    with pytest.raises(Refused, match="不能签发"):
        sign_letter(letter, seen=seen, by=desk.approver, at=at(NEXT))


def test_what_was_not_read_is_not_signed(application: Application, desk: Officers) -> None:
    letter = reply(application, "disclose", desk, on=NEXT, **DISCLOSED)
    seen = submit_letter(letter, by=desk.case, at=at(NEXT)).content_hash
    edit_letter(letter, given=DISCLOSED, texts={"provision": "另行提供。"}, by=desk.case, at=at(NEXT))
    submit_letter(letter, by=desk.case, at=at(NEXT))
    with pytest.raises(Refused, match="重新阅读"):
        sign_letter(letter, seen=seen, by=desk.approver, at=at(NEXT))


def test_a_letter_is_returned_with_a_reason(application: Application, desk: Officers) -> None:
    letter = submit_letter(reply(application, "disclose", desk, on=NEXT, **DISCLOSED), by=desk.case, at=at(NEXT))
    with pytest.raises(Refused, match="理由"):
        return_letter(letter, reason="", by=desk.approver, at=at(NEXT))
    assert return_letter(letter, reason="提供方式写具体", by=desk.approver, at=at(NEXT)).state == "draft"


# -- signing ----------------------------------------------------------------------------------------------------------


def test_nobody_signs_their_own_letter(application: Application, desk: Officers, cast: Cast) -> None:
    Appointment.objects.create(
        user=desk.case, organ=cast.education, role=Role.CASE_APPROVER, from_date=date(2019, 1, 1)
    )
    letter = submit_letter(reply(application, "disclose", desk, on=NEXT, **DISCLOSED), by=desk.case, at=at(NEXT))
    with pytest.raises(Refused, match="自己起草"):
        sign_letter(letter, seen=letter.content_hash, by=desk.case, at=at(NEXT))


def test_only_an_approver_of_the_agency_signs(application: Application, desk: Officers) -> None:
    letter = submit_letter(reply(application, "disclose", desk, on=NEXT, **DISCLOSED), by=desk.case, at=at(NEXT))
    for somebody in (desk.colleague, desk.outsider):
        with pytest.raises(Refused, match="权限"):
            sign_letter(letter, seen=letter.content_hash, by=somebody, at=at(NEXT))


def test_a_signed_letter_has_number_day_code_and_files_that_stay_the_same(
    application: Application, desk: Officers
) -> None:
    letter = signed(reply(application, "disclose", desk, on=NEXT, **DISCLOSED), desk, on=NEXT)
    letter.refresh_from_db()
    assert letter.number == "青教公开答〔2024〕1号"
    assert letter.on == NEXT
    pdf, docx = files.read(letter.pdf), files.read(letter.docx)
    assert pdf[:5] == b"%PDF-"
    assert docx[:2] == b"PK"
    assert files.read(letter.pdf) == pdf
    assert {file.sha256 for file in letter.seal.files.all()} == {letter.pdf.sha256, letter.docx.sha256}


def test_the_public_code_and_the_log_tell_nothing_of_the_person(application: Application, desk: Officers) -> None:
    letter = signed(reply(application, "disclose", desk, on=NEXT, **DISCLOSED), desk, on=NEXT)
    seal = Seal.objects.get(pk=letter.seal_id)
    assert (seal.label, seal.number, seal.address) == ("政府信息公开申请答复书", letter.number, "")
    log = " ".join(str(entry.detail) for entry in Entry.objects.all())
    assert "孙申请" not in log
    assert "供水" not in log


def test_numbers_count_by_agency_series_and_year(cast: Cast, desk: Officers) -> None:
    set_up(cast.education)
    numbers = []
    for day in (date(2023, 12, 28), date(2023, 12, 29), date(2024, 1, 2)):
        application = received(cast, desk.case, on=date(2023, 12, 25))
        numbers.append(signed(reply(application, "disclose", desk, on=day, **DISCLOSED), desk, on=day).number)
    assert numbers == ["青教公开答〔2023〕1号", "青教公开答〔2023〕2号", "青教公开答〔2024〕1号"]


def test_remedies_follow_the_law_of_the_letters_day(cast: Cast, desk: Officers) -> None:
    set_up(cast.education)
    given = {"internal_kind": "workflow", "reasons": "该信息是内部工作流程，公开会影响正常履职，经权衡不予公开。"}
    texts = []
    for day in (date(2023, 12, 29), date(2024, 1, 2)):
        application = received(cast, desk.case, on=date(2023, 12, 25))
        texts.append(text_of(signed(reply(application, "deny_internal", desk, on=day, **given), desk, on=day), on=day))
    assert ["应当先申请行政复议" in text for text in texts] == [False, True]


def test_a_letter_that_was_voided_keeps_its_number_and_its_code_says_so(
    application: Application, desk: Officers
) -> None:
    letter = signed(reply(application, "disclose", desk, on=NEXT, **DISCLOSED), desk, on=NEXT)
    with pytest.raises(Refused, match="权限"):
        void_letter(letter, reason="事实有误", by=desk.case, at=at(NEXT))
    void_letter(letter, reason="事实有误", by=desk.approver, at=at(NEXT))
    assert Seal.objects.get(pk=letter.seal_id).ended_as == "withdrawn"
    letter = draft_letter(application, reply_kind("disclose"), by=desk.case, at=at(NEXT))
    edit_letter(letter, given=DISCLOSED, texts={}, by=desk.case, at=at(NEXT))
    assert signed(letter, desk, on=NEXT).number == "青教公开答〔2024〕2号"


# -- letters on the way -----------------------------------------------------------------------------------------------


def test_an_extension_tells_both_days(application: Application, desk: Officers) -> None:
    letter = draft_letter(application, "extension_notice", by=desk.case, at=at(NEXT))
    given = {"extension_days": 20, "reasons": "需要向多个单位核实。"}
    letter = edit_letter(letter, given=given, texts={}, by=desk.case, at=at(NEXT))
    text = text_of(letter, on=NEXT)
    assert "原答复期限至2024年5月13日届满" in text
    assert "延长后的答复期限至2024年6月11日届满" in text
    assert letters.composed(letter, on=NEXT).errors == []


def test_a_letter_to_somebody_else_says_to_whom(application: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="发给谁"):
        draft_letter(application, "transfer_letter", by=desk.case, at=at(NEXT))


def test_every_kind_has_a_series_of_its_own_or_shares_it_on_purpose() -> None:
    series = {kind.series for kind in kinds().values() if not kind.outcome}
    assert len(series) == len([kind for kind in kinds().values() if not kind.outcome])
    assert {kind_of(reply_kind(outcome)).series for outcome in outcomes()} == {"公开答"}


@pytest.mark.parametrize(
    ("wanted", "cited"),
    [
        ("请公开《甲方案》全文。", "《甲方案》全文"),
        ("申请公开：2023年的验收报告", "2023年的验收报告"),
        ("我想获取乙项目的批复；", "乙项目的批复"),
        ("公开招标的中标结果", "公开招标的中标结果"),
        ("2023年的验收报告", "2023年的验收报告"),
    ],
)
def test_what_is_wanted_is_cited_without_asking_twice(wanted: str, cited: str) -> None:
    assert letter_record.wanted(Application(wanted=wanted)) == cited

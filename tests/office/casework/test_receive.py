"""Receiving applications: numbers, codes, what is refused, and what the database holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.casework import codes, files
from gongkai.office.casework.actions import Upload, receive
from gongkai.office.casework.models import Application, ApplicationFile, Intake
from gongkai.office.personal import files as sealed
from tests.office.casework.cases import FIRM, PERSON, Officers, at, received
from tests.office.cast import TODAY, Cast


def test_an_application_handed_in_is_received_that_day_and_due_twenty_working_days_later(
    cast: Cast, desk: Officers
) -> None:
    application = received(cast, desk.case)
    assert application.number == "青溪县教育局依申〔2024〕1号" or application.number.startswith("青教依申〔2024〕1")
    assert (application.state, application.receipt_on, application.due_on) == (
        "under_review",
        TODAY,
        date(2024, 5, 13),
    )


def test_an_online_application_waits_for_confirmation_with_an_alarm(cast: Cast) -> None:
    receipt = receive(cast.education, PERSON, channel="online", submitted_on=TODAY, at=at(TODAY))
    application = receipt.application
    assert (application.state, application.receipt_on, application.due_on) == ("registered", None, None)
    assert application.alarm_on == date(2024, 4, 15)
    assert Entry.objects.get(act="casework.submitted").actor == "public"


def test_numbers_follow_each_other_by_agency_and_year(cast: Cast, desk: Officers) -> None:
    numbers = [received(cast, desk.case, on=day).number for day in (date(2023, 12, 29), TODAY, TODAY)]
    assert [number[-8:] for number in numbers] == ["〔2023〕1号", "〔2024〕1号", "〔2024〕2号"]


def test_a_query_code_finds_the_case_however_it_is_typed(cast: Cast, desk: Officers) -> None:
    receipt = receive(cast.education, PERSON, channel="in_person", submitted_on=TODAY, at=at(TODAY), by=desk.case)
    typed = receipt.query_code.replace("-", " ").lower()
    assert Application.objects.get(query_mark=codes.mark(typed)) == receipt.application


def test_the_database_holds_nothing_that_tells_who_applied(cast: Cast, desk: Officers) -> None:
    received(cast, desk.case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_application")
        row = repr(cursor.fetchall())
    for secret in (PERSON.applicant_name, PERSON.identity_number, PERSON.phone, PERSON.email, PERSON.address):
        assert secret not in row
    assert PERSON.wanted not in row
    assert Application.objects.get().applicant_name == PERSON.applicant_name


def test_the_log_tells_of_no_person(cast: Cast, desk: Officers) -> None:
    received(cast, desk.case)
    said = repr(list(Entry.objects.values()))
    assert PERSON.applicant_name not in said
    assert PERSON.phone not in said


def test_files_are_encrypted_on_the_disk_and_read_back(cast: Cast, desk: Officers, settings: object, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    data = "申请书：孙申请，电话13800000001".encode()
    receive(
        cast.education,
        PERSON,
        channel="in_person",
        submitted_on=TODAY,
        at=at(TODAY),
        by=desk.case,
        uploads=[Upload("申请书.txt", data)],
    )
    kept = ApplicationFile.objects.get()
    assert files.read(kept) == data
    on_disk = sealed.path_of(kept.handle).read_bytes()
    assert data not in on_disk
    assert b"13800000001" not in on_disk


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"applicant_name": ""}, "姓名"),
        ({"identity_number": "110105194912310021"}, "校验码"),
        ({"wanted": " "}, "描述需要的政府信息"),
        ({"phone": "", "email": "", "address": ""}, "联系方式"),
        ({"delivery": "mail", "email": ""}, "电子邮箱"),
    ],
)
def test_what_is_missing_is_told(cast: Cast, desk: Officers, change: dict[str, str], told: str) -> None:
    with pytest.raises(Refused, match=told):
        received(cast, desk.case, who=replace(PERSON, **change))
    assert not Application.objects.exists()


def test_the_basic_channels_have_no_switch_and_the_others_do(cast: Cast, desk: Officers) -> None:
    Intake.objects.create(organ=cast.education, online_open=False, fax_open=False)
    for channel in ("online", "fax"):
        with pytest.raises(Refused, match="没有开通"):
            received(cast, desk.case, channel=channel)
    for channel in ("in_person", "oral", "post_signed", "post_unsigned"):
        received(cast, desk.case, channel=channel)


def test_the_public_form_can_neither_backdate_nor_claim_another_channel(cast: Cast) -> None:
    for channel, day in (("in_person", TODAY), ("online", TODAY - timedelta(days=1))):
        with pytest.raises(Refused, match="只受理网上申请"):
            receive(cast.education, PERSON, channel=channel, submitted_on=day, at=at(TODAY))


def test_the_outsider_can_not_enter_an_application_for_another_agency(cast: Cast, desk: Officers) -> None:
    with pytest.raises(Refused, match="权限"):
        received(cast, desk.outsider)


def test_a_sole_trader_is_counted_as_the_office_is_used_to(cast: Cast, desk: Officers) -> None:
    trader = replace(FIRM, applicant_kind="individual_business")
    assert received(cast, desk.case, who=trader).applicant_column == "commercial_enterprise"
    Intake.objects.create(organ=cast.education, individual_business_column="natural_person")
    assert received(cast, desk.case, who=trader).applicant_column == "natural_person"


def test_a_summary_with_a_telephone_number_or_a_name_is_refused(cast: Cast, desk: Officers) -> None:
    for summary in ("孙申请要的方案", "联系13800000001"):
        with pytest.raises(Refused, match="概要"):
            receive(
                cast.education,
                PERSON,
                channel="in_person",
                submitted_on=TODAY,
                at=at(TODAY),
                by=desk.case,
                summary=summary,
            )

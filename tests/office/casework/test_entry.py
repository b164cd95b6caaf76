"""What comes by post, over the counter, by fax or by word of mouth is entered once, by whoever may, and checked first."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.office.accounts.models import Role
from gongkai.office.audit.models import Entry
from gongkai.office.casework.models import Application, Intake
from tests.office.casework.cases import Officers
from tests.office.casework.visitor import COMPANY, FILLED, photo
from tests.office.cast import Cast, appoint

FORM = "/desk/cases/new/qingxi-education/{channel}/{kind}/"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def clerk(desk: Officers) -> Client:
    client = Client()
    client.force_login(desk.case)
    return client


def enter(client: Client, channel: str, kind: str = "natural_person", /, **changes: Any) -> Any:
    today = timezone.localdate().isoformat()
    filled = (FILLED if kind == "natural_person" else COMPANY) | {"submitted_on": today, "once": "one", **changes}
    return client.post(FORM.format(channel=channel, kind=kind), filled)


@pytest.mark.parametrize("channel", ["in_person", "post_signed"])
def test_what_is_handed_in_or_signed_for_runs_from_that_day(clerk: Client, channel: str) -> None:
    assert enter(clerk, channel).headers["Location"] == "/desk/cases/new/entered/"
    made = Application.objects.get()
    assert (made.channel, made.receipt_on) == (channel, timezone.localdate())
    assert made.events.get().by.name == "郑经办"


@pytest.mark.parametrize("channel", ["post_unsigned", "fax"])
def test_what_has_to_be_confirmed_says_so_and_does_not_run(clerk: Client, cast: Cast, channel: str) -> None:
    Intake.objects.create(organ=cast.education, fax_open=True)
    enter(clerk, channel)
    assert Application.objects.get().receipt_on is None
    assert "还没有算收到" in clerk.get("/desk/cases/new/entered/").content.decode()


def test_number_and_code_are_shown_once_to_be_handed_over(clerk: Client) -> None:
    enter(clerk, "in_person")
    made = Application.objects.get()
    shown = clerk.get("/desk/cases/new/entered/").content.decode()
    assert made.query_code in shown
    assert made.number in shown
    assert made.query_code not in clerk.get(f"/desk/cases/{made.pk}/").content.decode()


def test_an_application_spoken_needs_the_applicant_s_consent(clerk: Client) -> None:
    answer = enter(clerk, "oral")
    assert answer.status_code == 422
    assert "须经申请人同意" in answer.content.decode()
    assert enter(clerk, "oral", agreed="on").status_code == 302


def test_an_organisation_is_asked_for_its_representative(clerk: Client) -> None:
    answer = enter(clerk, "in_person", "research_institution", representative="")
    assert "请填写法定代表人或者负责人" in answer.content.decode()
    assert enter(clerk, "in_person", "research_institution").status_code == 302


def test_the_same_letter_entered_again_is_held_up_with_what_is_there_masked(clerk: Client) -> None:
    enter(clerk, "post_signed")
    answer = enter(clerk, "post_signed", once="two", wanted="2023年县城小学招生片区划分的会议纪要。")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "同一申请人、同一内容" in shown
    assert "孙***" in shown
    assert Application.objects.count() == 1
    assert enter(clerk, "post_signed", once="two", sure="1").status_code == 302
    assert Application.objects.count() == 2


def test_another_person_who_asks_the_same_is_told_apart(clerk: Client) -> None:
    enter(clerk, "in_person")
    shown = enter(clerk, "in_person", "commercial_enterprise", once="two").content.decode()
    assert "<strong>同一内容</strong>" in shown
    assert "同一申请人、同一内容" not in shown


def test_pressing_twice_enters_one(clerk: Client) -> None:
    enter(clerk, "in_person")
    assert enter(clerk, "in_person").headers["Location"] == "/desk/cases/new/entered/"
    assert Application.objects.count() == 1


def test_scans_come_along(clerk: Client) -> None:
    enter(clerk, "post_signed", scans=[SimpleUploadedFile("信封.png", photo())])
    assert Application.objects.get().files.get().name == "信封.png"


def test_a_summary_may_not_tell_who_applied(clerk: Client) -> None:
    answer = enter(clerk, "in_person", summary="孙申请人要的会议纪要")
    assert answer.status_code == 403
    assert "不写" in answer.content.decode() or "请只写" in answer.content.decode()
    assert not Application.objects.exists()


def test_a_day_to_come_is_refused(clerk: Client) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "还没有到" in enter(clerk, "in_person", submitted_on=tomorrow).content.decode()


def test_fax_is_refused_where_it_is_closed_and_the_counter_never(clerk: Client) -> None:
    assert "没有开通传真" in enter(clerk, "fax").content.decode()
    assert enter(clerk, "in_person").status_code == 302


def test_who_works_elsewhere_can_t_enter_here(desk: Officers) -> None:
    client = Client()
    client.force_login(desk.outsider)
    assert enter(client, "in_person").status_code == 404
    assert not Application.objects.exists()


def test_the_start_leads_to_the_form_of_what_was_chosen(clerk: Client) -> None:
    shown = clerk.get("/desk/cases/new/").content.decode()
    assert "青溪县教育局" in shown
    assert "互联网" not in shown.partition('name="channel"')[2].partition("</fieldset>")[0]
    answer = clerk.get("/desk/cases/new/?organ=qingxi-education&channel=oral&kind=natural_person")
    assert answer.headers["Location"] == FORM.format(channel="oral", kind="natural_person")


# -- which channels are open -------------------------------------------------------------------------------------------


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.officer)
    return client


def test_the_disclosure_office_closes_the_internet_and_the_guide_says_so(office: Client, cast: Cast) -> None:
    settings = {"fax_open": "on", "individual_business_column": "natural_person"}
    assert office.post("/desk/cases/intake/qingxi-education/", settings).status_code == 302
    intake = Intake.objects.get(organ=cast.education)
    assert (intake.online_open, intake.fax_open, intake.individual_business_column) == (False, True, "natural_person")
    entry = Entry.objects.get(act="casework.set_intake")
    assert entry.detail["online_open"] == [True, False]
    shown = Client().get("/organ/qingxi-education/application-guide/").content.decode()
    assert "没有开通网上申请" in shown


def test_there_is_no_switch_for_handing_in_and_post(office: Client) -> None:
    shown = office.get("/desk/cases/intake/qingxi-education/").content.decode()
    assert "online_open" in shown
    assert "in_person_open" not in shown
    assert "post_open" not in shown
    assert "不得拒收" in shown


def test_a_case_officer_does_not_set_channels(clerk: Client) -> None:
    assert clerk.get("/desk/cases/intake/").status_code == 403
    assert clerk.post("/desk/cases/intake/qingxi-education/", {}).status_code == 404


def test_an_officer_of_another_agency_does_not_set_them(cast: Cast) -> None:
    appoint(cast.editor, Role.DISCLOSURE_OFFICER, cast.water)
    client = Client()
    client.force_login(cast.editor)
    assert client.post("/desk/cases/intake/qingxi-education/", {}).status_code == 404

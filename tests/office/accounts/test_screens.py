"""The screens of people: lists that stay quick with 20,000 staff, and no way past the own reach."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.office.accounts.forms import DelegationForm
from gongkai.office.accounts.models import Appointment, Delegation, Role, User
from gongkai.office.accounts.staff_import import HEADINGS
from gongkai.office.organs import tables
from tests.office.cast import Cast


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.administrator)
    return client


def crowd(cast: Cast, count: int) -> None:
    start = User.objects.count()
    people = User.objects.bulk_create(
        User(username=f"n{number}", name=f"何{number}", staff_number=f"N{number:05d}", password="!")
        for number in range(start, start + count)
    )
    today = timezone.localdate()
    Appointment.objects.bulk_create(
        Appointment(user=each, organ=cast.education, role=Role.EDITOR, from_date=today) for each in people
    )


QUERIES = ("", "?words=何", "?role=editor", "?organ=qingxi-education", "?state=no_password")


def test_a_page_of_twenty_thousand_staff_costs_no_more_queries_than_one_of_eight(cast: Cast, desk: Client):
    def cost() -> list[int]:
        counts = []
        for query in QUERIES:
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(f"/desk/staff/{query}").status_code == 200
            counts.append(len(queries))
        return counts

    crowd(cast, 1)
    cost()
    few = cost()
    crowd(cast, 20_000)
    assert cost() == few
    assert max(few) <= 30
    page = desk.get("/desk/staff/?page=400").content.decode()
    assert "第400页，共401页" in page
    assert "共20009人" in page


def test_the_list_holds_the_own_agencies_staff_only(cast: Cast, client: Client):
    client.force_login(cast.outsider)
    page = client.get("/desk/staff/").content.decode()
    assert "钱外人" in page
    assert "张起草" not in page
    assert client.get(f"/desk/staff/{cast.editor.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["", "new/", "import/", "import/template/"])
def test_whoever_is_no_administrator_is_refused_with_the_reason(cast: Cast, client: Client, address):
    client.force_login(cast.final)
    answer = client.get(f"/desk/staff/{address}")
    assert answer.status_code == 403
    assert "没有任何机关的系统管理职责" in answer.content.decode()


def test_an_account_is_opened_and_its_password_shown_once(cast: Cast, desk: Client):
    form = {"name": "蒋新人", "staff_number": "B001", "username": "b001", "organ": "青溪县教育局", "role": "editor"}
    page = desk.post("/desk/staff/new/", form)
    password = page.context["password"]
    assert password in page.content.decode()
    person = User.objects.get(username="b001")
    assert password not in desk.get(f"/desk/staff/{person.pk}/").content.decode()
    assert Client().post("/desk/login/", {"username": "b001", "password": password}).status_code == 302
    assert "已有人使用" in desk.post("/desk/staff/new/", form).content.decode()


def test_appointing_ending_and_managing_by_screen(cast: Cast, desk: Client):
    page = f"/desk/staff/{cast.editor.pk}/"
    form = {"form": "appoint", "appoint-organ": "qingxi-water", "appoint-role": "final_reviewer"}
    desk.post(page, form)
    made = Appointment.objects.get(user=cast.editor, organ=cast.water)
    desk.post(f"/desk/appointments/{made.pk}/end/")
    assert not Appointment.objects.filter(user=cast.editor, organ=cast.water, to_date=None).exists()
    desk.post(page, {"form": "contact", "contact-name": "张改名"})
    desk.post(f"{page}close/")
    fresh = User.objects.get(pk=cast.editor.pk)
    assert (fresh.name, fresh.is_active) == ("张改名", False)
    desk.post(f"{page}reopen/")
    assert "初始密码" in desk.post(f"{page}reset-password/").content.decode()
    desk.post(f"{page}reset-second-factor/")
    assert "重置手机验证" in desk.get(page).content.decode()


def test_one_s_own_page_offers_no_appointment_and_takes_none(cast: Cast, desk: Client):
    page = f"/desk/staff/{cast.administrator.pk}/"
    assert "登记新的任职" not in desk.get(page).content.decode()
    form = {"form": "appoint", "appoint-organ": "qingxi-education", "appoint-role": "final_reviewer"}
    assert "不能给自己" in desk.post(page, form, follow=True).content.decode()
    assert desk.post(f"{page}close/", follow=True).status_code == 200
    assert User.objects.get(pk=cast.administrator.pk).is_active
    assert Appointment.objects.filter(user=cast.administrator).count() == 1


def test_another_administrator_s_addresses_do_nothing_for_strangers(cast: Cast, client: Client):
    client.force_login(cast.outsider)
    for verb in ("close", "reopen", "reset-password", "reset-second-factor"):
        assert client.post(f"/desk/staff/{cast.editor.pk}/{verb}/").status_code == 404
    held = Appointment.objects.get(user=cast.editor)
    client.post(f"/desk/appointments/{held.pk}/end/")
    held.refresh_from_db()
    assert held.to_date is None


def test_a_table_is_tried_then_taken_in_then_passwords_are_issued(cast: Cast, desk: Client):
    rows = [list(HEADINGS), ["c1", "何一", "C1", "", "", "qingxi-education", "信息编辑", "否", "", ""]]

    def upload(**more: str):
        return desk.post(
            "/desk/staff/import/", {"file": SimpleUploadedFile("s.xlsx", tables.write_xlsx({"人员": rows})), **more}
        )

    assert "将开立 1 个账号" in upload().content.decode()
    assert not User.objects.filter(username="c1").exists()
    upload(carry_out="1")
    assert "1 个账号还没有密码" in desk.get("/desk/staff/").content.decode()
    issued = tables.read(desk.post("/desk/staff/issue-passwords/").content, "x.xlsx")["初始密码"]
    assert [row.cells["账号"] for row in issued] == ["c1"]
    assert User.objects.get(username="c1").check_password(issued[0].cells["初始密码"])


def test_a_reviewer_delegates_by_screen_and_takes_it_back(cast: Cast, client: Client):
    client.force_login(cast.first)
    today = timezone.localdate()
    form = {
        "role": "first_reviewer",
        "deputy": "A006",
        "from_date": today.isoformat(),
        "to_date": (today + timedelta(days=3)).isoformat(),
        "reason": "年休假",
    }
    assert client.post("/desk/delegations/", form).status_code == 302
    made = Delegation.objects.get()
    assert made.delegate == cast.officer
    assert "吴公开" in client.get("/desk/account/").content.decode()
    assert "已经委托过" in client.post("/desk/delegations/", form).content.decode()
    client.post(f"/desk/delegations/{made.pk}/revoke/")
    assert Delegation.objects.get().revoked_at is not None


def test_the_form_suggests_colleagues_by_name_so_that_nobody_need_know_their_numbers(cast: Cast, client: Client):
    client.force_login(cast.first)
    page = client.get("/desk/delegations/").content.decode()
    assert f'<option value="{cast.second.staff_number}">{cast.second.name}</option>' in page
    assert f'list="{DelegationForm.near}"' in page
    assert f'<datalist id="{DelegationForm.near}">' in page


def test_only_who_looks_after_accounts_is_asked_for_whom_somebody_acts(cast: Cast, client: Client):
    client.force_login(cast.first)
    assert 'name="delegator"' not in client.get("/desk/delegations/").content.decode()
    client.force_login(cast.administrator)
    assert 'name="delegator"' in client.get("/desk/delegations/").content.decode()


def test_both_sides_of_a_delegation_read_of_it_on_the_desk_while_it_is_in_force(cast: Cast, client: Client):
    today = timezone.localdate()
    dates = {"from_date": today, "to_date": today + timedelta(days=3)}
    made = Delegation.objects.create(
        delegator=cast.first,
        delegate=cast.officer,
        role=Role.FIRST_REVIEWER,
        reason="年休假",
        made_at=timezone.now(),
        **dates,
    )
    revoke = f"/desk/delegations/{made.pk}/revoke/"
    client.force_login(cast.first)
    assert f"您已委托吴公开代行初审，到{dates['to_date']}为止" in client.get("/desk/").content.decode()
    assert revoke in client.get("/desk/delegations/").content.decode()
    client.force_login(cast.officer)
    assert f"您受{cast.first.name}委托代行初审" in client.get("/desk/").content.decode()
    # A button that would be refused is not offered.
    assert revoke not in client.get("/desk/delegations/").content.decode()
    Delegation.objects.update(from_date=today + timedelta(days=1))
    assert "委托代行初审" not in client.get("/desk/").content.decode()


def test_a_stranger_takes_back_nobody_s_delegation(cast: Cast, client: Client):
    made = Delegation.objects.create(
        delegator=cast.first,
        delegate=cast.officer,
        role=Role.FIRST_REVIEWER,
        from_date=timezone.localdate(),
        to_date=timezone.localdate(),
        reason="年休假",
        made_at=timezone.now(),
    )
    client.force_login(cast.outsider)
    assert client.post(f"/desk/delegations/{made.pk}/revoke/").status_code == 403
    made.refresh_from_db()
    assert made.revoked_at is None

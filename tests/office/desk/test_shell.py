"""The desk is one place: our rooms in Wagtail's frame, and nothing of the shell's own way round them."""

import pytest
from django.test import Client
from wagtail import hooks
from wagtail.admin.menu import admin_menu

from gongkai.office.desk.shell import CLOSED
from gongkai.office.desk.wagtail_hooks import ROOMS
from tests.office.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(cast: Cast, client: Client) -> Client:
    cast.administrator.is_superuser = True
    cast.administrator.save()
    client.force_login(cast.administrator)
    return client


def test_the_desk_asks_a_stranger_to_sign_in(client: Client):
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert answer.url.startswith("/desk/login/")


@pytest.mark.parametrize("part", CLOSED)
def test_the_shell_s_own_addresses_are_closed_even_for_a_superuser(superuser: Client, part):
    assert superuser.get(f"/desk/{part}/").status_code == 404
    assert superuser.post(f"/desk/{part}/add/").status_code == 404


def test_the_menu_holds_our_rooms_only(superuser: Client):
    request = superuser.get("/desk/").wsgi_request
    assert {item.name.partition("-")[0] for item in admin_menu.menu_items_for_request(request)} <= set(ROOMS)


def test_the_menu_begins_with_the_way_back_to_the_desk(superuser: Client):
    request = superuser.get("/desk/").wsgi_request
    first = admin_menu.menu_items_for_request(request)[0]
    assert (first.label, first.url) == ("工作台", "/desk/")


def test_every_menu_item_of_wagtail_leads_to_a_closed_address():
    for make in hooks.get_hooks("register_settings_menu_item"):
        if make.__module__.startswith("wagtail"):
            address = make().url.removeprefix("/desk/").partition("/")[0]
            assert address in CLOSED


def test_an_address_of_the_desk_that_is_not_there_leads_back_to_it(superuser: Client):
    page = superuser.get("/desk/no-such-page/").content.decode()
    assert "没有这一页" in page
    assert "返回工作台" in page
    assert "Wagtail" not in page

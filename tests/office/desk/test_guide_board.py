"""The desk reminds of a guide that does not say the new contact data yet, those who look after the agency."""

from django.test import Client

from gongkai.office.organs.actions import set_disclosure_office
from tests.office.cast import NOW, Cast
from tests.office.organs.test_actions import OFFICE


def test_a_guide_to_update_stands_on_the_desk_of_the_agency_s_administrator_only(cast: Cast, client: Client):
    for phone in ("0999-1234567", "0999-7654321"):
        set_disclosure_office(cast.education, by="test", at=NOW, **OFFICE | {"phone": phone})
    for person, is_told in ((cast.administrator, True), (cast.outsider, False), (cast.editor, False)):
        client.force_login(person)
        assert ("公开指南待更新" in client.get("/desk/").content.decode()) is is_told

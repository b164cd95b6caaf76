"""This room's own screens: a message's life at the desk, and what the public sees."""

from datetime import date

import pytest
from django.utils.timezone import localdate, now

from gongkai.office.engagement import actions
from gongkai.office.engagement.ledgers import CONSULTATION, INTERPRETATION
from gongkai.office.ledgers import actions as ledgers
from gongkai.office.publishing.actions import withdraw
from tests.office.cast import NOW, TODAY
from tests.office.engagement.entries import consultation, interpretation, item, message, response

pytestmark = pytest.mark.django_db
PUBLIC = {"public_subject": "转学怎样办理", "public_content": "怎样转学？", "public_answer": "请到学校办理。"}


@pytest.fixture
def at_desk(cast, client):
    """A browser in which somebody is signed in."""

    def sign_in(part: str):
        client.force_login(getattr(cast, part), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def page(answer, status: int = 200) -> str:
    assert answer.status_code == status, answer
    return answer.content.decode()


def test_a_message_goes_from_the_desk_to_the_public(cast, at_desk, client):
    made = message(cast)
    base = f"/desk/engagement/message/{made.pk}/"
    desk = at_desk("editor")
    assert made.subject in page(desk.get("/desk/engagement/"))
    told = page(desk.get(base))
    assert "孙来信" not in told
    assert made.number in told
    assert "孙来信" in page(desk.post(f"{base}reveal/", {"purpose": "核实情况"}))
    page(desk.post(f"{base}answer/", {"on": localdate().isoformat(), "answer": "请到学校办理。"}, follow=True))
    assert page(desk.post(f"{base}show/", PUBLIC), 403)
    desk = at_desk("officer")
    assert "已审核公开" in page(desk.post(f"{base}show/", PUBLIC, follow=True))
    client.logout()
    assert "转学怎样办理" in page(client.get("/messages/"))
    shown = page(client.get(f"/messages/{made.pk}/"))
    assert "请到学校办理" in shown
    assert "13800138000" not in shown
    desk = at_desk("officer")
    page(desk.post(f"{base}hide/", {"reason": "来信人要求"}, follow=True))
    assert client.get(f"/messages/{made.pk}/").status_code == 404


def test_a_message_is_assigned_and_handed_over_at_the_desk(cast, at_desk):
    made = message(cast)
    base = f"/desk/engagement/message/{made.pk}/"
    desk = at_desk("officer")
    assert "青溪县水利局" in page(desk.post(f"{base}assign/", {"to": cast.water.pk}, follow=True))
    assert "信访渠道" in page(desk.post(f"{base}hand-over/", {"to": "petition", "reason": "属于信访"}, follow=True))


def test_policy_and_interpretation_link_to_each_other_as_long_as_both_are_public(cast, client):
    policy, reading = item(cast, title="校车管理办法"), item(cast, title="一图读懂校车管理办法")
    made = interpretation(cast, item=reading, policy_item=policy, title="", form="picture")
    assert f"/item/{reading.pk}/" in page(client.get(f"/item/{policy.pk}/"))
    told = page(client.get(f"/item/{reading.pk}/"))
    assert f"/item/{policy.pk}/" in told
    assert "图表图解解读" in told
    assert "一图读懂校车管理办法" in page(client.get("/interpretations/form/picture/"))
    withdraw(reading, reason="内容有误", by=cast.officer, at=now())
    assert f"/item/{reading.pk}/" not in page(client.get(f"/item/{policy.pk}/"))
    assert "一图读懂" not in page(client.get("/interpretations/"))
    ledgers.strike(INTERPRETATION, made, reason="登记错了", by=cast.editor, at=NOW)
    assert "还没有公开的政策解读" in page(client.get("/interpretations/"))


def test_a_response_says_its_topic_and_hours(cast, client):
    made = response(cast)
    told = page(client.get(f"/responses/{made.pk}/"))
    assert "及时" in told
    assert made.title in page(client.get("/responses/topic/education/"))
    assert client.get("/responses/topic/nothing/").status_code == 404
    assert client.get("/responses/page/2/").status_code == 404


def test_a_consultation_tells_why_it_is_short_and_what_became_of_the_opinions(cast, client):
    made = consultation(cast, closes_on=date(2024, 3, 10), shortened_reason="防汛紧急需要")
    told = page(client.get(f"/consultations/{made.pk}/"))
    assert "防汛紧急需要" in told
    assert "还没有公布" in told, "its result is overdue"
    values = {name: getattr(made, name) for name in CONSULTATION.form.base_fields} | {"answered_on": date(2024, 4, 1)}
    ledgers.change(CONSULTATION, made, values, by=cast.editor, at=NOW)
    assert "征集期间没有收到意见" in page(client.get(f"/consultations/{made.pk}/"))
    assert "已公布结果" in page(client.get("/consultations/"))


def test_the_statistics_of_messages_are_public_and_a_struck_one_is_not_in_them(cast, client):
    actions.answer(message(cast), "好。", on=TODAY, by=cast.editor, at=NOW)
    assert "2024年" in page(client.get("/messages/"))

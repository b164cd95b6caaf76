"""What the public writes: received once, sealed, within the limits; found again by its number alone."""

import re
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from gongkai.office.accounts import captcha
from gongkai.office.engagement import actions
from gongkai.office.engagement.models import Message, Opinion
from gongkai.office.engagement.views import writing
from gongkai.office.renderings.models import Rendering
from tests.office.engagement.entries import consultation

pytestmark = pytest.mark.django_db
QUESTION = "/messages/write/?check=question"


def given(cast, **more):
    told = {
        "organ": cast.education.pk,
        "kind": "question",
        "subject": "转学怎样办理",
        "content": "孩子想转学。",
        "sender": "孙来信",
        "contact": "13800138000",
        "consents": "on",
    }
    return {**told, **more}


def solved() -> dict[str, str]:
    """A challenge and its answer, as somebody who reads the picture would give it."""
    made = captcha.challenge("picture", at=now())
    sealed = captcha._open(made.token, now())
    return {"captcha_token": made.token, "captcha_answer": sealed["answer"]}


def test_a_message_is_received_once_and_found_by_its_number(cast, client):
    sent = given(cast) | solved()
    answer = client.post("/messages/write/", sent)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    made = Message.objects.get()
    assert made.number in answer.content.decode()
    assert (made.sender, made.on, made.channel) == ("孙来信", localdate(), "web")
    assert client.post("/messages/write/", sent).status_code == 422, "the same challenge is answered once"
    assert Message.objects.count() == 1
    told = client.post("/messages/find/", {"number": made.number.lower()}).content.decode()
    assert "正在办理" in told
    assert "孙来信" not in told
    actions.answer(made, "请到学校办理。", on=localdate(), by=cast.editor, at=now())
    assert "请到学校办理" in client.post("/messages/find/", {"number": made.number}).content.decode()
    assert client.post("/messages/find/", {"number": "20240412-AAAAAAAA"}).status_code == 404


def test_a_wrong_answer_keeps_what_was_filled_in_and_says_so(cast, client):
    answer = client.post("/messages/write/", given(cast) | solved() | {"captcha_answer": "0"})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "答案不对" in told
    assert "孩子想转学" in told
    assert not Message.objects.exists()


def test_what_is_missing_is_said_before_the_challenge_is_spent(cast, client):
    answer = client.post("/messages/write/", given(cast, content="") | solved())
    assert "请填写“内容”" in answer.content.decode()
    assert not Message.objects.exists()


def test_a_heading_with_a_telephone_number_is_refused(cast, client):
    answer = client.post("/messages/write/", given(cast, subject="请打13800138000") | solved())
    assert "主题里有像是个人信息的号码" in answer.content.decode()
    assert not Message.objects.exists()


def test_whoever_can_t_see_the_picture_answers_a_question(client, cast):
    told = client.get(QUESTION).content.decode()
    assert re.search(r"验证：(?!图里)", told)


def test_one_network_writes_and_looks_so_often(cast, client, monkeypatch):
    monkeypatch.setattr(writing, "WRITES", writing.Limit("message-write", 1, 3600))
    monkeypatch.setattr(writing, "LOOKS", writing.Limit("message-look", 1, 600))
    for address, sent in (("/messages/write/", given(cast)), ("/messages/find/", {"number": "1"})):
        client.post(address, sent)
        answer = client.post(address, sent)
        assert answer.status_code == 429
        assert answer["Retry-After"]


def test_an_opinion_is_taken_in_while_it_is_asked_for(cast, client):
    today = localdate()
    asked = consultation(cast, opens_on=today - timedelta(days=1), closes_on=today + timedelta(days=30))
    address = f"/consultations/{asked.pk}/opinion/"
    assert address in client.get(f"/consultations/{asked.pk}/").content.decode()
    answer = client.post(address, {"text": "同意。", "author": "孙来信", "contact": ""} | solved())
    assert "意见已收到" in answer.content.decode()
    opinion = Opinion.objects.get()
    assert (opinion.consultation, opinion.channel, opinion.author, opinion.on) == (asked, "web", "孙来信", today)


def test_after_it_closed_no_opinion_is_taken(cast, client):
    over = consultation(cast, closes_on=date(2024, 3, 31))
    answer = client.post(f"/consultations/{over.pk}/opinion/", {"text": "迟了"} | solved())
    assert answer.status_code == 410
    assert not Opinion.objects.exists()


def test_nothing_of_these_pages_is_stored(cast, client):
    for address in ("/messages/write/", "/messages/find/"):
        assert client.get(address).status_code == 200
    assert not Rendering.objects.filter(path__startswith="/messages/").exists()


def test_the_sender_rates_the_answer_with_the_number_and_the_public_sees_the_count(cast, client):
    client.post("/messages/write/", given(cast) | solved())
    made = Message.objects.get()
    assert "提交评价" not in client.post("/messages/find/", {"number": made.number}).content.decode()
    actions.answer(made, "请到学校办理。", on=localdate(), by=cast.editor, at=now())
    assert "提交评价" in client.post("/messages/find/", {"number": made.number}).content.decode()
    assert client.post("/messages/rate/", {"number": "20240412-AAAAAAAA", "satisfaction": "4"}).status_code == 404
    assert client.post("/messages/rate/", {"number": made.number}).status_code == 400
    told = client.post("/messages/rate/", {"number": made.number, "satisfaction": "4"})
    assert "您的评价：满意" in told.content.decode()
    assert "no-store" in told["Cache-Control"]
    assert client.post("/messages/rate/", {"number": made.number, "satisfaction": "1"}).status_code == 409
    made.refresh_from_db()
    assert made.satisfaction == 4
    assert client.get("/messages/rate/").status_code == 302
    client.force_login(cast.editor, backend="django.contrib.auth.backends.ModelBackend")
    assert "来信人评价" in client.get(f"/desk/engagement/message/{made.pk}/").content.decode()

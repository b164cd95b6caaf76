"""Error pages say what happened and what one can do."""

from __future__ import annotations

from typing import Any

from django.test import Client, RequestFactory

from gongkai.office.portal.views import errors


def test_a_page_that_is_not_there_offers_the_search_and_the_catalogue(client: Client, db: None) -> None:
    answer = client.get("/nothing/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "没有找到这一页" in page
    assert 'id="search-here"' in page
    assert "/disclosure/content/" in page
    assert "canonical" not in page


def test_the_page_of_a_broken_server_asks_no_database(rf: RequestFactory) -> None:
    # No database fixture: a query would fail this test.
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "这一页暂时打不开" in answer.content.decode()


def test_a_request_that_makes_no_sense_gets_a_fixed_page(client: Client) -> None:
    answer = client.get("/", HTTP_HOST="evil.example")
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()
    assert "无法识别" in answer.content.decode()


def test_a_forbidden_page_says_what_to_do(rf: RequestFactory, db: Any) -> None:
    answer = errors.forbidden(rf.get("/"), PermissionError())
    assert answer.status_code == 403
    assert "登录工作平台" in answer.content.decode()


def test_a_form_without_its_token_gets_the_same_page(db: Any) -> None:
    answer = Client(enforce_csrf_checks=True).post("/desk/login/", {"username": "a001"})
    assert answer.status_code == 403
    assert "页面停留太久" in answer.content.decode()

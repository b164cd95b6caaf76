"""The public's numbers are those the annual report counts, as a table with drawings beside it."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.office.casework.cases import Officers, received
from tests.office.cast import Cast


def test_before_the_first_application_the_page_says_so(client: Client, db: None) -> None:
    assert "还没有收到申请" in client.get("/disclosure/application/statistics/").content.decode()


def test_what_was_received_is_counted_in_its_year_and_drawn(client: Client, cast: Cast, desk: Officers) -> None:
    received(cast, desk.case)
    shown = client.get("/disclosure/application/statistics/").content.decode()
    row = shown.partition('<th scope="row">2024</th>')[2].partition("</tr>")[0]
    assert '<td class="number">1</td>' in row
    assert shown.count("<figure><svg") == 3
    assert "孙申请" not in shown


def test_the_page_is_the_same_for_everybody(client: Client, cast: Cast, settings: Any) -> None:
    answer = client.get("/disclosure/application/statistics/?organ=1")
    assert not answer.cookies
    assert "no-store" not in answer.get("Cache-Control", "")

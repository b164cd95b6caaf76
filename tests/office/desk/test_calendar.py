"""The calendar of the desk: replies, waits and answers in remedies, each told apart, for those who look after them."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from gongkai.office.accounts.models import User
from gongkai.office.casework.actions import confirm, receive, request_correction
from gongkai.office.remedies.models import RemedyCase
from tests.office.casework.cases import PERSON, Officers, at, officers, received
from tests.office.cast import TODAY, Cast
from tests.office.remedies.remedies import registered


@pytest.fixture
def desk(cast: Cast) -> Officers:
    return officers(cast)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def lines_of(user: User, on: date) -> dict[str, str]:
    """What stands on a day of the month: the address of each line and its words."""
    page = client_of(user).get(reverse("desk_calendar_month", args=[on.year, on.month]))
    assert page.status_code == 200
    for cell in BeautifulSoup(page.content, "html.parser").select(".desk-month td"):
        if isinstance(cell.strong, Tag) and cell.strong.get_text() == str(on.day):
            return {str(link["href"]): " ".join(link.get_text().split()) for link in cell.select("a")}
    raise AssertionError(f"no {on}")


def test_an_answer_in_a_remedy_stands_on_its_day_told_apart_from_cases(cast: Cast, desk: Officers):
    application = received(cast, desk.case, on=date(2024, 5, 20))  # its reply is due on the day of the answer
    case = registered(cast, desk)
    suit = registered(cast, desk, route="litigation_direct", body="青溪县人民法院", reference="（2024）青行初1号")
    assert application.due_on == case.answer_due_on == suit.answer_due_on == date(2024, 6, 18)
    assert lines_of(desk.case, date(2024, 6, 18)) == {
        reverse("casework_case", args=[application.pk]): f"到期 {application.number}",
        reverse("remedies_case", args=[case.pk]): "复议 青政复〔2024〕1号",
        reverse("remedies_case", args=[suit.pk]): "答辩 （2024）青行初1号",
    }


def test_an_answer_that_is_on_record_or_another_agency_s_is_not_there(cast: Cast, desk: Officers):
    case = registered(cast, desk)
    RemedyCase.objects.filter(pk=case.pk).update(answered_on=date(2024, 6, 11))
    assert lines_of(desk.case, date(2024, 6, 18)) == {}
    RemedyCase.objects.filter(pk=case.pk).update(answered_on=None)
    assert lines_of(desk.outsider, date(2024, 6, 18)) == {}


def test_a_wait_stands_on_its_last_day(cast: Cast, desk: Officers):
    application = receive(cast.education, PERSON, channel="online", submitted_on=TODAY, at=at(TODAY)).application
    confirm(application, side="both", on=TODAY, at=at(TODAY), by=desk.case)
    request_correction(application, points="名称", working_days=10, on=TODAY, at=at(TODAY), by=desk.case)
    application.refresh_from_db()
    assert application.waiting_until is not None
    assert [words.split()[0] for words in lines_of(desk.case, application.waiting_until).values()] == ["等待"]


def test_who_looks_after_nothing_with_a_period_is_told_so(cast: Cast, desk: Officers):
    answer = client_of(cast.editor).get(reverse("desk_calendar"))
    assert answer.status_code == 403
    assert "没有到期日历" in answer.content.decode()
    address = reverse("desk_calendar")
    assert address not in client_of(cast.editor).get("/desk/").content.decode()
    assert address in client_of(desk.case).get("/desk/").content.decode()


def test_a_month_there_is_none_of_is_not_found(cast: Cast, desk: Officers):
    assert client_of(desk.case).get(reverse("desk_calendar_month", args=[1900, 13])).status_code == 404

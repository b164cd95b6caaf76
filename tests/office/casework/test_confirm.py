"""Confirmation by both sides: the day of receipt of the internet, fax and plain post."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions import confirm, receive
from gongkai.office.casework.models import Application
from tests.office.casework.cases import PERSON, Officers, at, received
from tests.office.cast import Cast

SATURDAY, MONDAY, TUESDAY = date(2023, 6, 17), date(2023, 6, 19), date(2023, 6, 20)


@pytest.fixture
def online(cast: Cast, desk: Officers) -> Application:
    return receive(cast.education, PERSON, channel="online", submitted_on=SATURDAY, at=at(SATURDAY)).application


def test_a_confirmation_on_the_telephone_is_both_sides_at_once(online: Application, desk: Officers) -> None:
    confirm(online, side="both", on=MONDAY, at=at(MONDAY), by=desk.case)
    online.refresh_from_db()
    assert (online.receipt_on, online.due_on, online.state) == (MONDAY, date(2023, 7, 18), "under_review")


def test_the_clock_runs_from_the_day_the_second_side_confirmed(online: Application, desk: Officers) -> None:
    confirm(online, side="agency", on=MONDAY, at=at(MONDAY), by=desk.case, way="mail")
    online.refresh_from_db()
    assert online.receipt_on is None
    confirm(online, side="applicant", on=TUESDAY, at=at(TUESDAY), way="online")
    online.refresh_from_db()
    assert online.receipt_on == TUESDAY


def test_one_side_confirming_twice_is_one_event(online: Application, desk: Officers) -> None:
    first = confirm(online, side="agency", on=MONDAY, at=at(MONDAY), by=desk.case)
    assert confirm(online, side="agency", on=TUESDAY, at=at(TUESDAY), by=desk.colleague) == first
    assert online.events.filter(kind="agency_confirmed").count() == 1


def test_what_was_handed_in_needs_no_confirmation(cast: Cast, desk: Officers) -> None:
    application = received(cast, desk.case, on=MONDAY)
    with pytest.raises(Refused, match="收到之日"):
        confirm(application, side="both", on=MONDAY, at=at(MONDAY), by=desk.case)


def test_the_public_can_not_confirm_for_the_agency_nor_the_outsider_at_all(online: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="工作人员"):
        confirm(online, side="both", on=MONDAY, at=at(MONDAY))
    with pytest.raises(Refused, match="权限"):
        confirm(online, side="both", on=MONDAY, at=at(MONDAY), by=desk.outsider)


def test_no_confirmation_lies_in_the_future_or_before_the_application_came(online: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="还没有到"):
        confirm(online, side="both", on=TUESDAY, at=at(MONDAY), by=desk.case)
    with pytest.raises(Refused, match="早于"):
        confirm(online, side="both", on=date(2023, 6, 16), at=at(MONDAY), by=desk.case)

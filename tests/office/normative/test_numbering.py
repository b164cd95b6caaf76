"""One counter of a body and a year."""

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.normative import actions
from gongkai.office.normative.models import NormativeDocument, RegisterSequence
from tests.office.cast import NOW, TODAY
from tests.office.normative.records import later

pytestmark = pytest.mark.django_db


def numbered(cast, organ=None, on: date = TODAY, at=NOW, **given) -> NormativeDocument:
    made = actions.register(organ or cast.education, title="办法", by=cast.officer, at=at)
    actions.number(made, on=on, by=cast.officer, at=at, **given)
    made.refresh_from_db()
    return made


def test_numbers_follow_each_other_within_a_body_and_a_year(cast):
    first, second = numbered(cast), numbered(cast)
    county = numbered(cast, cast.county)
    next_year = numbered(cast, on=date(2025, 1, 2), at=later(270))
    assert [each.document_number for each in (first, second, county, next_year)] == [
        "青教规〔2024〕1号",
        "青教规〔2024〕2号",
        "青政规〔2024〕1号",
        "青教规〔2025〕1号",
    ]
    assert second.registration_number == "青教规登〔2024〕2号"


def test_a_body_with_one_series_for_all_papers_says_the_number_itself(cast):
    made = numbered(cast, document_number="青教[2024]第07号")
    assert (made.document_number, made.registration_number) == ("青教〔2024〕7号", "青教规登〔2024〕1号")


@pytest.mark.parametrize(("given", "said"), [("七号文", "读不出文号"), ("青教〔2024〕7号", "已经编给")])
def test_a_number_that_is_none_or_taken_is_refused_and_uses_none_up(cast, given, said):
    numbered(cast, document_number="青教〔2024〕7号")
    with pytest.raises(Refused, match=said):
        numbered(cast, document_number=given)
    assert RegisterSequence.objects.get().last == 1


def test_a_document_is_numbered_once(cast):
    made = numbered(cast)
    with pytest.raises(Refused, match="已经编号"):
        actions.number(made, on=TODAY, by=cast.officer, at=NOW)


def test_a_body_without_its_letters_gives_no_numbers(cast):
    cast.education.issuer_code = ""
    cast.education.save()
    with pytest.raises(Refused, match="代字"):
        numbered(cast)

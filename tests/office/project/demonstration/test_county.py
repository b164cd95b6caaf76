"""The demonstration county loaded into an office: complete, sound, and never mixed with real records."""

from datetime import UTC, datetime, timedelta

import pytest

from gongkai.office.accounts.models import User
from gongkai.office.audit.queries import broken_places
from gongkai.office.casework.models import Letter, LetterSettings
from gongkai.office.normative.queries.stock import stock_row
from gongkai.office.organs.models import Leader, Organ
from gongkai.office.organs.queries import shifts_ahead
from gongkai.office.project.demonstration.county import NotEmpty, load
from gongkai.office.publishing.models import CatalogueRow, Draft
from gongkai.office.publishing.queries import public_items
from gongkai.regulation.disclosure.numbers.credit_code import is_credit_code
from tests.office.cast import Cast

AT = datetime(2021, 1, 4, 1, tzinfo=UTC)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_county_stands_with_everything_it_published():
    load(at=AT)
    assert public_items().filter(published_at__year=2020).count() == 5687
    assert all(is_credit_code(organ.credit_code) for organ in Organ.objects.all())
    assert CatalogueRow.objects.values("field").distinct().count() == 26
    assert sorted(Draft.objects.values_list("state", "next_step")) == [
        ("draft", ""),
        ("in_review", "final"),
        ("in_review", "first"),
        ("in_review", "second"),
        ("returned", ""),
    ]
    county = Organ.objects.get(code="qingxi")
    assert [each.title for each in county.leader_rows.all()][:2] == ["县长", "常务副县长"]
    assert [each.day for each in shifts_ahead(county, on=AT.date())] == [
        AT.date() + timedelta(days=n) for n in range(7)
    ]
    titles = set(Leader.objects.filter(position=1).values_list("organ__short_name", "title"))
    assert {("白石乡", "乡长"), ("双桥镇", "镇长"), ("县教育局", "局长"), ("县发展改革委", "主任")} <= titles
    row = stock_row(2020)
    assert (row["newly_made"], row["newly_disclosed"], row["total_disclosed"]) == (8, 8, 314)
    assert [letter.state for letter in Letter.objects.all()] == ["submitted"]
    assert LetterSettings.objects.count() == Organ.objects.count()
    assert list(broken_places()) == []


def test_it_is_not_loaded_where_there_is_something(cast: Cast):
    before = User.objects.count()
    with pytest.raises(NotEmpty, match="空的数据目录"):
        load(at=AT)
    assert User.objects.count() == before

"""Keeping the standard catalogues: who may, what stays, what doesn't go, what is recorded."""

from __future__ import annotations

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.publishing.actions import set_catalogue, set_catalogues
from gongkai.office.publishing.actions.catalogue import Change
from gongkai.office.publishing.models import CatalogueRow
from gongkai.office.publishing.queries import catalogue_overview
from gongkai.office.publishing.standard_table import Matter
from tests.office.cast import NOW, Cast
from tests.office.publishing.stage import drafted, published

FIELD = "social_assistance"
TWO = (Matter("低保", "审核"), Matter("特困", "认定"))


def rows() -> list[tuple[int, str]]:
    return [(row.number, row.item_level1) for row in CatalogueRow.objects.filter(field=FIELD)]


def test_a_table_is_put_in_order_and_every_line_keeps_its_row(cast: Cast) -> None:
    assert set_catalogue(FIELD, TWO, by=cast.officer, at=NOW) == Change(added=2)
    kept = {row.item_level1: row.pk for row in CatalogueRow.objects.all()}
    change = set_catalogue(FIELD, [TWO[1], Matter("临时救助"), TWO[0]], by=cast.officer, at=NOW)
    assert change == Change(added=1, changed=2)
    assert rows() == [(1, "特困"), (2, "临时救助"), (3, "低保")]
    assert {row.item_level1: row.pk for row in CatalogueRow.objects.exclude(item_level1="临时救助")} == kept


def test_a_line_that_is_renamed_stays_the_row_it_was(cast: Cast) -> None:
    set_catalogue(FIELD, TWO, by=cast.officer, at=NOW)
    low = CatalogueRow.objects.get(item_level1="低保")
    set_catalogue(FIELD, [Matter("最低生活保障", "审核", row=low.pk), TWO[1]], by=cast.officer, at=NOW)
    low.refresh_from_db()
    assert (low.number, low.item_level1) == (1, "最低生活保障")


def test_a_line_with_something_filed_under_it_does_not_go(cast: Cast) -> None:
    set_catalogue(FIELD, TWO, by=cast.officer, at=NOW)
    low, poor = CatalogueRow.objects.order_by("number")
    published(cast, grassroots_field=FIELD, catalogue_row=low.pk)
    with pytest.raises(Refused, match=r"“低保 审核”不能删：有 1 条信息"):
        set_catalogue(FIELD, TWO[1:], by=cast.officer, at=NOW)
    drafted(cast, grassroots_field=FIELD, catalogue_row=poor.pk)
    with pytest.raises(Refused, match="“特困 认定”不能删"):
        set_catalogue(FIELD, TWO[:1], by=cast.officer, at=NOW)
    assert len(rows()) == 2


def test_several_fields_are_taken_in_together_or_not_at_all(cast: Cast) -> None:
    with pytest.raises(Refused, match="没有“nothing”这个领域"):
        set_catalogues({FIELD: TWO, "nothing": TWO}, by=cast.officer, at=NOW)
    assert rows() == []
    assert set_catalogues({FIELD: TWO, "taxation": TWO}, by=cast.officer, at=NOW) == Change(added=4)


@pytest.mark.parametrize("part", ["editor", "final", "administrator", "outsider"])
def test_only_the_disclosure_office_keeps_the_catalogues(cast: Cast, part: str) -> None:
    with pytest.raises(Refused, match="编制标准目录"):
        set_catalogue(FIELD, TWO, by=getattr(cast, part), at=NOW)
    assert rows() == []


def test_a_change_is_on_record_and_no_change_is_not(cast: Cast) -> None:
    set_catalogue(FIELD, TWO, by=cast.officer, at=NOW)
    set_catalogue(FIELD, TWO[:1], by=cast.officer, at=NOW)
    set_catalogue(FIELD, TWO[:1], by=cast.officer, at=NOW)
    entries = Entry.objects.filter(act="publishing.set_catalogue").order_by("sequence")
    assert [entry.detail for entry in entries] == [
        {"title": "社会救助", "added": 2, "changed": 0, "removed": []},
        {"title": "社会救助", "added": 0, "changed": 0, "removed": ["特困 认定"]},
    ]


def test_the_overview_counts_lines_and_those_without_anything_public(cast: Cast) -> None:
    set_catalogue(FIELD, (*TWO, Matter("通知", column=cast.column.pk)), by=cast.officer, at=NOW)
    set_catalogue("taxation", TWO, by=cast.officer, at=NOW)
    low = CatalogueRow.objects.get(field=FIELD, item_level1="低保")
    published(cast, grassroots_field=FIELD, catalogue_row=low.pk)
    assert catalogue_overview() == {FIELD: (3, 1), "taxation": (2, 2)}

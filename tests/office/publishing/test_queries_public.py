"""The tree of columns, the correction log, and what standard catalogues are covered by."""

from __future__ import annotations

from datetime import timedelta

from gongkai.office.publishing.models import CatalogueRow, Column, Item, Version
from gongkai.office.publishing.queries import ancestors, corrections, coverage, descendants, open_columns
from tests.office.cast import NOW, TODAY, Cast


def test_the_way_to_a_column_begins_at_the_root(cast: Cast) -> None:
    above = Column.objects.create(code="a", name="一级", path="0002.")
    middle = Column.objects.create(code="b", name="二级", path="0002.0001.", parent=above)
    leaf = Column.objects.create(code="c", name="三级", path="0002.0001.0001.", parent=middle)
    Column.objects.create(code="d", name="邻居", path="0002.0002.", parent=above)
    assert ancestors(leaf) == [above, middle]
    assert ancestors(above) == []
    assert [column.code for column in descendants(above)] == ["b", "c", "d"]


def test_a_closed_column_is_offered_nowhere(cast: Cast) -> None:
    cast.column.closed_on = TODAY
    cast.column.save()
    assert list(open_columns()) == []


def test_the_correction_log_leaves_out_the_first_version_and_begins_with_the_newest(cast: Cast) -> None:
    item = _item(cast, 1)
    for number, note in enumerate(["", "改了日期", "改了附件"], start=1):
        Version.objects.create(item=item, number=number, content={}, content_hash="a" * 64, note=note, published_at=NOW)
    assert [version.note for version in corrections(item)] == ["改了附件", "改了日期"]


def test_a_row_is_covered_by_what_is_filed_under_it_or_stands_in_its_column(cast: Cast) -> None:
    filed, placed, gap = (
        CatalogueRow.objects.create(field="taxation", number=number, item_level1=f"事项{number}")
        for number in (1, 2, 3)
    )
    placed.column = cast.column
    placed.save()
    _item(cast, 1)
    elsewhere = Column.objects.create(code="e", name="别处", path="0003.")
    _item(cast, 2, catalogue_row=filed, column=elsewhere)
    _item(cast, 3, catalogue_row=filed, column=elsewhere, published_at=NOW + timedelta(days=1))
    _item(cast, 4, catalogue_row=gap, column=elsewhere, withdrawn_at=NOW, withdrawn_reason="有误")
    assert [(each.row, each.count, each.last_published_at) for each in coverage("taxation")] == [
        (filed, 2, NOW + timedelta(days=1)),
        (placed, 1, NOW),
        (gap, 0, None),
    ]


def _item(cast: Cast, number: int, **more: object) -> Item:
    usual = {
        "organ": cast.water, "column": cast.column, "title": "一条", "index_number": f"Q-{number}",
        "content_hash": "a" * 64, "created_at": NOW, "published_at": NOW,
    }  # fmt: skip
    return Item.objects.create(**(usual | more))

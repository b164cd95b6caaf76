"""What goes public is found from the same moment, and what is taken down is not."""

from __future__ import annotations

import pytest
from django.db import transaction

from gongkai.office.publishing import actions
from gongkai.office.publishing.content import AttachedFile
from gongkai.office.publishing.models import StoredFile
from gongkai.office.publishing.search import Query, find
from tests.office.cast import NOW, Cast
from tests.office.publishing.stage import later, passed, published


def titles(text: str) -> list[str]:
    return [found.item.title for found in find(Query(text)).items]


def test_an_item_is_found_once_it_is_public_and_not_before(cast: Cast) -> None:
    passed(cast, 2, title="城区学校学位预警通告")
    assert titles("学位预警") == []
    item = published(cast, title="城区学校学位预警公告")
    assert titles("学位预警") == [item.title]


def test_attachments_and_index_number_are_found_with_it(cast: Cast) -> None:
    StoredFile.objects.create(sha256="a" * 64, size=1, media_type="text/plain", text="白石街道第三小学", stored_at=NOW)
    item = published(cast, title="学区划分", attachments=(AttachedFile("a" * 64, "学区.txt"),))
    assert titles("白石街道") == [item.title]
    assert titles(item.index_number or "") == [item.title]


def test_a_withdrawn_item_is_not_found_any_more(cast: Cast) -> None:
    item = published(cast, title="城区学校学位预警公告")
    actions.withdraw(item, reason="内容有误", by=cast.officer, at=later(60))
    assert find(Query("学位预警")).total == 0


def test_a_publication_that_fails_leaves_nothing_to_be_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(keys: object) -> None:
        raise RuntimeError("renderings")

    monkeypatch.setattr("gongkai.office.publishing.publication.touch", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        published(cast, title="城区学校学位预警公告")
    assert find(Query("学位预警")).total == 0

"""What goes into the index and out of it."""

from __future__ import annotations

import contextlib
import random
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from gongkai.office.publishing.models import Item
from gongkai.office.publishing.search import Order, Query, announce, find, rebuild
from tests.office.cast import NOW, Cast
from tests.office.publishing.search.making import attach, ids, indexed, public

QUERIES = ["通知", "防汛", "防汛 通知", "青教〔2020〕3号", "附件", "6日"]


def answers() -> list[tuple[list[int], int, object]]:
    asked = [find(Query(text, order=order)) for text in QUERIES for order in Order]
    return [(ids(each.item for each in found.items), found.total, found.counts) for found in asked]  # type: ignore[misc]


@pytest.mark.parametrize("seed", range(4))
def test_an_index_made_again_gives_the_answers_of_the_one_that_grew(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    items = []
    for number in range(40):
        item = public(
            cast,
            chance.choice(["防汛通知", "通知", "防汛预案", "公告"]),
            f"<p>{chance.randint(1, 9)}日。{chance.choice(['防汛', '防火'])}</p>",
            document_number=f"青教〔2020〕{number % 5}号",
            organ=chance.choice([cast.education, cast.water]),
            art20_category=chance.choice(["", "fees"]),
            published_at=NOW - timedelta(minutes=chance.randint(0, 10_000)),
        )
        if number % 7 == 0:
            attach(item, f"附件{number}.txt", "防汛")
        items.append(item)
    chance.shuffle(items)
    find(Query("通知"))
    for item in items:
        announce([item.pk])
        if item.pk % 3 == 0:
            find(Query("通知"))
    for item in items[:10]:
        Item.objects.filter(pk=item.pk).update(title="改过的通知")
        announce([item.pk])
    for item in items[10:15]:
        Item.objects.filter(pk=item.pk).update(withdrawn_at=NOW, withdrawn_reason="内容有误")
        announce([item.pk])
    grown = answers()
    assert rebuild() == 35
    assert answers() == grown


def test_what_is_rolled_back_is_not_found(cast: Cast) -> None:
    indexed(cast, "公告")
    assert find(Query("防汛")).total == 0
    with contextlib.suppress(RuntimeError), transaction.atomic():
        indexed(cast, "防汛预案")
        # Whoever looks within the transaction sees what is in it; the index is put right afterwards.
        assert find(Query("防汛")).total == 1
        raise RuntimeError
    assert find(Query("防汛")).total == 0
    assert find(Query("公告")).total == 1


def test_rebuilding_tells_how_far_it_is_and_leaves_out_what_is_not_public(cast: Cast) -> None:
    indexed(cast, "防汛预案")
    Item.objects.create(organ=cast.education, column=cast.column, title="防汛草稿", created_at=NOW)
    Item.objects.filter(pk=indexed(cast, "防汛通知").pk).update(withdrawn_at=NOW, withdrawn_reason="内容有误")
    told: list[tuple[int, int]] = []
    assert rebuild(lambda done, total: told.append((done, total))) == 1
    assert told == [(1, 1)]
    assert find(Query("防汛")).total == 1


def test_the_command_rebuilds_and_says_so(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    public(cast, "防汛预案")
    call_command("rebuild_search")
    assert "共 1 条" in capsys.readouterr().out
    assert find(Query("防汛")).total == 1


def test_validity_is_asked_of_who_knows_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "gongkai.office.publishing.search.entry._sources", [lambda items: dict.fromkeys(items, "in_force")]
    )
    document = indexed(cast, "管理办法", is_normative_document=True)
    indexed(cast, "管理办法解读")
    found = find(Query("管理办法", validity="in_force"))
    assert [each.item.pk for each in found.items] == [document.pk]
    assert find(Query("管理办法")).counts["validity"] == {"in_force": 1}

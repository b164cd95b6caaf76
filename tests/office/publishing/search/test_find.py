"""Finding what is public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.office.organs.actions import found as found_organ
from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import Column, Item
from gongkai.office.publishing.search import Order, Query, announce, find
from gongkai.office.publishing.search.query import PAGE_SIZE
from tests.office.cast import NOW, Cast
from tests.office.publishing.search.making import attach, ids, indexed, public


def ids_for(text: str = "", **filters: object) -> list[int]:
    return [found.item.pk for found in find(Query(text, **filters)).items]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "防汛",
        "汛抗旱应急",
        "县防汛抗旱应急预案（2024年版）",
        "4年版",
        "预案 2024",
        "《青溪县防汛抗旱应急预案》",
        "ＰＤＦ格式",
        "pdf",
        "應急預案",
    ],
)
def test_any_two_characters_of_a_title_find_it(cast: Cast, text: str) -> None:
    item = indexed(cast, "青溪县防汛抗旱应急预案(2024年版)PDF格式")
    indexed(cast, "青溪县防火工作方案")
    assert ids_for(text) == [item.pk]


@pytest.mark.parametrize(
    "text",
    ["青教〔2020〕8号", "青教[2020]8", "青教(2020)8号", "青教【2020】第08号", "青教 〔２０２０〕 8 号", "[2020]8"],
)
def test_a_document_number_is_found_in_any_spelling(cast: Cast, text: str) -> None:
    item = indexed(cast, document_number="青教〔2020〕8号")
    indexed(cast, document_number="青教〔2020〕18号")
    indexed(cast, document_number="青教〔2020〕81号")
    assert ids_for(text) == [item.pk]


@pytest.mark.parametrize("text", ["青教〔2020〕8号", "青教[2020]08", "第08号", "第08号文"])
def test_a_number_in_unusual_spelling_is_found_in_the_usual_one_and_as_it_stands(cast: Cast, text: str) -> None:
    item = indexed(cast, body="<p>请按照青教【2020】第08号文件办理。</p>")
    assert ids_for(text) == [item.pk]


def test_words_may_stand_in_different_fields(cast: Cast) -> None:
    item = indexed(cast, "义务教育招生方案", "<p>报名时间为六月。</p>", keywords=["入学"], summary="小学一年级")
    attach(item, "学区划分.xlsx", "城关镇\n白石街道")
    announce([item.pk])
    for text in ("招生 报名 入学", "学区划分", "白石街道", "一年级", "青溪县教育局", item.index_number or ""):
        assert ids_for(text) == [item.pk], text
    assert ids_for("招生 不存在") == []


def test_tags_do_not_part_words_and_paragraphs_do(cast: Cast) -> None:
    indexed(cast, body="<p>政府<b>信息</b>公开</p><p>指南</p>")
    assert ids_for("政府信息公开")
    assert not ids_for("公开指南")


def test_one_character_is_not_looked_for_and_said_so(cast: Cast) -> None:
    indexed(cast)
    assert find(Query("通")).words.too_short == ("通",)
    assert ids_for("通") == []
    assert ids_for("通 通知")


def test_without_words_and_filters_nothing_is_looked_for(cast: Cast) -> None:
    indexed(cast)
    assert ids_for("  ，。") == []


def test_by_relevance_the_whole_title_comes_first_then_titles_then_keywords_then_bodies(cast: Cast) -> None:
    whole = indexed(cast, "防汛预案", published_at=NOW - timedelta(days=900))
    title = indexed(cast, "关于防汛预案的说明", published_at=NOW - timedelta(days=800))
    keyword = indexed(cast, keywords=["防汛预案"], published_at=NOW - timedelta(days=700))
    body = indexed(cast, body="<p>防汛预案</p>", published_at=NOW - timedelta(days=600))
    assert ids_for("防汛预案") == ids([whole, title, keyword, body])
    assert ids_for("防汛预案", order=Order.DATE) == ids([body, keyword, title, whole])


def test_filters_narrow_and_counts_tell_what_there_is(cast: Cast) -> None:
    school = found_organ(
        by="test", at=NOW, parent=cast.education, code="school", name="青溪中学", kind=Organ.Kind.AUTHORISED
    )
    budgets = Column.objects.create(code="budgets", name="预算", path="0001.0001.", parent=cast.column)
    first = indexed(cast, art20_category="fees", published_at=NOW - timedelta(days=400))
    second = indexed(cast, organ=school, column=budgets, grassroots_field="compulsory_education")
    third = indexed(cast, organ=cast.water, art20_category="fees")
    assert set(ids_for("通知", under=cast.education.pk)) == {first.pk, second.pk}
    assert ids_for("通知", organ=cast.education.pk) == [first.pk]
    assert set(ids_for("通知", category="fees")) == {first.pk, third.pk}
    assert ids_for("通知", year=2023) == [first.pk]
    assert ids_for("通知", field="compulsory_education") == [second.pk]
    assert ids_for("通知", column=budgets.pk) == [second.pk]
    assert len(ids_for("通知", column=cast.column.pk)) == 3
    assert ids_for(category="fees", year=2024) == [third.pk]
    counts = find(Query("通知")).counts
    assert counts["category"] == {"fees": 2}
    assert counts["year"] == {2023: 1, 2024: 2}
    assert counts["organ"] == {cast.education.pk: 1, school.pk: 1, cast.water.pk: 1}


def test_an_item_is_found_in_its_topics_too(cast: Cast) -> None:
    topic = Column.objects.create(code="epidemic", name="疫情防控", path="0002.", kind=Column.Kind.TOPIC)
    item = public(cast)
    item.topics.add(topic)
    announce([item.pk])
    assert ids_for(column=topic.pk) == [item.pk]


def test_what_was_changed_is_found_by_its_new_words_only(cast: Cast) -> None:
    item = indexed(cast, "防汛预案")
    item.title = "防火预案"
    item.save()
    announce([item.pk])
    assert ids_for("防汛") == []
    assert ids_for("防火") == [item.pk]


def test_what_was_withdrawn_is_neither_found_nor_counted(cast: Cast) -> None:
    item = indexed(cast, "防汛预案")
    assert find(Query("防汛")).total == 1
    Item.objects.filter(pk=item.pk).update(withdrawn_at=NOW, withdrawn_reason="内容有误")
    announce([item.pk])
    assert find(Query("防汛")).total == 0


def test_an_entry_left_behind_is_not_shown(cast: Cast) -> None:
    item = indexed(cast, "防汛预案")
    assert ids_for("防汛") == [item.pk]
    Item.objects.filter(pk=item.pk).update(withdrawn_at=NOW, withdrawn_reason="内容有误")
    assert ids_for("防汛") == []


def test_what_was_never_public_is_not_entered(cast: Cast) -> None:
    draft = Item.objects.create(organ=cast.education, column=cast.column, title="防汛草稿", created_at=NOW)
    announce([draft.pk])
    assert find(Query("防汛")).total == 0


@pytest.mark.parametrize("order", Order)
def test_pages_go_on_where_the_last_one_ended(cast: Cast, order: Order) -> None:
    items = [public(cast, f"通知第{number}号" if number % 3 else "公告", "<p>通知</p>") for number in range(50)]
    announce(ids(items))
    pages = [find(Query("通知", order=order, page=number)) for number in (1, 2, 3)]
    seen = [found.item.pk for page in pages for found in page.items]
    assert len(seen) == len(set(seen)) == 50
    assert [len(page.items) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 10]
    assert [page.has_more for page in pages] == [True, True, False]
    if order is Order.DATE:
        assert seen == ids(reversed(items))


def test_more_results_than_are_counted_are_said_to_be_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.office.publishing.search.query.REACH", 5)
    announce(ids([public(cast) for _ in range(6)]))
    found = find(Query("通知"))
    assert (found.total, found.is_capped) == (5, True)


def test_many_items_of_one_second_all_have_their_place(cast: Cast) -> None:
    items = [public(cast, published_at=NOW) for _ in range(150)]
    announce(ids(items[:100]))
    announce(ids(items[100:]))
    later = indexed(cast, published_at=NOW + timedelta(minutes=1))
    assert find(Query("通知")).total == 151
    assert ids_for("通知", order=Order.DATE)[0] == later.pk


def test_the_passage_shows_the_words_and_names_the_attachment(cast: Cast) -> None:
    item = indexed(cast, "招生方案", "<p>开头。</p><p>报名&lt;时间&gt;为<b>六</b>月。</p>")
    attach(item, "学区.txt", "城关镇")
    announce([item.pk])
    (found,) = find(Query("六月")).items
    assert [piece.text for piece in found.passage if piece.is_match] == ["六月"]
    assert "".join(piece.text for piece in found.passage) == "报名<时间>为六月。"
    (found,) = find(Query("城关")).items
    assert found.file == "学区.txt"
    with CaptureQueriesContext(connection) as asked:
        assert find(Query("六月")).items[0].item == item
    assert not any("attachment" in each["sql"] for each in asked), "an attachment is read where the body has no passage"
    (found,) = find(Query("招生")).items
    assert [piece.text for piece in found.title if piece.is_match] == ["招生"]

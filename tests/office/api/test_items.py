"""Open data: what is public, page by page, and nothing that is not."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from gongkai.office.api.cursor import Cursor, CursorInvalid
from gongkai.office.publishing.actions.draft import draft
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Column, Item
from tests.office.cast import NOW, Cast
from tests.office.public_items import public_item

ITEMS = "/api/v1/items"


def ids(client: Client, **asked: object) -> list[int]:
    answer = client.get(ITEMS, asked)
    assert answer.status_code == 200, answer.content.decode()
    return [item["id"] for item in answer.json()["items"]]


def test_a_list_holds_what_is_public_newest_first(cast: Cast, client: Client):
    first = public_item(cast.education, cast.column, 1)
    second = public_item(cast.water, cast.column, 2)
    assert ids(client) == [second.pk, first.pk]


def test_drafts_and_withdrawn_items_are_not_there(cast: Cast, client: Client):
    withdrawn = public_item(cast.education, cast.column)
    Item.objects.filter(pk=withdrawn.pk).update(withdrawn_at=NOW, withdrawn_reason="含有个人信息")
    unpublished = draft(cast.education, Content("未公开的稿件", cast.column.pk), by=cast.editor, at=NOW).item
    assert ids(client) == []
    assert client.get(f"{ITEMS}/{unpublished.pk}").status_code == 404
    gone = client.get(f"{ITEMS}/{withdrawn.pk}")
    assert gone.status_code == 410
    assert gone.json()["reason"] == "含有个人信息"
    assert "body" not in gone.json()
    assert client.get("/api/v1/bulk/items.ndjson").getvalue() == b""


def test_pages_hold_each_item_once_even_when_new_ones_come_in_between(cast: Cast, client: Client):
    made = [public_item(cast.education, cast.column, number) for number in range(1, 8)]
    answer = client.get(ITEMS, {"limit": 3}).json()
    seen = [item["id"] for item in answer["items"]]
    public_item(cast.education, cast.column, 99)
    while answer["next"]:
        answer = client.get(ITEMS, {"limit": 3, "cursor": answer["next"]}).json()
        seen += [item["id"] for item in answer["items"]]
    assert seen == [item.pk for item in reversed(made)]


def test_items_of_one_moment_are_split_over_pages_without_loss(cast: Cast, client: Client):
    made = {public_item(cast.education, cast.column, number, at=NOW).pk for number in range(1, 6)}
    answer = client.get(ITEMS, {"limit": 2}).json()
    seen = [item["id"] for item in answer["items"]]
    while answer["next"]:
        answer = client.get(ITEMS, {"limit": 2, "cursor": answer["next"]}).json()
        seen += [item["id"] for item in answer["items"]]
    assert len(seen) == 5
    assert set(seen) == made


def test_filters_narrow_each_other(cast: Cast, client: Client):
    other = Column.objects.create(code="fees", name="收费", path="0002.")
    fee = public_item(cast.education, other, 1, art20_category="fees")
    topic = public_item(cast.water, cast.column, 2, topics=(other.pk,), is_normative_document=True)
    assert ids(client, agency="qingxi-water") == [topic.pk]
    assert ids(client, agency="qingxi") == []
    assert ids(client, agency="qingxi", with_subordinates="true") == [topic.pk, fee.pk]
    assert ids(client, column="fees") == [topic.pk, fee.pk]
    assert ids(client, category="fees") == [fee.pk]
    assert ids(client, normative="true") == [topic.pk]
    assert ids(client, column="fees", agency="qingxi-education") == [fee.pk]
    assert ids(client, agency="nobody") == []


def test_a_year_is_that_of_beijing(cast: Cast, client: Client):
    late = public_item(cast.education, cast.column, 1, at=datetime(2023, 12, 31, 15, 59, tzinfo=UTC))
    early = public_item(cast.education, cast.column, 2, at=datetime(2023, 12, 31, 16, 0, tzinfo=UTC))
    assert ids(client, year=2023) == [late.pk]
    assert ids(client, year=2024) == [early.pk]
    assert ids(client, published_to="2023-12-31") == [late.pk]


def test_whoever_keeps_a_copy_asks_for_what_changed(cast: Cast, client: Client):
    old = public_item(cast.education, cast.column, 1)
    corrected = public_item(cast.education, cast.column, 2)
    Item.objects.filter(pk=corrected.pk).update(changed_at=NOW + timedelta(days=9))
    since = (NOW + timedelta(days=1)).isoformat()
    assert ids(client, changed_since=since) == [corrected.pk]
    assert old.pk in ids(client)


@pytest.mark.parametrize(
    "asked",
    [
        {"cursor": "x"},
        {"cursor": "5Lit5paH"},
        {"limit": 0},
        {"limit": 201},
        {"category": "nothing"},
        {"year": 12},
        {"changed_since": "2024-04-12T09:00:00"},
        {"published_from": "yesterday"},
        {"agency": "a\0b"},
    ],
)
def test_a_wrong_parameter_is_refused_with_the_reason(db: None, client: Client, asked):
    answer = client.get(ITEMS, asked)
    assert answer.status_code == 422
    assert "参数有误" in answer.json()["detail"]


def test_an_unchanged_answer_is_not_sent_twice(cast: Cast, client: Client):
    item = public_item(cast.education, cast.column)
    first = client.get(f"{ITEMS}/{item.pk}")
    assert client.get(f"{ITEMS}/{item.pk}", headers={"if-none-match": first["ETag"]}).status_code == 304
    Item.objects.filter(pk=item.pk).update(title="改过的标题")
    assert client.get(f"{ITEMS}/{item.pk}", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_list_costs_the_same_few_queries_for_one_item_and_for_many(cast: Cast, client, django_assert_num_queries):
    for number in range(1, 41):
        public_item(cast.education, cast.column, number)
    with django_assert_num_queries(1):
        client.get(ITEMS, {"limit": 40})


def test_the_bulk_file_holds_every_item_in_full_and_follows_the_filters(cast: Cast, client: Client):
    for number in range(1, 4):
        public_item(cast.education if number > 1 else cast.water, cast.column, number)
    lines = client.get("/api/v1/bulk/items.ndjson").getvalue().decode().splitlines()
    assert [json.loads(line)["title"] for line in lines] == [f"青溪县第{number}号公告" for number in (3, 2, 1)]
    assert json.loads(lines[0]) == client.get(f"{ITEMS}/{json.loads(lines[0])['id']}").json()
    assert len(client.get("/api/v1/bulk/items.ndjson", {"agency": "qingxi-water"}).getvalue().splitlines()) == 1
    assert client.get("/api/v1/bulk/items.csv", {"year": "x"}).status_code == 422


def test_a_cell_of_the_csv_is_never_taken_for_a_formula(cast: Cast, client: Client):
    public_item(cast.education, cast.column, 1, title='=HYPERLINK("http://example.invalid")')
    text = client.get("/api/v1/bulk/items.csv").getvalue().decode("utf-8-sig")
    assert text.splitlines()[0].startswith("编号,索引号,标题")
    assert "\"'=HYPERLINK" in text


def test_nobody_can_write(cast: Cast, client: Client):
    item = public_item(cast.education, cast.column)
    for address in (ITEMS, f"{ITEMS}/{item.pk}", "/api/v1/agencies", "/api/v1/bulk/items.csv"):
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(address).status_code in (403, 405)


@pytest.mark.parametrize("text", ["", "中文", "AAAA", "MjAyMC0wNC0xMlQwOTowMDowMCAx", "////"])
def test_text_that_is_no_cursor_is_told_apart(text):
    with pytest.raises(CursorInvalid):
        Cursor.read(text)


@pytest.mark.parametrize("address", [ITEMS, "/api/v1/bulk/items.csv", "/api/v1/bulk/items.ndjson", "/api/v1/responses"])
def test_a_mistyped_filter_is_refused_and_not_answered_with_everything(cast: Cast, client: Client, address: str):
    answer = client.get(address, {"agencyy": "qingxi"})
    assert answer.status_code == 422
    assert "没有“agencyy”这个参数，可以用的有：agency、" in answer.json()["detail"]


def test_a_table_says_times_as_the_pages_do(cast: Cast, client: Client):
    Item.objects.filter(pk=public_item(cast.education, cast.column).pk).update(published_at=NOW)
    assert ",2024-04-12 09:00:00," in client.get("/api/v1/bulk/items.csv").getvalue().decode()

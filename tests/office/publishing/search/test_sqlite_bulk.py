"""Segments made in a second process: the same index as entered row by row, whatever happens to that process."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection, transaction

from gongkai.office.publishing.search.engines import segments, sqlite_bulk
from gongkai.office.publishing.search.engines.port import Part
from gongkai.office.publishing.search.engines.segments import Segment, Structure, UnknownLayout
from gongkai.office.publishing.search.engines.sqlite import Sqlite
from gongkai.office.publishing.search.engines.sqlite_bulk import Bulk
from gongkai.office.publishing.search.entry import Entry
from gongkai.office.publishing.search.splitter import fold_document
from tests.office.cast import NOW

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="is about SQLite's tables"),
]


@pytest.fixture(autouse=True)
def always_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_bulk, "WORTH_IT", 1)
    monkeypatch.setattr(sqlite_bulk.os, "cpu_count", lambda: 2)


def made(first: int, count: int, seed: int = 1) -> list[Entry]:
    dice = random.Random(seed * 1000 + first)
    return [
        Entry(
            item=number,
            published_at=NOW + timedelta(seconds=dice.randrange(100_000)),
            organ=1,
            column=1,
            category="",
            field="",
            year=2024,
            validity="",
            tags=("organ1", "year2024"),
            title=fold_document("".join(dice.choices("公开政府信息停水通知", k=8))),
            number=fold_document(f"青政办发〔2024〕{number}号"),
            label="青溪县水利局",
            body=fold_document("".join(dice.choices("关于做好防汛工作的通知。全县各乡镇2024", k=80))),
        )
        for number in range(first, first + count)
    ]


def assert_found_like_a_scan(entries: Sequence[Entry]) -> None:
    dice = random.Random(7)
    with connection.cursor() as cursor:
        for table in sqlite_bulk.TABLES:
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    assert Sqlite().count() == len(entries)
    for _ in range(25):
        text = dice.choice([each for each in entries if each.body]).body
        at = dice.randrange(len(text) - 6)
        word = text[at : at + dice.randint(2, 4)].strip("\n. ")
        if len(word) < 2 or "\n" in word:
            continue
        wanted = {each.item for each in entries if word in each.whole}
        found = {match.item for match in Sqlite().find([word], [], Part.ANYWHERE, 10_000)}
        assert found == wanted, word
    for each in entries[:5]:
        assert each.item in {match.item for match in Sqlite().find([each.title], [], Part.TITLE, 10_000)}


def test_what_was_made_beside_is_found_like_what_was_entered_here():
    before, first, second = made(1, 30), made(100, 250), made(400, 250)
    Sqlite().put(before)
    way_in = Bulk(Sqlite())
    way_in.put(first)
    way_in.put(second)
    way_in.finish()
    assert way_in._maker is not None, "everything was entered here"
    way_in.close()
    assert_found_like_a_scan([*before, *first, *second])


def test_it_can_be_changed_and_taken_out_afterwards():
    first = made(100, 120)
    way_in = Bulk(Sqlite())
    way_in.put(first)
    way_in.finish()
    way_in.close()
    changed = [made(each.item, 1, seed=5)[0] for each in first[:20]]
    Sqlite().put(changed)
    Sqlite().drop([each.item for each in first[20:40]])
    Sqlite().settle()
    assert_found_like_a_scan([*changed, *first[40:]])


def test_an_item_that_is_known_already_is_replaced():
    Sqlite().put(made(100, 20, seed=9))
    way_in, again = Bulk(Sqlite()), made(100, 20)
    way_in.put(again)
    way_in.finish()
    way_in.close()
    assert_found_like_a_scan(again)


def test_a_transaction_that_is_rolled_back_leaves_nothing():
    kept, way_in = made(1, 40), Bulk(Sqlite())
    way_in.put(kept)
    way_in.finish()
    with transaction.atomic():
        way_in.put(made(100, 40))
        way_in.finish()
        transaction.set_rollback(True)
    way_in.close()
    Sqlite().put(later := made(200, 10))
    assert_found_like_a_scan([*kept, *later])


def test_when_the_second_process_dies_everything_is_entered_here():
    first, second, third = made(1, 40), made(100, 40), made(200, 40)
    way_in = Bulk(Sqlite())
    way_in.put(first)
    way_in.finish()
    assert way_in._maker is not None
    way_in._maker._process.kill()
    way_in._maker._process.wait()
    way_in.put(second)
    way_in.put(third)
    way_in.finish()
    way_in.close()
    assert_found_like_a_scan([*first, *second, *third])


def test_many_small_pieces_are_merged_before_a_publication_has_to(monkeypatch):
    way_in, everything = Bulk(Sqlite()), []
    for place in range(40):
        some = made(1 + place * 10, 10)
        everything += some
        way_in.put(some)
        if place % 5 == 4:
            way_in.finish()
    way_in.close()
    with connection.cursor() as cursor:
        for table in sqlite_bulk.TABLES:
            cursor.execute(f"SELECT block FROM {table}_data WHERE id = {segments.STRUCTURE}")
            assert all(len(level) < 16 for _, level in Structure.read(cursor.fetchone()[0]).levels)
    assert_found_like_a_scan(everything)


def test_a_layout_nobody_knows_is_not_touched(monkeypatch):
    def unknown(block: bytes) -> Structure:
        raise UnknownLayout("a version to come")

    monkeypatch.setattr(Structure, "read", unknown)
    way_in, entries = Bulk(Sqlite()), made(1, 40)
    way_in.put(entries)
    way_in.finish()
    way_in.close()
    monkeypatch.undo()
    assert_found_like_a_scan(entries)


def test_the_list_of_segments_is_written_as_it_was_read():
    Sqlite().put(made(1, 300))
    Sqlite().put(made(400, 10))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_whole (search_whole) VALUES ('integrity-check')")
        cursor.execute(f"SELECT block FROM search_whole_data WHERE id = {segments.STRUCTURE}")
        block = cursor.fetchone()[0]
    read = Structure.read(block)
    assert read.write() == block
    more = read.with_newest(read.free_number(), Segment(1, 300, (), [], []))
    assert Structure.read(more.write()) == more


@pytest.mark.parametrize(
    "block", [b"", b"\0\0\0\0", b"\0\0\0\0\x01\x01\x80", b"\0\0\0\0\x01\x01\x05\0\x01\x01\x01\x07\x09"]
)
def test_a_list_of_segments_that_makes_no_sense_is_refused(block: bytes):
    with pytest.raises(UnknownLayout):
        Structure.read(block)


@pytest.mark.parametrize("number", [0, 1, 127, 128, 16_383, 16_384, 2**31, 2**55])
def test_numbers_are_written_as_sqlite_writes_them(number: int):
    assert segments.numbers_of(segments.block_of([number, 5])) == [number, 5]

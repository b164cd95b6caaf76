"""Segments made in a second process: the same index as entered row by row, whatever happens to that process."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

import pytest

from gongkai.office.publishing.search.entry import Entry
from gongkai.office.publishing.search.fulltext import bulk, segments
from gongkai.office.publishing.search.fulltext.bulk import Bulk
from gongkai.office.publishing.search.fulltext.segments import Segment, Structure, UnknownLayout
from gongkai.office.publishing.search.fulltext.tables import FULL_TEXT, Part, Tables
from gongkai.office.publishing.search.splitter import fold_document
from tests.office.cast import NOW
from tests.office.publishing.search.making import empty


@pytest.fixture(autouse=True)
def always_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "WORTH_IT", 1)
    monkeypatch.setattr(bulk.os, "cpu_count", lambda: 2)


@pytest.fixture
def tables() -> Tables:
    return empty()


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


def assert_found_like_a_scan(tables: Tables, entries: Sequence[Entry]) -> None:
    dice = random.Random(7)
    for table in FULL_TEXT:
        tables.connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    assert tables.count() == len(entries)
    for _ in range(25):
        text = dice.choice([each for each in entries if each.body]).body
        at = dice.randrange(len(text) - 6)
        word = text[at : at + dice.randint(2, 4)].strip("\n. ")
        if len(word) < 2 or "\n" in word:
            continue
        wanted = {each.item for each in entries if word in each.whole}
        found = {match.item for match in tables.find([word], [], Part.ANYWHERE, 10_000)}
        assert found == wanted, word
    for each in entries[:5]:
        assert each.item in {match.item for match in tables.find([each.title], [], Part.TITLE, 10_000)}


def test_what_was_made_beside_is_found_like_what_was_entered_here(tables: Tables):
    before, first, second = made(1, 30), made(100, 250), made(400, 250)
    tables.put(before)
    way_in = Bulk(tables)
    way_in.put(first)
    way_in.put(second)
    way_in.finish()
    assert way_in._makers, "everything was entered here"
    way_in.close()
    assert_found_like_a_scan(tables, [*before, *first, *second])


def test_it_can_be_changed_and_taken_out_afterwards(tables: Tables):
    first = made(100, 120)
    way_in = Bulk(tables)
    way_in.put(first)
    way_in.finish()
    way_in.close()
    changed = [made(each.item, 1, seed=5)[0] for each in first[:20]]
    tables.put(changed)
    tables.drop([each.item for each in first[20:40]])
    tables.merge(1000, begin=True)
    while tables.merge(1000):
        pass
    assert_found_like_a_scan(tables, [*changed, *first[40:]])


def test_an_item_that_is_known_already_is_replaced(tables: Tables):
    tables.put(made(100, 20, seed=9))
    way_in, again = Bulk(tables), made(100, 20)
    way_in.put(again)
    way_in.finish()
    way_in.close()
    assert_found_like_a_scan(tables, again)


def test_a_transaction_that_is_rolled_back_leaves_nothing(tables: Tables):
    kept, way_in = made(1, 40), Bulk(tables)
    way_in.put(kept)
    way_in.finish()
    tables.connection.execute("BEGIN")
    way_in.put(made(100, 40))
    way_in.finish()
    tables.connection.execute("ROLLBACK")
    way_in.close()
    tables.put(later := made(200, 10))
    assert_found_like_a_scan(tables, [*kept, *later])


def test_when_the_second_process_dies_everything_is_entered_here(tables: Tables):
    first, second, third = made(1, 40), made(100, 40), made(200, 40)
    way_in = Bulk(tables)
    way_in.put(first)
    way_in.finish()
    assert way_in._makers
    way_in._makers[0]._process.kill()
    way_in._makers[0]._process.wait()
    way_in.put(second)
    way_in.put(third)
    way_in.finish()
    way_in.close()
    assert_found_like_a_scan(tables, [*first, *second, *third])


def segments_by_level(tables: Tables) -> list[int]:
    block = f"_data WHERE id = {segments.STRUCTURE}"
    blocks = [tables.connection.execute(f"SELECT block FROM {table}{block}").fetchone()[0] for table in FULL_TEXT]
    return [len(level) for each in blocks for _, level in Structure.read(each).levels]


def test_many_small_pieces_are_merged_on_the_way_and_at_the_end(tables: Tables, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bulk, "_MANY", 16)
    way_in, everything = Bulk(tables), []
    for place in range(35):
        some = made(1 + place * 10, 10)
        everything += some
        way_in.put(some)
        if place % 5 == 4:
            way_in.finish()
            assert max(segments_by_level(tables)) < 16
    assert max(segments_by_level(tables)) >= 8
    while bulk.tidy(tables):
        pass
    way_in.close()
    assert max(segments_by_level(tables)) < 8
    assert_found_like_a_scan(tables, everything)


def test_a_merge_goes_on_step_by_step_while_more_comes_in(tables: Tables, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bulk, "_MANY", 8)
    monkeypatch.setattr(bulk, "_STEP", 1)
    way_in, everything = Bulk(tables), []
    for place in range(40):
        everything += (some := made(1 + place * 10, 10))
        way_in.put(some)
        way_in.finish()
    steps = 0
    while bulk.tidy(tables):
        steps += 1
        assert steps < 1000
    way_in.close()
    assert max(segments_by_level(tables)) < 16
    assert_found_like_a_scan(tables, everything)


def test_a_layout_nobody_knows_is_not_touched(tables: Tables, monkeypatch):
    def unknown(block: bytes) -> Structure:
        raise UnknownLayout("a version to come")

    monkeypatch.setattr(Structure, "read", unknown)
    way_in, entries = Bulk(tables), made(1, 40)
    way_in.put(entries)
    way_in.finish()
    way_in.close()
    monkeypatch.undo()
    assert_found_like_a_scan(tables, entries)


def test_the_list_of_segments_is_written_as_it_was_read(tables: Tables):
    tables.put(made(1, 300))
    tables.put(made(400, 10))
    tables.connection.execute("INSERT INTO search_whole (search_whole) VALUES ('integrity-check')")
    found = tables.connection.execute(f"SELECT block FROM search_whole_data WHERE id = {segments.STRUCTURE}")
    block = found.fetchone()[0]
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

"""The full-text tables give the answers of a plain scan."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.office.publishing.search.entry import Entry
from gongkai.office.publishing.search.fulltext.tables import Part
from gongkai.office.publishing.search.splitter import BREAK, fold_document, words
from tests.office.cast import NOW
from tests.office.publishing.search.making import empty

GENERATED = settings(deadline=None, max_examples=60)

TEXTS = st.text(st.sampled_from("公开公开政府府信12021a。， 〔〕𠮷龘①々"), max_size=30)
QUERIES = st.one_of(
    st.text(st.sampled_from("公开政府信12021a。 〔〕𠮷龘"), min_size=2, max_size=8),
    st.sampled_from(["公开", "公开 政府", "20〕1", "1a", "𠮷龘", "a1 公开"]),
)


@st.composite
def known_items(draw: st.DrawFn) -> list[Entry]:
    """Entries of made-up items, published out of order and some in the same second."""
    return [
        Entry(
            item=number,
            published_at=NOW + timedelta(seconds=draw(st.integers(0, 3))),
            organ=1,
            column=1,
            category="",
            field="",
            year=2024,
            validity="",
            tags=draw(st.sampled_from([("organ1",), ("organ1", "year2024"), ("organ2", "categoryfees")])),
            title=fold_document(draw(TEXTS)),
            number=fold_document(draw(TEXTS)),
            label=fold_document(draw(TEXTS)),
            body=fold_document(draw(TEXTS)),
        )
        for number in range(1, draw(st.integers(1, 8)) + 1)
    ]


def scan(entries: list[Entry], wanted: tuple[str, ...], tags: tuple[str, ...], part: Part) -> set[int]:
    """The answer without an index."""
    fields = {
        Part.ANYWHERE: lambda entry: [entry.whole],
        Part.HEAD: lambda entry: [entry.title, entry.number, entry.label],
        Part.TITLE: lambda entry: [entry.title, entry.number],
        Part.WHOLE_NAME: lambda entry: [entry.title, *entry.number.split(BREAK)],
    }[part]

    def matches(entry: Entry) -> bool:
        if part is Part.WHOLE_NAME:
            return "".join(wanted) in fields(entry)
        return all(any(word in field for field in fields(entry)) for word in wanted)

    return {entry.item for entry in entries if set(tags) <= set(entry.tags) and matches(entry)}


@pytest.mark.parametrize("part", [Part.ANYWHERE, Part.HEAD, Part.TITLE])
@given(entries=known_items(), query=QUERIES, tags=st.sampled_from([(), ("organ1",), ("organ1", "year2024")]))
@GENERATED
def test_it_finds_what_a_scan_finds_and_nothing_else(
    part: Part, entries: list[Entry], query: str, tags: tuple[str, ...]
) -> None:
    searching = empty()
    searching.put(entries)
    wanted = words(query).wanted
    if wanted or tags:
        found = [match.item for match in searching.find(wanted, tags, part, 100)]
        assert set(found) == scan(entries, wanted, tags, part)
        assert len(found) == len(set(found))
        published = {entry.item: entry.published_at for entry in entries}
        assert [published[item] for item in found] == sorted((published[item] for item in found), reverse=True)


@given(entries=known_items(), again=known_items(), dropped=st.sets(st.integers(1, 8)), query=QUERIES)
@GENERATED
def test_changes_leave_nothing_behind(entries: list[Entry], again: list[Entry], dropped: set[int], query: str) -> None:
    searching = empty()
    searching.put(entries)
    searching.put(again)
    searching.drop(dropped)
    kept = {entry.item: entry for entry in [*entries, *again] if entry.item not in dropped}
    assert searching.count() == len(kept)
    wanted = words(query).wanted
    if wanted:
        found = {match.item for match in searching.find(wanted, (), Part.ANYWHERE, 100)}
        assert found == scan(list(kept.values()), wanted, (), Part.ANYWHERE)


def test_a_whole_name_is_a_whole_title_or_a_whole_number() -> None:
    searching = empty()
    entries = [
        entry("公开指南"),
        entry("公开指南说明", item=2),
        entry("说明公开指南", item=3),
        entry("其他", number="青政办2020〕8号\n11990001MB/2020".lower(), item=4),
    ]
    searching.put(entries)
    assert [match.item for match in searching.find(("公开", "指南"), (), Part.WHOLE_NAME, 9)] == [1]
    assert [match.item for match in searching.find(("青政办2020〕8号",), (), Part.WHOLE_NAME, 9)] == [4]
    assert not searching.find(("青政办",), (), Part.WHOLE_NAME, 9)


def test_a_limit_gives_the_newest() -> None:
    searching = empty()
    searching.put([entry("公开指南", item=number, minutes=number) for number in range(1, 30)])
    assert [match.item for match in searching.find(("公开",), (), Part.ANYWHERE, 3)] == [29, 28, 27]
    assert [match.item for match in searching.find(("公开",), (), Part.TITLE, 3)] == [29, 28, 27]


def test_merging_step_by_step_ends_and_changes_no_answer() -> None:
    searching = empty()
    for number in range(1, 30):
        searching.put([entry("公开指南", item=number, minutes=number)])
    searching.merge(1, begin=True)
    steps = 0
    while searching.merge(1):
        steps += 1
        assert steps < 1000
    assert [match.item for match in searching.find(("开指",), ("organ1",), Part.ANYWHERE, 3)] == [29, 28, 27]


def entry(title: str, *, item: int = 1, number: str = "", minutes: int = 0) -> Entry:
    return Entry(item, NOW + timedelta(minutes=minutes), 1, 1, "fees", "", 2024, "", ("organ1",), title, number, "", "")

"""The second process of a large import: it follows on its own, and whatever becomes of it, everything is entered."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.office.publishing.search import Query, Standing, announce, beside, find, following, following_beside, look
from gongkai.office.publishing.search.fulltext import file
from tests.office.cast import assemble
from tests.office.publishing.search.making import ids, public


def test_it_enters_what_comes_in_without_help(committed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(beside, "_WORTH_IT", 1)
    monkeypatch.setattr(beside.Way, "enter_all", lambda way: None)
    cast = assemble()
    with following_beside() as second:
        monkeypatch.setattr(following, "AT_ONCE", 0)  # nothing is entered here
        announce(ids([public(cast) for _ in range(20)]))
        second.expect(20)
        assert second._process is not None
        assert look().waiting == 20
    assert look() == Standing()
    assert find(Query("通知")).total == 20


def test_a_missing_index_is_begun_before_anything_comes_in(committed: Path) -> None:
    assert file.current() is None
    with following_beside():
        index = file.current()
        assert index is not None
        assert index.state().stage == file.WHOLE


@pytest.mark.parametrize("processors", [1, 2])
def test_without_it_everything_is_entered_all_the_same(
    committed: Path, monkeypatch: pytest.MonkeyPatch, processors: int
) -> None:
    monkeypatch.setattr(beside.os, "cpu_count", lambda: processors)
    monkeypatch.setattr(beside, "_WORTH_IT", 1)
    cast = assemble()
    with following_beside() as second:
        second.expect(20)
        assert (second._process is None) == (processors == 1)
        if second._process is not None:
            second._process.kill()
            second._process.wait()
        announce(ids([public(cast) for _ in range(20)]))
        second.expect(20)
    assert look() == Standing()
    assert find(Query("通知")).total == 20

"""What `gongkai doctor` says of the search index."""

from __future__ import annotations

from gongkai.office.project.health import Symptom, examine
from gongkai.office.publishing.search import Query, find
from gongkai.office.publishing.search.fulltext import file
from tests.office.cast import Cast
from tests.office.publishing.search.making import public


def of_search() -> Symptom:
    return next(each for each in examine() if each.code == "search")


def test_it_knows_whether_the_index_is_complete_behind_or_broken(cast: Cast) -> None:
    public(cast)
    assert of_search().state == "missing"
    assert "还差约 1 条" in of_search().found[0]
    find(Query("通知"))
    assert of_search().state == "ok"
    index = file.current()
    assert index is not None
    file.close()
    index.path.write_bytes(b"nothing that SQLite would know" * 1000)
    assert of_search().state == "broken"
    assert "重新建立" in of_search().advice[0]
    find(Query("通知"))
    assert of_search().state == "ok"

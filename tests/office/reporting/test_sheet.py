"""The workbook by which numbers are answered: refused as a whole when it is none, or a bomb."""

import pytest

from gongkai.office.organs import tables
from gongkai.office.reporting.sheet import answers_from, workbook
from tests.office.cast import NOW, Cast


def test_a_workbook_that_unpacks_to_something_vast_is_refused_unread(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    content = workbook([])
    assert answers_from(content, [], by=cast.editor, at=NOW) == ([], 0)
    monkeypatch.setattr(tables, "LARGEST_UNPACKED", 1000)
    problems, count = answers_from(content, [], by=cast.editor, at=NOW)
    assert count == 0
    assert "XLSX" in problems[0].message


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a,b\n1,2\n"], ids=["empty", "half", "csv"])
def test_what_is_no_workbook_is_refused(cast: Cast, content: bytes):
    problems, count = answers_from(content, [], by=cast.editor, at=NOW)
    assert (len(problems), count) == (1, 0)

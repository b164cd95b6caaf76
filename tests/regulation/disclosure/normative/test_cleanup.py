from dataclasses import replace
from datetime import date

from gongkai.regulation.disclosure.normative import CleanedUp, cleanup_findings, cleanup_lists
from tests.regulation.disclosure.normative.documents import DOCUMENT, MADE

DAY = date(2022, 12, 30)


def listed(key: str, outcome: str | None):
    events = (CleanedUp(DAY, "2022年清理", outcome, "青政〔2022〕30号"),) if outcome else ()
    return replace(DOCUMENT, key=key, events=(*MADE, *events))


DOCUMENTS = [
    listed("a", "continued"),
    listed("b", "revised"),
    listed("c", "repealed"),
    listed("d", "lapsed"),
    listed("e", None),
]


def test_a_round_gives_three_lists() -> None:
    lists = cleanup_lists(DOCUMENTS, "2022年清理")
    assert (lists.continued, lists.revised, lists.ended) == (("a",), ("b",), ("c", "d"))


def test_a_document_that_no_list_names_is_a_finding() -> None:
    findings = list(cleanup_findings(DOCUMENTS, "2022年清理", DAY))
    assert [finding.code for finding in findings] == ["NORM-CLEANUP-MISSING"]
    assert list(cleanup_findings(DOCUMENTS[-1:], "2022年清理", date(2020, 1, 1))) == []

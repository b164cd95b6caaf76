"""The pages made from data say what the data says now."""

import pytest

from docs.generate import form_rules, pages, worded_findings
from tests.samples import REPOSITORY

PAGES = pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_generated_page_is_up_to_date(path):
    assert path.read_text("utf-8") == PAGES[path], f"{path.name} is stale: run `make docs`"


def test_every_finding_code_is_described():
    page = (REPOSITORY / "docs" / "findings.md").read_text("utf-8")
    for code in {*form_rules(), *worded_findings()}:
        assert f"`{code}`" in page or f"### {code}\n" in page


def test_every_worded_finding_has_words_in_both_languages():
    for code, entry in worded_findings().items():
        for field in ("title", "message", "advice"):
            assert entry[field].strip(), f"{code} has no {field}"
            assert entry[f"{field}_en"].strip(), f"{code} has no {field}_en"
        assert entry["source"].strip(), f"{code} names no source"

from dataclasses import replace
from datetime import date

import pytest

from gongkai.regulation.disclosure.index_number import IndexNumberRule
from gongkai.regulation.disclosure.item_check import check_item
from tests.regulation.calendars import add_weekdays
from tests.regulation.disclosure.items import CLEAN, DAY, check, codes


@pytest.mark.parametrize("field", ["title", "issuing_agency", "art20_category", "combined_category"])
def test_what_every_item_needs_stops_it_when_missing_or_blank(field: str) -> None:
    assert codes(**{field: " "})[0] == "ITEM-ELEMENT"


def test_keywords_and_a_summary_are_advised() -> None:
    found = check(keywords=(), summary="")
    assert [(finding.code, finding.severity) for finding in found] == [("ITEM-ELEMENT-ADVISED", "warning")] * 2


def test_a_normative_document_needs_number_signature_and_effect() -> None:
    found = check(is_normative_document=True, document_number="", written_date=None)
    assert [finding.values["element"] for finding in found] == ["文号", "成文日期", "生效日期"]


def test_a_category_outside_article_20_is_refused() -> None:
    assert codes(art20_category="news") == ["ITEM-CATEGORY"]


def test_only_what_is_disclosed_proactively_is_published_here() -> None:
    assert codes(disclosure_mode="on_application") == ["ITEM-MODE"]


def test_a_reprint_names_its_source() -> None:
    assert codes(is_reprint=True) == ["ITEM-REPRINT-SOURCE"]
    assert codes(is_reprint=True, source="青溪日报") == []


def test_a_title_that_is_only_a_test_is_a_placeholder() -> None:
    assert codes(title="测试标题1") == ["ITEM-PLACEHOLDER"]
    assert codes(title="水质测试结果") == []


def test_an_index_number_follows_the_agency_s_rule() -> None:
    rule = IndexNumberRule("{uscc}/{yyyymm}-{seq:05d}")
    for number, expected in (("11341702486344515H/202404-00013", []), ("13800138000", ["ITEM-INDEX-NUMBER"])):
        found = check_item(replace(CLEAN, index_number=number), DAY, add_weekdays, index_rule=rule)
        assert [finding.code for finding in found] == expected
        assert "13800138000" not in repr(found)


def test_the_year_of_the_number_is_that_of_the_document() -> None:
    assert codes(document_number="青应急〔2023〕8号") == ["DOCNO-YEAR"]
    assert codes(document_number="青应急[2024]8号", written_date=date(2024, 4, 8)) == ["DOCNO-FORM"]

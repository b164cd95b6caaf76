"""The check of an item: worked cases (tests/cases/disclosure/item_checks.toml), what it never repeats, how long it takes."""

import time
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.disclosure.checks.wording import WordRule, word_rules
from gongkai.regulation.disclosure.item import Attachment
from gongkai.regulation.disclosure.item_check import check_item
from gongkai.regulation.disclosure.numbers import resident_id
from gongkai.regulation.disclosure.words import advice, message
from tests.regulation.calendars import add_weekdays
from tests.regulation.disclosure.items import CLEAN, DAY, check, codes

CASES = Path(__file__).parents[2] / "cases" / "disclosure" / "item_checks.toml"
IDENTITY = "34170019900307002X"
MOBILE = "13800138000"


def worked_cases() -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in tomllib.loads(CASES.read_text("utf-8"))["case"]]


@pytest.mark.parametrize("case", worked_cases())
def test_a_text_gives_the_findings_of_the_worked_case(case: dict[str, Any]) -> None:
    changes = {name: value for name, value in case.items() if name not in ("name", "codes")}
    found = check(**changes)
    assert [finding.code for finding in found] == case["codes"]
    for finding in found:
        for language in ("zh", "en"):
            assert "{" not in message(finding, language) + advice(finding, language)


def test_the_clean_item_is_clean() -> None:
    assert codes() == []


def test_a_finding_says_where_and_shows_the_number_masked() -> None:
    finding = check(body=f"名单：\n钱某 {MOBILE}")[0]
    assert (finding.where, finding.quotes, finding.severity) == (("正文第2行",), ("138******00",), "error")


def test_an_office_number_asks_for_a_reason_only() -> None:
    assert check(body=MOBILE, numbers_are_official=True)[0].severity == "warning"


def test_an_identity_number_is_never_pardoned() -> None:
    assert check(body=IDENTITY, numbers_are_official=True)[0].severity == "error"


@pytest.mark.parametrize("field", ["title", "summary", "source", "body", "document_number"])
def test_every_field_the_public_reads_is_looked_at(field: str) -> None:
    assert "ITEM-RESIDENT-ID" in codes(**{field: f"王某 {IDENTITY}"})


def test_attachments_are_looked_at_by_name_and_text_and_named_by_number() -> None:
    found = check(attachments=(Attachment("附表.docx"), Attachment(f"{MOBILE}.pdf", f"第一行\n{IDENTITY}")))
    assert [(finding.code, finding.where[0]) for finding in found] == [
        ("ITEM-MOBILE", "附件2的文件名"),
        ("ITEM-RESIDENT-ID", "附件2第2行"),
    ]


WRITINGS = st.sampled_from(["{}", "　{}，", "（{}）", "电话{}", "身份证号：{}", "文号[2020]{}号", "０{}"])
NUMBERS = st.one_of(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.from_regex(r"62[0-9]{17}", fullmatch=True),
    st.dates()
    .filter(lambda day: day.year > 1900)
    .map(lambda day: (body := f"341700{day:%Y%m%d}123") + resident_id.check_character(body)),
)


@given(number=NUMBERS, writing=WRITINGS, field=st.sampled_from(["title", "body", "document_number", "index_number"]))
def test_no_finding_repeats_a_whole_number(number: str, writing: str, field: str) -> None:
    for finding in check(**{field: writing.format(number)}):
        assert number not in repr(finding)
        assert number not in message(finding)


def test_an_office_adds_words_and_drops_words() -> None:
    item = replace(CLEAN, body="截止目前，本镇共有大户三家。")
    own = WordRule("大户", "种植大户", "本县的规范用语", "sensitive")
    found = check_item(item, DAY, add_weekdays, extra_words=(own,), dropped_words=frozenset({"截止目前"}))
    assert [finding.quotes for finding in found] == [("大户",)]


def test_a_word_of_one_character_is_refused() -> None:
    with pytest.raises(ValueError, match="two characters"):
        WordRule("的", "地", "", "miswritten")


def test_the_word_lists_are_well_made() -> None:
    rules = word_rules()
    assert len(rules) >= 120
    assert len({rule.word for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.word not in rule.suggestion
        assert all(rule.word in longer for longer in rule.unless)


@pytest.mark.parametrize(
    "text",
    [
        "为贯彻落实条例，根据青政办〔2020〕8号文件，2020年3月投入1234.56万元。\n",
        "1-",
        "1380013 ",
        "秘 密 ",
        "内部资料  ",
    ],
)
def test_a_long_text_is_checked_in_the_blink_of_an_eye(text: str) -> None:
    item = replace(CLEAN, body=(text * 20_000)[:20_000])
    started = time.process_time()
    check_item(item, DAY, add_weekdays)
    assert time.process_time() - started < 0.2

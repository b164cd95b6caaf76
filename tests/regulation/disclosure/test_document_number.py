from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.disclosure.document_number import (
    DocumentNumber,
    normalise_document_numbers,
    read_document_number,
)


@pytest.mark.parametrize(
    "text",
    [
        "青政办〔2020〕8号",
        "青政办[2020]8号",
        "青政办(2020)8号",
        "青政办【2020】8号",
        "青政办（２０２０）８号",
        "青政办 〔2020〕 第08号",
        "青政办〔2020〕8",
    ],
)
def test_every_spelling_is_the_same_number(text: str) -> None:
    assert read_document_number(text).number == DocumentNumber("青政办", 2020, 8)


def test_only_the_statutory_form_is_without_a_finding() -> None:
    assert read_document_number("青政办〔2020〕8号").findings == ()
    assert [finding.code for finding in read_document_number("青政办[2020]8号").findings] == ["DOCNO-FORM"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8号",
        "〔2020〕8号",
        "QZB〔2020〕8号",
        "青政办〔20〕8号",
        "青政办〔2020]8号",
        "青政办〔2020〕号",
        "青政办〔2020〕0号",
        "青政办2020 8号",
        "见青政办〔2020〕8号文",
    ],
)
def test_what_is_no_number_gives_a_finding_and_no_number(text: str) -> None:
    read = read_document_number(text)
    assert read.number is None
    assert [finding.code for finding in read.findings] == ["DOCNO-MALFORMED"]


def test_orders_and_yearly_announcements_have_numbers_too() -> None:
    assert read_document_number("青溪县人民政府令第12号").number == DocumentNumber("青溪县人民政府令", None, 12)
    assert read_document_number("青溪县应急管理局公告2024年第3号").number == DocumentNumber(
        "青溪县应急管理局公告", 2024, 3, is_yearly=True
    )


def test_the_year_is_compared_with_the_day_of_signature() -> None:
    codes = [finding.code for finding in read_document_number("青政办〔2020〕8号", date(2021, 1, 4)).findings]
    assert codes == ["DOCNO-YEAR"]


@given(
    issuer=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20),
    year=st.integers(1950, 2099),
    serial=st.integers(1, 99999),
)
def test_a_number_reads_back_as_it_was_written(issuer: str, year: int, serial: int) -> None:
    number = DocumentNumber(issuer, year, serial)
    assert read_document_number(str(number)).number == number
    assert read_document_number(str(number)).findings == ()


@pytest.mark.parametrize("query", ["〔2020〕8号", "[2020]8", "(2020)8号", "【2020】8号", "［２０２０］第０８号"])
def test_search_compares_one_form(query: str) -> None:
    assert normalise_document_numbers(query) == "〔2020〕8号"
    assert normalise_document_numbers(f"按青政办{query}执行") == "按青政办〔2020〕8号执行"


def test_other_brackets_stay_as_they_are() -> None:
    assert normalise_document_numbers("（2020年）8号楼、（一）总则") == "〔2020〕8号楼、（一）总则"
    assert normalise_document_numbers("（三）8号楼") == "（三）8号楼"

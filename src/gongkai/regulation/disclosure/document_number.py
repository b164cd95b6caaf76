"""Document numbers (发文字号): read in any bracket, written in the statutory form, found under any spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.regulation.disclosure.masking import masked
from gongkai.regulation.disclosure.words import CATALOGUE
from gongkai.regulation.finding import Finding

_OPENING = "〔[(（【［﹝〖{｛<＜《"
_CLOSING = "〕])）】］﹞〗}｝>＞》"
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_NUMBERED = re.compile(
    rf"(?P<issuer>.*?)(?P<opening>[{re.escape(_OPENING)}])\s*{_YEAR}\s*年?\s*(?P<closing>[{re.escape(_CLOSING)}])"
    r"\s*(?P<ordinal>第?)\s*(?P<serial>\d{1,5})\s*(?P<ending>号?)"
)
_ORDER = re.compile(r"(?P<issuer>[\u4e00-\u9fa5]{2,30}令)\s*(?:\(|（)?第\s*(?P<serial>\d{1,4})\s*号(?:\)|）)?")
_YEARLY = re.compile(rf"(?P<issuer>[\u4e00-\u9fa5]{{2,30}}?)\s*{_YEAR}年第\s*(?P<serial>\d{{1,4}})\s*号")
_ISSUER = re.compile(r"[\u4e00-\u9fa5]{1,20}(?:[（(][\u4e00-\u9fa5]{1,10}[）)][\u4e00-\u9fa5]{0,10})?")
_IN_TEXT = re.compile(
    rf"[{re.escape(_OPENING)}]\s*(?P<year>(?:19|20)\d{{2}})\s*年?\s*[{re.escape(_CLOSING)}]\s*第?\s*0*(?P<serial>\d{{1,5}})(?P<ending>\s*号)?"
)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number: who issued (the agency's code, 代字), in which year, as which document of that year.

    An order (令第N号) counts through the years and has none; `is_yearly` is the form 公告2024年第3号.
    >>> str(DocumentNumber("青政办", 2020, 8))
    '青政办〔2020〕8号'
    """

    issuer: str
    year: int | None
    serial: int
    is_yearly: bool = False

    def __str__(self) -> str:
        if self.year is None:
            return f"{self.issuer}第{self.serial}号"
        if self.is_yearly:
            return f"{self.issuer}{self.year}年第{self.serial}号"
        return f"{self.issuer}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """What a text says as a document number, and what is wrong with it; `number` is None when it can't be read."""

    number: DocumentNumber | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberInText:
    """Where a text has a document number, without its issuer; `text` is the number in the statutory form.

    `is_marked` is whether 号 is written: without it, (2020)3 may as well be the beginning of (2020)3月.
    """

    start: int
    end: int
    text: str
    is_marked: bool


def read_document_number(text: str, written: date | None = None) -> ReadNumber:
    """A document number from the text of its field; `written` is the day of the document, to compare the year with.

    Source: official-documents-2012#9, document-format-2012#document-number.
    >>> read_document_number("青政办[2020]8号").number == read_document_number("青政办〔2020〕8号").number
    True
    >>> [finding.code for finding in read_document_number("青政办第8号").findings]
    ['DOCNO-MALFORMED']
    """
    compact = "".join(text.split()).translate(_HALF_WIDTH)
    number = _numbered(compact) or _order_or_yearly(compact)
    if number is None or number.serial == 0:
        return ReadNumber(None, (CATALOGUE.finding("DOCNO-MALFORMED", quotes=(masked(text),)),))
    findings = []
    if str(number) != text.strip():
        findings.append(CATALOGUE.finding("DOCNO-FORM", quotes=(masked(text),), right=number))
    if written and number.year is not None and number.year != written.year:
        findings.append(CATALOGUE.finding("DOCNO-YEAR", year=number.year, written=written))
    return ReadNumber(number, tuple(findings))


def normalise_document_numbers(text: str) -> str:
    """The text with every document number in it in the statutory form: what search compares.

    >>> normalise_document_numbers("见青政办【2020】第08号文")
    '见青政办〔2020〕8号文'
    """
    # A query like [2020]8 may lack the 号; with it or without, it is the same number.
    return _IN_TEXT.sub(_statutory, text.translate(_HALF_WIDTH))


def document_numbers_in(text: str) -> Iterator[NumberInText]:
    """The document numbers of a text, in any bracket, in their order.

    >>> [number.text for number in document_numbers_in("见青政办【2020】第08号文、青教[2021]3")]
    ['〔2020〕8号', '〔2021〕3号']
    """
    for found in _IN_TEXT.finditer(text.translate(_HALF_WIDTH)):
        yield NumberInText(found.start(), found.end(), _statutory(found), bool(found["ending"]))


def _statutory(found: re.Match[str]) -> str:
    return f"〔{found['year']}〕{int(found['serial'])}号"


def _numbered(text: str) -> DocumentNumber | None:
    found = _NUMBERED.fullmatch(text)
    if not found or _OPENING.index(found["opening"]) != _CLOSING.index(found["closing"]):
        return None
    issuer = found["issuer"].replace("(", "（").replace(")", "）")
    return DocumentNumber(issuer, int(found["year"]), int(found["serial"])) if _ISSUER.fullmatch(issuer) else None


def _order_or_yearly(text: str) -> DocumentNumber | None:
    if found := _ORDER.fullmatch(text):
        return DocumentNumber(found["issuer"], None, int(found["serial"]))
    if found := _YEARLY.fullmatch(text):
        return DocumentNumber(found["issuer"], int(found["year"]), int(found["serial"]), is_yearly=True)
    return None

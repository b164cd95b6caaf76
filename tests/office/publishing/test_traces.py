"""What a file tells besides its text is found; a clean file tells nothing."""

from __future__ import annotations

import pytest

from gongkai.office.publishing.traces import traces_of
from tests.office.publishing import papers


def inserted(xml: bytes) -> bytes:
    return xml.replace(b"</w:p>", b'<w:del w:id="1" w:author="x"><w:r><w:delText>y</w:delText></w:r></w:del></w:p>', 1)


def vanishing(xml: bytes) -> bytes:
    return xml.replace(b"<w:r>", b"<w:r><w:rPr><w:vanish/></w:rPr>", 1)


@pytest.mark.parametrize(
    ("kind", "data"),
    [("docx", papers.docx()), ("xlsx", papers.xlsx()), ("pdf", papers.pdf()), ("jpg", papers.picture()), ("txt", b"x")],
)
def test_a_clean_file_tells_nothing(kind: str, data: bytes):
    assert traces_of(data, kind) == {}


@pytest.mark.parametrize(
    ("kind", "data", "told"),
    [
        ("docx", papers.docx(author="王某"), {"authors": ["王某"]}),
        ("docx", papers.docx(inside=inserted), {"changes": 1}),
        ("docx", papers.docx(inside=vanishing), {"hidden": ["文字"]}),
        ("xlsx", papers.xlsx(hidden_sheet=True), {"hidden": ["工作表"]}),
        ("xlsx", papers.xlsx(hidden_column=True), {"hidden": ["行或列"]}),
        ("xlsx", papers.xlsx(comment="此人身份待核"), {"comments": 1}),
        ("pdf", papers.pdf(author="王某"), {"authors": ["王某"]}),
        ("pdf", papers.pdf(remark="这句删掉"), {"comments": 1}),
        ("pdf", papers.pdf(script=True), {"macro": True}),
        ("jpg", papers.picture(where_taken=True), {"hidden": ["拍摄地点"]}),
    ],
)
def test_what_it_tells_is_found(kind: str, data: bytes, told: dict[str, object]):
    assert traces_of(data, kind) == told


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "pdf", "png"])
def test_a_broken_file_raises_nothing_and_is_called_unseen(kind: str):
    assert traces_of(b"PK\x03\x04 broken", kind) == {"unseen": True}


def test_an_old_format_is_called_unseen():
    assert traces_of(b"\xd0\xcf\x11\xe0", "doc") == {"unseen": True}

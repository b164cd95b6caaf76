"""What may be attached is told by the content; a name that says otherwise is refused."""

from __future__ import annotations

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing.file_kinds import kind_of, public_name
from tests.office.publishing import papers

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", papers.docx()),
        ("a.XLSX", papers.xlsx()),
        ("a.pdf", papers.pdf()),
        ("a.jpg", papers.picture()),
        ("a.jpeg", papers.picture()),
        ("a.doc", OLE),
        ("a.wps", OLE),
        ("a.csv", "学校,人数\n".encode("gb18030")),
        ("a.txt", "说明".encode()),
        ("a.ofd", papers.package({"OFD.xml": b"<x/>"})),
    ],
)
def test_what_is_what_its_name_says_is_taken(name: str, data: bytes):
    assert kind_of(data, name) == {"jpeg": "jpg"}.get(ending := name.rpartition(".")[2].lower(), ending)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<html></html>"),
        ("a.svg", b"<svg onload='x()'/>"),
        ("a.exe", b"MZ"),
        ("a.zip", papers.package({"a.txt": b"x"})),
        ("a.docm", papers.docx()),
        ("a", b"x"),
        ("a.pdf", b"MZ\x90\x00"),
        ("a.txt", b"<script>alert(1)</script>"),
        ("a.csv", b"<!DOCTYPE html><html>"),
        ("a.txt", b"MZ\x90\x00\x03"),
        ("a.docx", papers.xlsx()),
        ("a.jpg", papers.pdf()),
        ("a.docx", papers.package({"word/document.xml": b"", "word/vbaProject.bin": b""})),
        ("a.docx", b"PK\x03\x04"),
    ],
)
def test_what_could_hurt_or_is_not_what_it_says_is_refused(name: str, data: bytes):
    with pytest.raises(Refused):
        kind_of(data, name)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("C:\\文件\\附件1.docx", "附件1.docx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        (".htaccess.txt", "htaccess.txt"),
        ("附表\u202exslx.docx", "附表xslx.docx"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
        ("  ", "附件"),
    ],
)
def test_a_public_name_leads_nowhere_and_hides_nothing(given: str, name: str):
    assert public_name(given) == name

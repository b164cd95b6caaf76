import pytest

from gongkai.documents.readers.detect import kind_of
from gongkai.documents.readers.refusing import CannotRead
from tests.documents.readers.office_files import small_sheet_file, small_word_file, with_part

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def refusal(data: bytes, name: str = "") -> tuple[str, str]:
    with pytest.raises(CannotRead) as caught:
        kind_of(data, name)
    return caught.value.refusal.code, caught.value.refusal.message


@pytest.mark.parametrize("name", ["report.docx", "report.pdf", "report", "report.txt"])
def test_content_decides_whatever_the_name_says(name):
    assert kind_of(small_word_file(), name) == "docx"
    assert kind_of(small_sheet_file(), name) == "xlsx"
    assert kind_of(b"\xef\xbb\xbf%PDF-1.7\n", name) == "pdf"
    assert kind_of(b" {\\rtf1\\ansi", name) == "rtf"
    assert kind_of("\ufeff<html><p>青溪县".encode("utf-16"), name) == "html"
    assert kind_of("<table><tr><td>青溪县".encode("gbk"), name) == "html"


@pytest.mark.parametrize(
    ("name", "kind"), [("a.csv", "csv"), ("a.md", "text"), ("a.html", "html"), ("", "text"), ("a.pdf", "text")]
)
def test_the_name_decides_where_text_could_be_several_things(name, kind):
    assert kind_of("青溪县,5687\n".encode(), name) == kind


def test_old_office_files_are_told_by_their_streams():
    assert kind_of(OLE + "WordDocument".encode("utf-16-le"), "a.xls") == "doc"
    assert kind_of(OLE + "WordDocument".encode("utf-16-le"), "a.wps") == "wps"
    assert kind_of(OLE + "Workbook".encode("utf-16-le"), "a.doc") == "xls"


def test_files_behind_a_password_are_refused_as_encrypted():
    assert refusal(OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx")[0] == "ENCRYPTED"
    word = bytearray(OLE + b"\xec\xa5" + b"\0" * 30 + "WordDocument".encode("utf-16-le"))
    word[523] |= 1
    assert refusal(bytes(word))[0] == "ENCRYPTED"
    text = with_part(
        with_part(b"PK\x05\x06" + b"\0" * 18, "mimetype", b"application/vnd.oasis.opendocument.text"), "a", b""
    )
    assert kind_of(text) == "odt"
    assert refusal(with_part(text, "META-INF/manifest.xml", b"<manifest:encryption-data/>"))[0] == "ENCRYPTED"


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        *[
            (b"\x89PNG\r\n\x1a\n", "SCAN", "扫描件"),
            (b"\xff\xd8\xff\xe0", "SCAN", "扫描件"),
            (b"Rar!\x1a\x07", "UNKNOWN-FORMAT", "解压"),
        ],
        *[
            (b"\0" * 99, "EMPTY", "没有任何文字"),
            (b" \r\n", "EMPTY", "没有任何文字"),
            (b"PK\x03\x04rest", "TRUNCATED", "不完整"),
        ],
        (OLE, "UNKNOWN-FORMAT", "旧版"),
    ],
)
def test_what_is_no_report_is_refused_with_what_it_is(data, code, word):
    assert refusal(data)[0] == code
    assert word in refusal(data)[1]


@pytest.mark.parametrize(("member", "word"), [("OFD.xml", "OFD"), ("ppt/a.xml", "演示"), ("report.docx", "解压")])
def test_packages_of_other_kinds_are_named(member, word):
    archive = with_part(b"PK\x05\x06" + b"\0" * 18, member, b"x")
    assert word in refusal(archive, "a.docx")[1]

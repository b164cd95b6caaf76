"""Files made to hurt: each gets a refusal with a reason, quickly and in little memory."""

import os
import struct
import time
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from gongkai.documents.model import Document, Refusal
from gongkai.documents.readers import limits, read, read_bytes
from tests.documents.readers.office_files import part_of, small_sheet_file, small_word_file, with_part

MEGABYTE = 1024 * 1024


def code_of(data: bytes, name: str = "") -> str:
    answer = read_bytes(data, name)
    assert isinstance(answer, Refusal), "it was read"
    assert answer.message
    assert answer.message_en
    return answer.code


@pytest.fixture(autouse=True)
def _within_seconds():
    started = time.monotonic()
    yield
    assert time.monotonic() - started < limits.SECONDS


def bomb(member: str, megabytes: int) -> bytes:
    """A package whose part is zeros without end."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive, archive.open(member, "w") as part:
        part.write(b"<w:document>")
        for _ in range(megabytes):
            part.write(bytes(MEGABYTE))
    return file.getvalue()


@pytest.mark.parametrize("member", ["word/document.xml", "xl/workbook.xml", "mimetype"])
def test_a_zip_bomb_is_too_large(member):
    before = limits.resident_bytes()
    assert code_of(bomb(member, 60)) == "TOO-LARGE"
    assert limits.resident_bytes() - before < 40 * MEGABYTE


def test_a_bomb_in_a_part_that_is_not_read_does_no_harm():
    data = with_part(small_word_file(), "word/media/image1.png", bytes(100 * MEGABYTE))
    assert isinstance(read_bytes(data), Document)


def test_many_parts_that_are_small_each_are_too_large_together(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_UNPACKED", MEGABYTE)
    data = small_sheet_file()
    assert isinstance(read_bytes(data), Document)
    for number in range(5):
        data = with_part(data, f"xl/more{number}.xml", os.urandom(MEGABYTE // 8).hex().encode())
    assert code_of(data) == "TOO-LARGE"


def test_an_archive_of_thousands_of_members_is_too_large():
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for number in range(limits.MOST_MEMBERS + 1):
            archive.writestr(f"word/{number}", b"")
    assert code_of(file.getvalue()) == "TOO-LARGE"


def test_a_lie_about_the_unpacked_size_is_found():
    data = bomb("word/document.xml", 50)
    size = struct.pack("<I", 50 * MEGABYTE + 12)
    assert size in data
    assert code_of(data.replace(size, struct.pack("<I", 1000))) in ("DAMAGED", "TOO-LARGE")


def test_members_that_share_their_bytes_are_counted_each_time():
    """The way of the overlapping bomb: many directory entries for one packed stream."""
    body = b"<x>" + bytes(40 * MEGABYTE)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(body) + packer.flush()
    name = b"xl/a.xml"
    sizes = struct.pack("<III", zlib.crc32(body), len(packed), len(body))
    local = (
        b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", len(name), 0) + name + packed
    )
    entries = [
        b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
        + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + b"xl/%s.xml" % letter
        for letter in (b"a", b"b", b"c")
    ]  # fmt: skip
    directory = b"".join(entries)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), len(local), 0)
    assert code_of(local + directory + end) in ("TOO-LARGE", "DAMAGED")


def test_a_package_in_a_package_is_not_unpacked():
    inner = bomb("word/document.xml", 20)
    assert code_of(with_part(b"PK\x05\x06" + b"\0" * 18, "inner.docx", inner)) == "UNKNOWN-FORMAT"


ENTITIES = b"<!DOCTYPE x [<!ENTITY a '" + b"A" * 1000 + b"'>" + b"".join(
    b"<!ENTITY %s '%s'>" % (bytes([letter + 1]), b"&%s;" % bytes([letter]) * 10) for letter in range(ord("a"), ord("j"))
) + b"]>"  # fmt: skip
OUTSIDE = b'<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declaration", [ENTITIES, OUTSIDE], ids=["bomb", "outside"])
@pytest.mark.parametrize(
    ("package", "part", "place"),
    [
        (small_word_file, "word/document.xml", b"<w:t>"),
        (small_word_file, "word/styles.xml", b"<w:styles "),
        (small_sheet_file, "xl/sharedStrings.xml", b"<t>"),
        (small_sheet_file, "xl/workbook.xml", b"<sheets>"),
    ],
)
def test_an_xml_entity_is_never_expanded(declaration, package, part, place):
    data = package()
    xml = part_of(data, part)
    head, root = xml.split(b"?>", 1)
    assert place in root
    spoilt = head + b"?>" + declaration + (root.replace(place, place + b"&j;", 1) if place.endswith(b">") else root)
    assert code_of(with_part(data, part, spoilt)) == "DAMAGED"


def test_entities_of_a_page_are_not_expanded_either():
    answer = read_bytes(ENTITIES + b"<html><p>x&j;</p></html>", "a.html")
    assert isinstance(answer, Document | Refusal)
    assert "AAAA" not in repr(answer)[:100_000] or len(repr(answer)) < 100_000


def test_a_document_behind_a_password_is_refused_as_encrypted():
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000 + "EncryptedPackage".encode("utf-16-le")
    assert code_of(container, "a.docx") == "ENCRYPTED"
    locked = bytearray(small_word_file())
    directory = locked.rindex(b"word/document.xml") - 46
    locked[directory + 8] |= 1
    assert code_of(bytes(locked)) in ("ENCRYPTED", "DAMAGED")


@pytest.mark.parametrize("make", [small_word_file, small_sheet_file])
def test_a_package_cut_off_anywhere_is_refused_as_truncated(make):
    data = make()
    for share in (0.1, 0.5, 0.9, 0.99):
        assert code_of(data[: int(len(data) * share)]) == "TRUNCATED"


def test_a_package_whose_parts_are_scrambled_is_refused_as_damaged():
    data = bytearray(small_word_file())
    start = data.index(b"word/document.xml") + 40
    data[start : start + 200] = os.urandom(200)
    assert code_of(bytes(data)) == "DAMAGED"


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "a.html", "a.txt", "a"])
def test_a_wrong_extension_does_not_matter(name):
    answer = read_bytes(small_word_file(), name)
    assert isinstance(answer, Document)
    assert answer.format == "docx"


HTML_ATTACKS = {
    "attributes": b"<p>x<a " + b" ".join(b"a%d" % n for n in range(200_000)) + b">",
    "attributes after a quote": b"<p>x<a x='>' " + b"/".join(b"a%d" % n for n in range(200_000)) + b">",
    "attributes of a script": b"<p>x<script x='>' " + b" ".join(b"a%d" % n for n in range(200_000)) + b">",
    "depth": b"<div>" * 300_000 + b"x",
    "tables in tables": b"<table><tr><td>a<td>" * 100_000 + b"x",
    "elements": b"<b>x" * 1_000_000,
    "spans": b"<table>" + b"<tr><td colspan=1000 rowspan=65534>x" * 20_000,
    "tall spans": b"<table>" + (b"<tr>" + b"<td rowspan=60000>x" * 150) * 200,
    "open strings": b"<div>x<script>" + b'"<td\\' * 800_000,
    "quotes": b"<div>x<script>'<td" + b"\\'" * 1_000_000,
    "open tags": b"<p>x" + b"<" * 300_000,
    "spaces": b"<p>x" + b" " * 4_000_000 + b"\n" + b" " * 4_000_000 + b"y",
    "charset": b"<meta " + b"charset " * 100_000 + b"<p>x",
    "base64": b"<p>x<img src='data:image/png;base64," + b"A/" * 4_000_000 + b"'>",
}
TEXT_ATTACKS = {
    "pipes": b"|" * 2_000_000,
    "lines of pipes": b"x |\n|\n" * 30_000,
    "many lines": b"a\n" * 3_000_000,
    "one line": b"a" * 8_000_000,
    "value and spaces": (b"x |\n1" + b" " * 100_000 + b"x\n") * 40,
    "dashes": b"a | b\n" + b"|---" * 500_000 + b"x",
    "hashes": b"# " + b" #" * 1_000_000 + b"x",
    "tabs": b"a\tb\n" + b"\t" * 3_000_000,
    "json": b'[{"a":"<p' * 100_000,
    "mail": b"Content-Type: multipart/mixed; boundary=x\n\n"
    + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 5_000,
}


@pytest.mark.parametrize("data", [*HTML_ATTACKS.values(), *TEXT_ATTACKS.values()], ids=[*HTML_ATTACKS, *TEXT_ATTACKS])
def test_markup_and_text_made_to_exhaust_a_reader_do_not(data):
    assert isinstance(read_bytes(data, "report.txt"), Document | Refusal)


def test_a_word_document_nested_beyond_reason_is_refused():
    xml = part_of(small_word_file(), "word/document.xml")
    deep = xml.replace(b"<w:body>", b"<w:body>" + b"<w:sdt><w:sdtContent>" * 100_000, 1)
    assert code_of(with_part(small_word_file(), "word/document.xml", deep)) == "DAMAGED"


def test_a_sheet_that_claims_the_whole_grid_is_too_large():
    data = small_sheet_file()
    sheet = part_of(data, "xl/worksheets/sheet2.xml")
    far = sheet.replace(b'r="C2"', b'r="XFD1048576"')
    merged = sheet.replace(b'mergeCell ref="A1:C1"', b'mergeCell ref="A1:XFD1048576"')
    for spoilt in (far, merged):
        assert spoilt != sheet
        assert code_of(with_part(data, "xl/worksheets/sheet2.xml", spoilt)) == "TOO-LARGE"


def test_paths_that_are_no_readable_files_are_refused_by_what_they_are(tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "empty.docx").touch()
    with (tmp_path / "huge.html").open("wb") as file:
        file.truncate(200 * MEGABYTE)
    expected = {"folder": "NOT-A-FILE", "pipe": "NOT-A-FILE", "loop": "NOT-FOUND", "dangling": "NOT-FOUND"}
    expected |= {"empty.docx": "EMPTY", "huge.html": "TOO-LARGE", "missing": "NOT-FOUND", "x" * 300: "NOT-FOUND"}
    answers = {name: read(tmp_path / name) for name in expected}
    assert {name: answer.code for name, answer in answers.items() if isinstance(answer, Refusal)} == expected


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "locked.txt"
    path.write_text("x")
    path.chmod(0)
    answer = read(path)
    assert isinstance(answer, Refusal)
    assert answer.code == "NOT-PERMITTED"


def test_a_path_whose_reading_is_denied_is_refused_with_what_to_do(tmp_path, monkeypatch):
    def deny(*_args: object, **_kwargs: object) -> None:
        raise PermissionError

    path = tmp_path / "locked.txt"
    path.write_text("x")
    monkeypatch.setattr(type(path), "open", deny)
    answer = read(path)
    assert isinstance(answer, Refusal)
    assert answer.code == "NOT-PERMITTED"

"""The search for leaks finds what leaks: otherwise finding nothing would mean nothing."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest

from gongkai.office.personal.keys import fingerprint, seal
from tests.documents.readers.pdf_files import typeset
from tests.office.personal.seeking import files_in, found

SECRET = "欧阳泉涌住砚台巷"
PLAIN = f"前面的字，{SECRET}，后面的字".encode()


def zipped(content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", content)
    return written.getvalue()


def archived(content: bytes) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        member = tarfile.TarInfo("database.sqlite3")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return written.getvalue()


PACKED: dict[str, Callable[[], bytes]] = {
    "plain": lambda: PLAIN,
    "utf-16": lambda: PLAIN.decode().encode("utf-16"),
    "gb18030": lambda: PLAIN.decode().encode("gb18030"),
    "json": lambda: PLAIN.decode().encode("ascii", "backslashreplace"),
    "in an address": lambda: quote(PLAIN).encode(),
    "html": lambda: PLAIN.decode().encode("ascii", "xmlcharrefreplace"),
    "a hash without a key": lambda: hashlib.sha256(SECRET.encode()).hexdigest().encode(),
    "base64": lambda: b"To: x\r\n" + base64.encodebytes(PLAIN * 5),
    "a session": lambda: b"." + base64.urlsafe_b64encode(zlib.compress(PLAIN)).rstrip(b"=") + b":1tSt8Q:signature",
    "gzip": lambda: gzip.compress(PLAIN),
    "a workbook": lambda: zipped(PLAIN),
    "a workbook in a backup": lambda: archived(zipped(PLAIN)),
    "a letter": lambda: typeset(PLAIN.decode()),
    "a letter in base64": lambda: base64.b64encode(typeset(PLAIN.decode())),
}


@pytest.mark.parametrize("packed", list(PACKED))
def test_what_stands_open_is_found_however_it_is_packed(packed: str) -> None:
    assert found({"name": SECRET}, [("place", PACKED[packed]())]), packed


def test_what_is_sealed_is_not_found() -> None:
    sealed = seal(SECRET).encode() + fingerprint(SECRET).encode()
    assert found({"name": SECRET}, [("place", sealed), ("packed", archived(sealed))]) == []


def test_the_name_of_a_file_is_looked_at_too(tmp_path) -> None:
    (tmp_path / f"{SECRET}.png").write_bytes(b"x")
    assert len(found({"name": SECRET}, files_in(tmp_path))) == 1

"""What kind of file it is: by its content first, by its name only where content leaves a choice."""

from __future__ import annotations

import re
from pathlib import PurePath

from gongkai.documents.readers import refusing
from gongkai.documents.readers.limits import PDF_MARK, PDF_MARK_WITHIN, Package
from gongkai.documents.readers.refusing import CannotRead

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = b"\xec\xa5"  # how the WordDocument stream begins, usually right after the header of 512 bytes
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MAIL_HEADER = re.compile(rb"(?:^|\n)content-type:\s*multipart/", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|tr|td|div|p|span|h[1-6]|script|br|section|article|font)[\s>/]",
    re.IGNORECASE,
)
_START = 4096


def kind_of(data: bytes, name: str = "") -> str:
    """The reader for a file: pdf, docx, xlsx, html, mhtml, csv, text, or a kind LibreOffice converts (doc, odt, …).

    Errors: CannotRead UNKNOWN-FORMAT, ENCRYPTED, SCAN (a picture), TRUNCATED, DAMAGED, EMPTY.
    """
    start = data[:_START]
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise CannotRead(refusing.empty())
    if PDF_MARK in start[:PDF_MARK_WITHIN]:
        return "pdf"
    if start.startswith(b"PK\x03\x04") or start.startswith(b"PK\x05\x06"):
        return _kind_of_package(Package(data))
    if start.startswith(_OLE):
        return _kind_of_compound_file(data, suffix)
    if start.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(_PICTURES):
        raise CannotRead(refusing.scan())
    if start.startswith(_ARCHIVES):
        raise CannotRead(refusing.unknown_format("压缩包，请先解压", "an archive: unpack it first"))
    return _kind_of_text(start, suffix)


def _kind_of_package(package: Package) -> str:
    names = package.names
    if "mimetype" in package:
        kind = _OPEN_DOCUMENTS.get(package.read("mimetype").strip().removesuffix(b"-template"))
        if kind:
            manifest = "META-INF/manifest.xml"
            if manifest in package and b"encryption-data" in package.read(manifest):
                raise CannotRead(refusing.encrypted())
            return kind
    if "xl/workbook.bin" in package:
        return "xlsb"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "OFD.xml" in package:
        raise CannotRead(refusing.unknown_format("OFD 版式文件，请转换为 PDF", "an OFD file: convert it to PDF"))
    if any(name.startswith("ppt/") for name in names):
        raise CannotRead(refusing.unknown_format("演示文稿", "a presentation"))
    raise CannotRead(refusing.unknown_format("压缩包，请先解压", "an archive: unpack it first"))


def _kind_of_compound_file(data: bytes, suffix: str) -> str:
    """OLE containers: old Office files, and new ones that a password wraps."""
    directory = data if len(data) < 4 * 1024 * 1024 else data[: 2 * 1024 * 1024] + data[-2 * 1024 * 1024 :]

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in directory

    if has("EncryptedPackage"):
        raise CannotRead(refusing.encrypted())
    if has("WordDocument"):
        if data[512:514] == _WORD_STREAM and len(data) > 524 and data[523] & 0x01:
            raise CannotRead(refusing.encrypted())
        return "wps" if suffix == "wps" else "doc"
    if has("Workbook") or has("Book"):
        return "et" if suffix == "et" else "xls"
    if suffix in ("doc", "wps", "xls", "et"):
        return suffix
    raise CannotRead(refusing.unknown_format("旧版 Office 容器", "an old Office container"))


def _kind_of_text(start: bytes, suffix: str) -> str:
    if b"multipart/" in start.lower() and _MAIL_HEADER.search(start):
        return "mhtml"
    bare = start.replace(b"\0", b"").decode("latin-1")  # ASCII letters of markup survive in every encoding
    if bare.lstrip("\xef\xbb\xbf \r\n\t")[:1] in ("{", "[") and ("<" in bare or "\\u003c" in bare.lower()):
        return "json"
    if _HTML.search(bare) or suffix in ("htm", "html", "xhtml", "shtml"):
        return "html"
    return "csv" if suffix == "csv" else "text"

"""From a public address to the file that answers it, and back. deploy/nginx/gongkai.conf says the same to nginx.

Addresses of pages end in a slash, addresses of data in one of `EXTENSIONS`, attachments stand under `/attachments/`.
No other address has a file: what is not spelled exactly like this goes to the application. Standard library only.
"""

from __future__ import annotations

import re

ROOT = "~.html"
LONGEST = 500
_NAME = r"[A-Za-z0-9_-]{1,100}"
_PAGE = re.compile(rf"((?:/{_NAME})*)/({_NAME})/")
_DATA = re.compile(rf"((?:/{_NAME})*)/({_NAME}(?:\.{_NAME})*\.(xml|atom|rss|txt|json|csv|ndjson))")
# An attachment's name is the public's: any characters but those that would lead elsewhere, end a header or be hidden.
_ATTACHMENT = re.compile(r"/attachments/([0-9]{1,18})/([0-9]{1,4})/([^\x00-\x1f\x7f/\\~.][^\x00-\x1f\x7f/\\]{0,119})")
_LONGEST_FILE_NAME = 255
"""Bytes a disk takes for a name (NAME_MAX). An attachment may have 120 characters, which are 360 bytes of Chinese."""
_ATTACHMENT_FILE = re.compile(r"attachments/(?:~[0-9]{3}/)?([0-9]+)-([0-9]+)-([^/]+)")
_NUMBER = re.compile(r"[0-9]{4,}")

TYPES = {
    "html": "text/html; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ndjson": "application/x-ndjson; charset=utf-8",
}
EXTENSIONS = tuple(extension for extension in TYPES if extension != "html")

ATTACHMENT_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "wps": "application/vnd.ms-works",
    "et": "application/vnd.ms-excel",
    "ofd": "application/ofd",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "zip": "application/zip",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}
"""What a browser may be told an attachment is. Anything else, HTML and SVG above all, is bytes to be saved."""

UNKNOWN = "application/octet-stream"


def file_of(path: str) -> str | None:
    """The file, relative to the public folder, of an address; None for an address that can't have one.

    A number of four or more digits at the end puts the file into one of a thousand folders.
    >>> file_of("/"), file_of("/items/12/"), file_of("/items/120345/"), file_of("/feed.xml")
    ('~.html', 'items/12.html', 'items/~345/120345.html', 'feed.xml')
    >>> file_of("/items/../secret/"), file_of("/Items//1/"), file_of("/a.html")
    (None, None, None)
    """
    if path == "/":
        return ROOT
    if len(path) > LONGEST:
        return None
    if path.startswith("/attachments/"):
        return _attachment_file(path)
    if found := _PAGE.fullmatch(path):
        folder, name = found[1], found[2]
        shard = f"/~{name[-3:]}" if _NUMBER.fullmatch(name) else ""
        return f"{folder}{shard}/{name}.html"[1:]
    return path[1:] if _DATA.fullmatch(path) else None


def address_of(file: str) -> str | None:
    """The address a file answers; None for a file that answers none.

    >>> address_of("items/~345/120345.html"), address_of("~.html"), address_of("~345/.temporary")
    ('/items/120345/', '/', None)
    """
    if file == ROOT:
        return "/"
    if found := _ATTACHMENT_FILE.fullmatch(file):
        path = f"/attachments/{found[1]}/{found[2]}/{found[3]}"
    else:
        path = "/" + re.sub(r"(^|/)~[0-9]{3}/", r"\1", file)
        if path.endswith(".html"):
            path = path.removesuffix(".html") + "/"
    return path if file_of(path) == file else None


def content_type(file: str) -> str:
    """What a file is, by its name."""
    extension = file.rpartition(".")[2].lower()
    if file.startswith("attachments/"):
        return ATTACHMENT_TYPES.get(extension, UNKNOWN)
    return TYPES.get(extension, UNKNOWN)


def _attachment_file(path: str) -> str | None:
    found = _ATTACHMENT.fullmatch(path)
    if found is None or not path.isprintable():
        return None
    shard = f"~{found[1][-3:]}/" if len(found[1]) > 3 else ""
    name = f"{found[1]}-{found[2]}-{found[3]}"
    return f"attachments/{shard}{name}" if len(name.encode()) <= _LONGEST_FILE_NAME else None

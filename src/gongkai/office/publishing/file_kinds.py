"""What may be attached: told by the content, and only where the name says the same."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from gongkai.documents.readers.limits import Package
from gongkai.documents.readers.refusing import CannotRead
from gongkai.office.accounts.policy import FileRefused

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "wps": "application/vnd.ms-works",
    "et": "application/vnd.ms-excel",
    "ofd": "application/ofd",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "csv": "text/csv",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}
"""The kinds that may be attached. Pages, drawings with script, programs, archives and macro files are not among them."""

_OLD_OFFICE = {"doc", "xls", "ppt", "wps", "et"}
_TEXTS = {"csv", "txt"}
_SAME = {"jpeg": "jpg"}
_MARKS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.S), "webp"),
    (re.compile(rb"ID3|\xff[\xfb\xf3\xf2]"), "mp3"),
    (re.compile(rb".{4}ftyp(?:isom|iso[2-6]|mp4[12]|avc1|M4V |dash)", re.S), "mp4"),
    (re.compile(rb"MZ|\x7fELF|\xca\xfe\xba\xbe|#!"), "program"),
)
_LOOKS_LIKE_A_PAGE = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?xml)", re.I)
_FORBIDDEN_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LONGEST_NAME = 120


def kind_of(data: bytes, name: str) -> str:
    """The kind of a file, a key of MEDIA_TYPES.

    Errors: FileRefused for a kind that may not be attached, and for a name that says something other than the content.
    """
    suffix = PurePath(name).suffix.lower().lstrip(".")
    suffix = _SAME.get(suffix, suffix)
    if suffix not in MEDIA_TYPES:
        raise FileRefused(
            f"不能上传“{suffix or '没有扩展名的'}”文件：网页、程序、压缩包和带宏的文件可能伤害下载它的人，也无法逐页审查。"
            "请换成 PDF、DOCX、XLSX、图片等格式；压缩包请解开后逐个上传。"
        )
    found = _told_by_content(data, suffix)
    if found != suffix:
        raise FileRefused(
            f"“{name}”的内容不是{suffix.upper()}文件，没有保存。改扩展名不会改变文件格式；请用原来的软件打开，另存后再上传。"
        )
    return suffix


def public_name(name: str) -> str:
    """The name under which the public gets a file: what leads elsewhere, is invisible or too long is taken out."""
    bare = _FORBIDDEN_IN_NAMES.sub("", unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])).strip()
    bare = bare.lstrip(".~ ") or "附件"
    stem, suffix = PurePath(bare).stem, PurePath(bare).suffix
    return f"{stem[: _LONGEST_NAME - len(suffix)]}{suffix}"


def _told_by_content(data: bytes, suffix: str) -> str:
    start = data[:4096]
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith(b"PK"):
        return _package(data)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        # One container for all of them: which program's it is, the name has to tell.
        return suffix if suffix in _OLD_OFFICE else "ole"
    if start.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    for mark, kind in _MARKS:
        if mark.match(start):
            return kind
    if suffix in _TEXTS and b"\0" not in data and not _LOOKS_LIKE_A_PAGE.search(start) and _is_text(data):
        return suffix
    return ""


def _package(data: bytes) -> str:
    try:
        package = Package(data)
        names = package.names
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise FileRefused("文件里带有宏（程序），没有保存。请另存为不带宏的 DOCX 或 XLSX 后再上传。")
        if "mimetype" in package:
            written = package.read("mimetype").decode("ascii", "replace").strip()
            return {MEDIA_TYPES["odt"]: "odt", MEDIA_TYPES["ods"]: "ods"}.get(written, "zip")
    except CannotRead as cannot:
        raise FileRefused(f"文件打不开：{cannot.refusal.message}") from None
    if "OFD.xml" in names:
        return "ofd"
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if any(name.startswith(folder) for name in names):
            return kind
    return "zip"


def _is_text(data: bytes) -> bool:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False

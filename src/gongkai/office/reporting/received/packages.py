"""Packages of reports (ZIP): one file after another, with an eye on how much comes out."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from gongkai.office.accounts.policy import Refused

MEGABYTE = 1 << 20
MOST_FILES = 5_000
LARGEST_FILE = 64 * MEGABYTE
LARGEST_ALL = 4_096 * MEGABYTE
_PIECE = 256 * 1024
_UTF8_FLAG = 0x800
_FURNITURE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in a package, under its path there; `content` is None when it may not come out, and `refusal` says why."""

    name: str
    content: bytes | None
    refusal: str = ""


def is_package(start: bytes, name: str) -> bool:
    """Whether a file is a ZIP of files; DOCX and XLSX are packages too, and are documents all the same."""
    return start.startswith((b"PK\x03\x04", b"PK\x05\x06")) and name.lower().endswith(".zip")


def files_in(path: Path, skip: int = 0) -> Iterator[Packed]:
    """The files of a package in their order, without folders and what systems leave behind; the first `skip` left out.

    Sizes in the package's directory are not believed: what comes out is counted.
    Errors: Refused for a package that is damaged or holds too many files.
    """
    try:
        with ZipFile(path) as package:
            members = [info for info in package.infolist() if _is_wanted(info)]
            if len(members) > MOST_FILES:
                raise Refused(f"压缩包里有{len(members)}个文件，超过{MOST_FILES}个，没有解开。请分成几个压缩包上传。")
            total = 0
            for info in members[skip:]:
                found = _member(package, info)
                total += len(found.content or b"")
                if total > LARGEST_ALL:
                    raise Refused(
                        f"压缩包解开后超过 {LARGEST_ALL // MEGABYTE} MB，后面的文件没有读取。请分成几个压缩包上传。"
                    )
                yield found
    except (BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise Refused("压缩包已损坏或不完整，没有解开。请重新压缩后再上传。") from error


def _is_wanted(info: ZipInfo) -> bool:
    name = _name(info)
    return (
        not info.is_dir()
        and not any(part in name for part in _FURNITURE)
        and not PurePosixPath(name).name.startswith("~$")
    )


def _name(info: ZipInfo) -> str:
    """The path of a member; Windows packs Chinese names in GBK and says nothing of it."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        return info.orig_filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _member(package: ZipFile, info: ZipInfo) -> Packed:
    name = _name(info)
    if info.flag_bits & 0x1:
        return Packed(name, None, "文件设有密码，无法读取。请去掉压缩包的密码后重新上传。")
    pieces, size = [], 0
    try:
        with package.open(info) as member:
            while piece := member.read(_PIECE):
                size += len(piece)
                if size > LARGEST_FILE:
                    return Packed(
                        name, None, f"文件超过 {LARGEST_FILE // MEGABYTE} MB，没有读取。年度报告不会有这么大。"
                    )
                pieces.append(piece)
    except (BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, zlib.error):
        return Packed(name, None, "压缩包里的这个文件已损坏。请重新压缩后再上传。")
    return Packed(name, b"".join(pieces))

"""Packages (DOCX, XLSX, ODT, OFD and any other zip): every part, whether the program that opens it shows it or not."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from gongkai.documents.proof import spreadsheets, wordprocessing
from gongkai.documents.proof.markup import without_tags
from gongkai.documents.proof.pictures import is_picture
from gongkai.documents.proof.pieces import Piece, Raw, Text, Unreadable, inside, joined, pieces_of
from gongkai.documents.readers.refusing import CannotRead, damaged, encrypted, too_large

MOST_PARTS = 5_000
LARGEST_PART = 96 << 20
LARGEST_TOTAL = 192 << 20
_CHUNK = 256 * 1024
_LOCAL = b"PK\x03\x04"
_LOCAL_SIZE = 30

_NAMES = (
    (r"word/document\.xml$", "正文"),
    (r"word/header\d*\.xml$", "页眉"),
    (r"word/footer\d*\.xml$", "页脚"),
    (r"word/footnotes\.xml$", "脚注"),
    (r"word/endnotes\.xml$", "尾注"),
    (r"(word|xl|ppt)/.*comment", "批注"),
    (r"word/people\.xml$|xl/persons/", "批注人"),
    (r"word/glossary/", "构建基块"),
    (r"docProps/thumbnail", "缩略图"),
    (r"docProps/|meta\.xml$", "文档属性"),
    (r"customXml/", "自定义数据"),
    (r"embeddings/", "嵌入的文件"),
    (r"/media/|Pictures/", "图片"),
    (r"xl/sharedStrings\.xml$", "共享字符串"),
    (r"xl/worksheets/", "工作表"),
    (r"xl/externalLinks/", "外部数据的缓存"),
    (r"xl/pivotCache/", "数据透视表的缓存"),
    (r"xl/workbook\.xml$", "名称和工作表名"),
    (r"/charts?/", "图表"),
    (r"/diagrams/", "图示"),
    (r"\.rels$", "链接地址"),
)


def pieces(data: bytes, where: str, depth: int) -> Iterator[Piece]:
    """The parts of a package, those its directory leaves out too.

    Errors: CannotRead DAMAGED, ENCRYPTED, TOO-LARGE.
    """
    try:
        package = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise CannotRead(damaged("ZIP")) from error
    if len(package.filelist) > MOST_PARTS:
        raise CannotRead(too_large(f"{MOST_PARTS} 个部件 / parts"))
    if package.comment:
        yield Text(inside(where, "压缩包的注释"), package.comment.decode("utf-8", "replace"))
    yield Text(inside(where, "部件的名字"), joined([info.filename for info in package.filelist]))
    parts: dict[str, bytes] = {}
    total = 0
    for info in package.filelist:
        if info.flag_bits & 0x1:
            raise CannotRead(encrypted())
        if info.is_dir():
            continue
        content = _unpacked(package, info)
        total += len(content)
        if total > LARGEST_TOTAL:
            raise CannotRead(too_large(f"{LARGEST_TOTAL >> 20} MB"))
        if info.filename in parts:
            yield from _part(content, info.filename, inside(where, f"重名的部件 {info.filename}"), depth)
        else:
            parts[info.filename] = content
    yield from _between(data, package, where)
    if "word/document.xml" in parts:
        yield from wordprocessing.pieces(parts, where)
    if "xl/workbook.xml" in parts:
        yield from spreadsheets.pieces(parts, where)
    for name, content in parts.items():
        yield from _part(content, name, inside(where, part_name(name)), depth)


def part_name(name: str) -> str:
    """What a part is called by people, with its name in the package.

    >>> part_name("word/comments.xml")
    '批注（word/comments.xml）'
    """
    label = next((label for pattern, label in _NAMES if re.search(pattern, name)), "其他部件")
    return f"{label}（{name}）"


def compound(data: bytes, where: str, depth: int) -> Iterator[Piece]:
    """An OLE container or RTF inside a package: what it wraps if that is a package or a PDF, else nothing can be proved."""
    found = False
    for mark in (_LOCAL, b"%PDF-"):
        start = data.find(mark)
        if start > 0:
            found = True
            yield from pieces_of(data[start:], where, depth + 1)
    if not found:
        yield Unreadable(f"{where}（嵌入的旧格式文件）")


def _part(content: bytes, name: str, where: str, depth: int) -> Iterator[Piece]:
    if not content:
        return
    if name.endswith((".xml", ".rels", ".vml")) or content.lstrip()[:1] == b"<":
        yield Raw(where, content)
        yield from markup(content, where)
    elif "printerSettings" in name or name.endswith((".odttf", ".fntdata", ".ttf", ".otf")):
        yield Raw(where, content)
        yield Text(where, content.decode("utf-16-le", "ignore"))
    else:
        yield from pieces_of(content, where, depth + 1)


def markup(content: bytes, where: str) -> Iterator[Piece]:
    """The text of a part without its tags, and every attribute by itself."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        text = content.decode("utf-8", "replace")
        yield Text(where, joined([text, without_tags(text)]))
        return
    words: list[str] = []
    values: list[str] = []
    for element in root.iter():
        if isinstance(element.tag, str):
            words.append(element.text or "")
            values += map(str, element.attrib.values())
        elif element.text:  # comments, processing instructions, entities
            values.append(element.text)
    yield Text(where, "".join(root.itertext()))
    yield Text(where, joined(values))


def _unpacked(package: ZipFile, info: ZipInfo) -> bytes:
    """One part. What the directory claims about its size isn't believed; the unpacked bytes themselves are counted."""
    chunks: list[bytes] = []
    size = 0
    try:
        with package.open(info) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                if size > LARGEST_PART:
                    raise CannotRead(too_large(f"{LARGEST_PART >> 20} MB"))
                chunks.append(chunk)
    except (CannotRead, MemoryError):
        raise
    except Exception as error:
        raise CannotRead(damaged(f"{info.filename}: {type(error).__name__}")) from error
    return b"".join(chunks)


def _between(data: bytes, package: ZipFile, where: str) -> Iterator[Piece]:
    """What lies between the parts: bytes that no directory names, where programs leave parts they replaced."""
    spans = [(0, 0)]
    for info in sorted(package.filelist, key=lambda info: info.header_offset):
        header = data[info.header_offset : info.header_offset + _LOCAL_SIZE]
        lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        spans.append((info.header_offset, info.header_offset + _LOCAL_SIZE + lengths + info.compress_size))
    spans.append((package.start_dir, package.start_dir))
    for (_, end), (start, _) in pairwise(spans):
        gap = data[end:start]
        at = gap.find(_LOCAL)
        while at >= 0:
            yield from _leftover(gap[at:], inside(where, "目录里没有的旧部件"))
            at = gap.find(_LOCAL, at + 4)


def _leftover(local: bytes, where: str) -> Iterator[Piece]:
    method = int.from_bytes(local[8:10], "little")
    start = _LOCAL_SIZE + int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little")
    body = local[start:]
    if method == 8:
        try:
            body = zlib.decompressobj(-15).decompress(body, LARGEST_PART)
        except zlib.error:
            yield Unreadable(where)
            return
    if is_picture(body):
        yield Unreadable(where, is_old_picture=True)
    else:
        yield Raw(where, body)
        yield from markup(body, where)

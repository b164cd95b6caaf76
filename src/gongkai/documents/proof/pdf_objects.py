"""The sweep over the bytes of a PDF: every object it was ever saved with, current or replaced, reachable or not."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import lzwdecode
from pdfminer.runlength import rldecode
from pdfminer.utils import apply_png_predictor

from gongkai.documents.proof.markup import without_tags
from gongkai.documents.proof.pdf_strings import Encoding, encoding_of, meanings, names, shown, strings
from gongkai.documents.proof.pictures import is_picture
from gongkai.documents.proof.pictures import pieces as picture_pieces
from gongkai.documents.proof.pieces import Look, Piece, Raw, Text, Unreadable, inside, joined, pieces_of
from gongkai.documents.readers.refusing import CannotRead, too_large

MOST_OBJECTS = 300_000
LARGEST_STREAM = 64 << 20
LARGEST_TOTAL = 256 << 20
_MOST_ENCODINGS = 48
_OBJECT = re.compile(rb"(?<![0-9])(\d{1,10})\s+(\d{1,5})\s+obj\b")
_END = re.compile(rb"\bendobj\b")
_STREAM = re.compile(rb">>\s*stream(?:\r\n|\n|\r)?")
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R\b")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+|\d+\s+\d+\s+R)|/F\s*(\[[^\]]*\]|/\w+Decode)")
_TRAILER = re.compile(rb"\btrailer\s*<<(.*?)startxref", re.DOTALL)
_FONT_DICTIONARY = re.compile(rb"/Font\s*<<(.*?)>>", re.DOTALL)
_FONT_REFERENCE = re.compile(rb"/Font\s+(\d+)\s+\d+\s+R")
_NAMED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+(\d+)\s+\d+\s+R")
_TO_UNICODE = re.compile(rb"/ToUnicode\s+(\d+)\s+\d+\s+R")
_CONTENTS = re.compile(rb"/Contents\s*(?:(\d+)\s+\d+\s+R|\[([^\]]*)\])")
_SHOWS = re.compile(rb"(?:\)|>|\])\s*(?:Tj|TJ|'|\")")
_PICTURE_FILTERS = (b"DCTDecode", b"DCT", b"JPXDecode", b"CCITTFaxDecode", b"CCF", b"JBIG2Decode")

_LABELS = (
    (rb"/Subtype\s*/Widget|/FT\s*/", "表单域"),
    (rb"/S\s*/JavaScript|/JS[\s(<]", "脚本"),
    (rb"/Type\s*/Filespec|/EF\s*<<|/Type\s*/EmbeddedFile", "附件"),
    (
        rb"/Type\s*/Annot|/Subtype\s*/(?:Text|FreeText|Highlight|Popup|Redact|Stamp|Square|Ink|FileAttachment|Link)\b",
        "批注",
    ),
    (rb"/Type\s*/Metadata", "元数据（XMP）"),
    (rb"/Type\s*/OCG|/OCProperties", "图层"),
    (rb"/Type\s*/StructElem|/ActualText|/Alt[\s(<]", "结构标签里的替代文字"),
    (rb"/(?:Author|Producer|Creator|CreationDate|Keywords|Subject)\s*[(<]", "文档属性"),
    (rb"/Title\s*[(<].*(?:/Parent|/Dest|/A\b)|/Type\s*/Outlines", "书签"),
    (rb"/Names\s*\[", "名称表"),
    (rb"/Type\s*/Font", "字体"),
    (rb"/Type\s*/Page\b", "页面的属性"),
)


@dataclass(slots=True)
class _Object:
    """An object as it was saved once: its number, its dictionary (or whatever it is), its stream as it is stored."""

    number: int
    body: bytes
    stored: bytes | None
    label: str = ""


def pieces(data: bytes, where: str, depth: int) -> Iterator[Piece]:
    """Every string and every stream of every object, with what kind of object it is.

    Errors: CannotRead TOO-LARGE.
    """
    sweep = _Sweep(data)
    yield from sweep.pieces(where, depth)


class _Sweep:
    """One file's objects. `current` is the last version of each; `reached` are those that the document leads to."""

    def __init__(self, data: bytes) -> None:
        self.unpacked = 0
        self.data = data
        self.objects = list(_objects(data))
        self.contents: dict[int, bytes | None] = {}
        packed = [
            each for each in self.objects if each.stored is not None and re.search(rb"/Type\s*/ObjStm", each.body)
        ]
        for each in packed:
            self.objects += self._unpack(each)
        if len(self.objects) > MOST_OBJECTS:
            raise CannotRead(too_large(f"{MOST_OBJECTS} 个对象 / objects"))
        self.current = {each.number: each for each in self.objects}
        self.reached = self._reached()
        self.every, self.fonts = self._encodings()

    def pieces(self, where: str, depth: int) -> Iterator[Piece]:
        page_contents = self._page_contents()
        for each in self.objects:
            is_current = self.current.get(each.number) is each and each.number in self.reached
            place = inside(where, _place(each, is_current))
            yield from _texts(each.body, place)
            if each.stored is None or re.search(rb"/Type\s*/(?:ObjStm|XRef)\b", each.body):
                continue
            yield from self._stream(each, place, is_current, each.number in page_contents, depth)

    def _stream(self, each: _Object, place: str, is_current: bool, is_page: bool, depth: int) -> Iterator[Piece]:
        content = self._content(each)
        is_image = re.search(rb"/Subtype\s*/Image\b", each.body) is not None
        if is_image and not is_current:
            yield Unreadable(place, is_old_picture=True)
        if content is None:
            if not is_image:
                yield Unreadable(f"{place}（解不开的数据流）")
            return
        yield Raw(place, content)
        if is_image:
            if is_picture(content):
                yield from (piece for piece in picture_pieces(content, place) if isinstance(piece, Text))
            return
        if re.search(
            rb"/(?:Length1|Length2|Length3|N\s+\d\b)|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType)", each.body
        ):
            return  # programs of fonts, profiles of colours: searched as bytes
        if re.search(rb"/Thumb\b", each.body):
            yield Look(f"{place}：缩略图")
        start = content.lstrip()[:5]
        if start.startswith(b"%PDF-") or content[:2] == b"PK" or is_picture(content) or b"/EmbeddedFile" in each.body:
            yield from pieces_of(content, place, depth + 1)
        elif start.startswith(b"<"):
            yield from (Text(place, without_tags(text)) for text in _decoded(content))
        else:
            yield from _texts(content, place)
            if _SHOWS.search(content) and not (is_page and is_current):
                fonts = {**self.fonts, **self._own_fonts(each.body)}
                yield from (Text(place, text) for text in shown(content, fonts, self.every))

    # -- fonts --------------------------------------------------------------------------------------------------------

    def _encodings(self) -> tuple[list[Encoding], dict[bytes, list[Encoding]]]:
        """The maps of all fonts, and by the names that pages give them."""
        by_font: dict[int, Encoding] = {}
        for each in self.objects:
            found = _TO_UNICODE.search(each.body)
            target = self.current.get(int(found[1])) if found else None
            content = self._content(target) if target is not None and target.stored is not None else None
            encoding = encoding_of(content) if content else None
            if encoding is not None:
                by_font[each.number] = encoding
                if len(by_font) >= _MOST_ENCODINGS:
                    break
        self._by_font = by_font
        fonts: dict[bytes, list[Encoding]] = {}
        for each in self.objects:
            for name, encodings in self._own_fonts(each.body).items():
                known = fonts.setdefault(name, [])
                known += [encoding for encoding in encodings if encoding not in known]
        return list(by_font.values()), fonts

    def _own_fonts(self, body: bytes) -> dict[bytes, list[Encoding]]:
        bodies = [found[1] for found in _FONT_DICTIONARY.finditer(body)]
        for found in _FONT_REFERENCE.finditer(body):
            target = self.current.get(int(found[1]))
            if target is not None:
                bodies.append(target.body)
        fonts: dict[bytes, list[Encoding]] = {}
        for each in bodies:
            for name, number in _NAMED.findall(each):
                if encoding := self._by_font.get(int(number)):
                    fonts.setdefault(name, []).append(encoding)
        return fonts

    # -- what leads where ---------------------------------------------------------------------------------------------

    def _reached(self) -> set[int]:
        """The numbers of the objects that the document, as it stands, leads to."""
        starts = [found[1] for found in _TRAILER.finditer(self.data)][-1:]
        starts += [each.body for each in self.objects if re.search(rb"/Type\s*/XRef\b", each.body)][-1:]
        if not starts:
            return set(self.current)
        waiting = [int(number) for start in starts for number in _REFERENCE.findall(start)]
        reached: set[int] = set()
        while waiting:
            number = waiting.pop()
            if number in reached or number not in self.current:
                continue
            reached.add(number)
            waiting += map(int, _REFERENCE.findall(self.current[number].body))
        return reached

    def _page_contents(self) -> set[int]:
        """The streams that pages draw: PDFium has read them with the right fonts."""
        found: set[int] = set()
        for each in self.current.values():
            if re.search(rb"/Type\s*/Page\b", each.body):
                for one, several in _CONTENTS.findall(each.body):
                    found |= {int(one)} if one else set(map(int, _REFERENCE.findall(several)))
        for number in list(found):  # an array of streams that stands by itself
            each_one = self.current.get(number)
            if each_one is not None and each_one.stored is None:
                found |= set(map(int, _REFERENCE.findall(each_one.body)))
        return found

    # -- streams ------------------------------------------------------------------------------------------------------

    def _unpack(self, packed: _Object) -> list[_Object]:
        """The objects in an object stream."""
        content = self._content(packed)
        first = re.search(rb"/First\s+(\d+)", packed.body)
        if content is None or first is None:
            return [_Object(packed.number, b"", None, "解不开的对象流")]
        head = list(map(int, re.findall(rb"\d+", content[: int(first[1])])))
        places = [(number, int(first[1]) + offset) for number, offset in zip(head[::2], head[1::2], strict=False)]
        ends = [*(place for _, place in places[1:]), len(content)]
        return [_Object(number, content[at:end], None) for (number, at), end in zip(places, ends, strict=True)]

    def _content(self, each: _Object) -> bytes | None:
        """The content of a stream; None when it can't be unpacked, as with the pixels of a scan."""
        if id(each) not in self.contents:
            content = self._decoded(each)
            self.unpacked += len(content or b"")
            if self.unpacked > LARGEST_TOTAL:
                raise CannotRead(too_large(f"{LARGEST_TOTAL >> 20} MB"))
            self.contents[id(each)] = content
        return self.contents[id(each)]

    def _decoded(self, each: _Object) -> bytes | None:
        content = each.stored or b""
        for filter in self._filters(each.body):
            if filter in _PICTURE_FILTERS:
                return content if filter in (b"DCTDecode", b"DCT", b"JPXDecode") else None
            try:
                content = _unfiltered(content, filter)
            except Exception:  # broken data, in whatever way a decoder stumbles over it
                return None
        predictor = re.search(rb"/Predictor\s+(\d+)", each.body)
        if predictor and int(predictor[1]) >= 10 and not re.search(rb"/Subtype\s*/Image", each.body):
            columns = re.search(rb"/Columns\s+(\d+)", each.body)
            try:
                return bytes(apply_png_predictor(int(predictor[1]), 1, int(columns[1]) if columns else 1, 8, content))
            except Exception:
                return None
        return content

    def _filters(self, body: bytes) -> Sequence[bytes]:
        found = _FILTER.search(body)
        if found is None:
            return ()
        value = found[1] or found[2]
        if reference := _REFERENCE.match(value):
            value = self.current[int(reference[1])].body if self._knows(int(reference[1])) else b"/Unknown"
        return re.findall(rb"/(\w+)", value)

    def _knows(self, number: int) -> bool:
        return hasattr(self, "current") and number in self.current


def _objects(data: bytes) -> Iterator[_Object]:
    at = count = 0
    while found := _OBJECT.search(data, at):
        count += 1
        if count > MOST_OBJECTS:
            raise CannotRead(too_large(f"{MOST_OBJECTS} 个对象 / objects"))
        start = found.end()
        closed = _END.search(data, start)
        end = closed.start() if closed else len(data)
        opened = _STREAM.search(data, start, end)
        if opened is None:
            yield _Object(int(found[1]), data[start:end], None)
            at = max(end, start)
            continue
        body = data[start : opened.start() + 2]
        last = _end_of_stream(data, body, opened.end())
        yield _Object(int(found[1]), body, data[opened.end() : last])
        at = last


def _end_of_stream(data: bytes, body: bytes, start: int) -> int:
    """Where a stream ends: by its length if that is true, otherwise at the word that ends it."""
    length = _LENGTH.search(body)
    if length:
        end = start + int(length[1])
        if end <= len(data) and data[end : end + 20].lstrip().startswith(b"endstream"):
            return end
    end = data.find(b"endstream", start)
    return end if end >= 0 else len(data)


def _unfiltered(content: bytes, filter: bytes) -> bytes:
    match filter:
        case b"FlateDecode" | b"Fl":
            return _inflated(content)
        case b"LZWDecode" | b"LZW":
            return lzwdecode(content)
        case b"ASCII85Decode" | b"A85":
            return ascii85decode(content)
        case b"ASCIIHexDecode" | b"AHx":
            return asciihexdecode(content)
        case b"RunLengthDecode" | b"RL":
            return rldecode(content)
    raise ValueError(f"no such filter: {filter!r}")


def _inflated(content: bytes) -> bytes:
    """What the bytes unpack to, up to where they are broken; viewers show as much."""
    inflating = zlib.decompressobj()
    try:
        unpacked = inflating.decompress(content, LARGEST_STREAM)
    except zlib.error:
        unpacked, inflating = b"", zlib.decompressobj()
        for start in range(0, len(content), 1024):
            try:
                unpacked += inflating.decompress(content[start : start + 1024], LARGEST_STREAM)
            except zlib.error:
                break
        if not unpacked:
            raise
    if inflating.unconsumed_tail:
        raise CannotRead(too_large(f"{LARGEST_STREAM >> 20} MB"))
    return unpacked


def _texts(content: bytes, place: str) -> Iterator[Piece]:
    """Each string by itself, in every meaning it may have."""
    found = [meaning for string in strings(content) for meaning in meanings(string)]
    found += names(content)
    if found:
        yield Text(place, joined(found))


def _decoded(content: bytes) -> Iterator[str]:
    for encoding in ("utf-8", "utf-16"):
        try:
            yield content.decode(encoding)
        except UnicodeDecodeError:
            continue


def _place(each: _Object, is_current: bool) -> str:
    label = each.label or next((label for pattern, label in _LABELS if re.search(pattern, each.body, re.DOTALL)), "")
    if not label:
        label = "数据流" if each.stored is not None else "对象"
    return f"{label}（第{each.number}号对象{'' if is_current else '，已经不用的旧内容'}）"


Fonts = Mapping[bytes, Sequence[Encoding]]

"""From bytes to text: which encoding a Chinese file really is in, whatever it says about itself.

UTF-8 validates so strictly that Chinese text in another encoding practically never passes for it, so a trial decides
and a declaration is only a hint. Text that was once read in a wrong encoding and then saved is refused.
"""

from __future__ import annotations

import codecs
import re

from gongkai.documents.readers import refusing
from gongkai.documents.readers.refusing import CannotRead

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CHINESE_FAMILY = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "cp936", "hz-gb-2312"})
# A file may have lost a few bytes on its way; more than this share of undecodable characters is no text any more.
LARGEST_LOST_SHARE = 0.005
SAMPLE = 8_000  # characters that are enough to tell what a text is
# 。、《》 ，：； 的 是 政 公 国 turn into words with these when UTF-8 is read as GBK; real text hardly has one of them.
UTF8_READ_AS_GBK = "銆锛鐨鏄鏀鍏鍥"

_CONTROL = bytes(code for code in range(0x20) if code not in b"\t\n\v\f\r\x1a")  # 0x1A ends some DOS files
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")


def decode(data: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """The text of a file and what a person should know about how it was decoded.

    `declared` is the encoding the file names, if it does. The byte order mark is dropped, line ends are kept.
    Errors: CannotRead UNKNOWN-FORMAT for bytes that are no text, MOJIBAKE for text garbled before it was saved.
    """
    text, _, notes = _decode_with_notes(data, declared)
    return text, notes


def in_utf8(data: bytes, declared: str = "") -> tuple[bytes, tuple[str, ...]]:
    """A file as it is in UTF-8, for a parser that wants bytes, and the same notes; most pages already are.

    Errors: as `decode`.
    """
    text, is_utf8, notes = _decode_with_notes(data, declared)
    return data.removeprefix(codecs.BOM_UTF8) if is_utf8 else text.encode("utf-8", "replace"), notes


def _decode_with_notes(data: bytes, declared: str) -> tuple[str, bool, tuple[str, ...]]:
    """The text, whether it stood in sound UTF-8, and the notes."""
    text, encoding, lost = _decode(data, declared.strip().lower())
    sample = text[:SAMPLE]
    bare = sample.encode("ascii", "ignore")
    if (len(bare) - len(bare.translate(None, _CONTROL))) * 100 > len(sample):
        raise CannotRead(refusing.unknown_format("二进制数据", "binary data"))
    if _is_garbled(sample, len(bare)):
        raise CannotRead(refusing.mojibake())
    notes = []
    if declared and not _same_encoding(declared.strip().lower(), encoding) and not data.isascii():
        notes.append(f"文件声明的编码是 {declared}，实际按 {encoding.upper()} 读取。")
    if lost:
        notes.append(f"有 {lost} 处字节无法解码，显示为 �。")
    return text, encoding == "utf-8" and not lost, tuple(notes)


def _decode(data: bytes, declared: str) -> tuple[str, str, int]:
    """Text, the name of its encoding, and how many characters were lost."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return text, encoding, _bounded_loss(text)
    if b"\0" in data:
        return _decode_utf16(data)
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if lost * 20 < len(text.encode()) - len(text) - 2 * lost:  # few against what several bytes each make up soundly
        return text, "utf-8", _bounded_loss(text)
    for encoding in _candidates(declared):
        try:
            return data.decode(encoding), encoding, 0
        except UnicodeDecodeError:
            continue
    text = data.decode("gb18030", "replace")
    return text, "gb18030", _bounded_loss(text)


def _candidates(declared: str) -> tuple[str, ...]:
    """Encodings to try after UTF-8. A declared Western one accepts every byte, so it says nothing."""
    if not declared or declared in CHINESE_FAMILY or declared.startswith(("utf", "iso-8859", "windows", "latin")):
        return ("gb18030",)
    try:
        b"0".decode(declared)
    except (LookupError, ValueError):
        return ("gb18030",)
    return (declared, "gb18030")


def _decode_utf16(data: bytes) -> tuple[str, str, int]:
    """Text with NUL bytes can only be UTF-16 whose mark is missing: the order of bytes that gives Chinese is right."""
    sample = data[: SAMPLE - SAMPLE % 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        start = sample.decode(encoding, "replace")
        usual = sum(character < "\x7f" or "\u3000" <= character <= "\u9fff" for character in start)
        if "\0" not in start and usual * 10 > len(start) * 9:
            text = data.decode(encoding, "replace")
            return text, encoding, _bounded_loss(text)
    raise CannotRead(refusing.unknown_format("二进制数据", "binary data"))


def _bounded_loss(text: str) -> int:
    lost = text.count("\ufffd")
    # One broken character may always be there: the end of a file that was cut inside it.
    if lost > 1 + len(text) * LARGEST_LOST_SHARE:
        raise CannotRead(refusing.unknown_format("无法识别的编码或二进制数据", "an unknown encoding or binary data"))
    return lost


def _same_encoding(declared: str, actual: str) -> bool:
    if actual == "gb18030":
        return declared in CHINESE_FAMILY
    return declared.replace("_", "-").removesuffix("-le").removesuffix("-be").replace("utf8", "utf-8") == (
        actual.removesuffix("-le").removesuffix("-be")
    )


def _is_garbled(sample: str, ascii_count: int) -> bool:
    """Whether a text, of which this is the beginning, was read in a wrong encoding before it was saved."""
    foreign_count = len(sample) - ascii_count
    if sample.count("\ufffd") > 1 + foreign_count * LARGEST_LOST_SHARE * 2 or sample.count("锟斤拷") > 2:
        return True
    accented_count = len(sample.encode("latin-1", "ignore")) - ascii_count
    if accented_count > foreign_count // 3 + 8:  # Chinese bytes read as Latin-1
        return True
    return any(sign in sample for sign in UTF8_READ_AS_GBK) and _is_utf8_read_as_gbk(
        "".join(_NOT_ASCII.findall(sample))[:2000]
    )


def _is_utf8_read_as_gbk(foreign: str) -> bool:
    """Read backwards: Chinese whose GB18030 bytes are sound UTF-8 was UTF-8 once. Real Chinese practically never is."""
    backwards = foreign.encode("gb18030", "replace").decode("utf-8", "replace")
    recovered = len(_CHINESE.findall(backwards))
    return recovered > backwards.count("\ufffd") and recovered * 3 > len(foreign)

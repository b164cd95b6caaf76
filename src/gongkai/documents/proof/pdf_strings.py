"""Strings in the bytes of a PDF, and the characters that a content stream shows with its fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

TOKEN = re.compile(
    rb"\((?P<literal>(?:[^()\\]|\\.|\\\n)*+)(?P<nested>[()]?)"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|/(?P<name>[^\s/<>\[\](){}%]+)\s+[\d.]+\s+Tf"
    rb"|(?P<move>\b(?:T[dDm*]|BT|ET)\b)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_HASHED = re.compile(rb"/((?:[^\s/<>\[\](){}%]*#[0-9A-Fa-f]{2})+[^\s/<>\[\](){}%]*)")
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[([^\]]*)\])")
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>")
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
MOST_CODES = 70_000
_MOST_NESTED = 1_000_000


@dataclass(frozen=True, slots=True)
class Encoding:
    """What a font's codes stand for: the map its ToUnicode stream gives."""

    characters: Mapping[bytes, str]
    widths: tuple[int, ...] = field(default=(2,))

    def decoded(self, shown: bytes) -> str:
        """The characters of codes; one that isn't in the map is left out."""
        found, at = [], 0
        while at < len(shown):
            for width in self.widths:
                character = self.characters.get(shown[at : at + width])
                if character is not None:
                    found.append(character)
                    at += width
                    break
            else:
                at += min(self.widths)
        return "".join(found)


def strings(content: bytes) -> Iterator[bytes]:
    """Every string in the bytes, literal or hexadecimal, without its escapes."""
    for kind, value in tokens(content):
        if kind == "string":
            yield value


def tokens(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Strings, the fonts that are chosen between them, and moves to another place, in their order."""
    at = 0
    while found := TOKEN.search(content, at):
        at = found.end()
        if found["name"] is not None:
            yield "font", found["name"]
        elif found["move"] is not None:
            yield "move", found["move"]
        elif found["hex"] is not None:
            if found["hex"].strip():
                yield "string", _unhexed(found["hex"])
        elif found["nested"] == b")":
            yield "string", _unescaped(found["literal"])
        elif found["nested"] == b"(":
            end = _closing(content, found.start())
            yield "string", _unescaped(content[found.start() + 1 : end])
            at = max(at, end + 1)


def meanings(string: bytes) -> Iterator[str]:
    """What a text string may say: marked UTF-16 or UTF-8, or whatever a careless program wrote."""
    if string[:2] == b"\xfe\xff":
        yield string[2:].decode("utf-16-be", "replace")
    elif string[:2] == b"\xff\xfe":
        yield string[2:].decode("utf-16-le", "replace")
    elif string[:3] == b"\xef\xbb\xbf":
        yield string[3:].decode("utf-8", "replace")
    else:
        yield string.decode("latin-1")
        if any(byte > 127 for byte in string):
            yield string.decode("utf-8", "ignore")
            yield string.decode("gb18030", "ignore")


def names(content: bytes) -> Iterator[str]:
    """Names with characters written as `#E5`, decoded."""
    for found in _HASHED.finditer(content):
        plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda hexed: bytes([int(hexed[1], 16)]), found[1])
        yield plain.decode("utf-8", "ignore")
        yield plain.decode("gb18030", "ignore")


def encoding_of(cmap: bytes) -> Encoding | None:
    """The map of a ToUnicode stream; None for bytes that are none."""
    characters: dict[bytes, str] = {}
    for section in _SECTION.finditer(cmap):
        if section[1] == b"bfchar":
            for code, target in _PAIR.findall(section[2]):
                characters[_unhexed(code)] = _unhexed(target).decode("utf-16-be", "ignore")
            continue
        for low, high, target, each in _RANGE.findall(section[2]):
            first, last = _unhexed(low), _unhexed(high)
            start, width = int.from_bytes(first), len(first)
            count = min(int.from_bytes(last) - start + 1, MOST_CODES - len(characters))
            targets = [_unhexed(one) for one in re.findall(rb"<([0-9A-Fa-f\s]+)>", each)] if each else []
            for step in range(max(0, count)):
                code = (start + step).to_bytes(width) if start + step < 256**width else b""
                if each:
                    value = targets[step] if step < len(targets) else b""
                else:
                    base = _unhexed(target)
                    value = (int.from_bytes(base) + step).to_bytes(len(base) + 1)[-len(base) :] if base else b""
                characters[code] = value.decode("utf-16-be", "ignore")
        if len(characters) >= MOST_CODES:
            break
    characters.pop(b"", None)
    if not characters:
        return None
    return Encoding(characters, tuple(sorted({len(code) for code in characters}, reverse=True)))


def shown(content: bytes, fonts: Mapping[bytes, Sequence[Encoding]], every: Sequence[Encoding]) -> Iterator[str]:
    """What a content stream may show: its strings one after the other, read by the fonts it names.

    A font by a name that several have in the file is read by each of them; one that nobody has, by all there are.
    """
    runs: list[tuple[bytes, bytes]] = []
    font = b""
    for kind, value in tokens(content):
        if kind == "font":
            font = value
        elif kind == "string":
            runs.append((font, value))
    together = b"".join(value for _, value in runs)
    yield together.decode("latin-1")
    yield together.decode("utf-16-be", "ignore")
    yield together.decode("gb18030", "ignore")
    choices = {name: fonts.get(name) or every for name, _ in runs}
    for turn in range(max((len(choice) for choice in choices.values()), default=0)):
        words = []
        for name, value in runs:
            if choice := choices[name]:
                words.append(choice[min(turn, len(choice) - 1)].decoded(value))
        yield "".join(words)


def _closing(content: bytes, start: int) -> int:
    """Where a string with parentheses in it ends."""
    depth, at = 0, start
    limit = min(len(content), start + _MOST_NESTED)
    while at < limit:
        match content[at]:
            case 0x5C:
                at += 1
            case 0x28:
                depth += 1
            case 0x29:
                depth -= 1
                if not depth:
                    return at
        at += 1
    return limit


def _unescaped(literal: bytes) -> bytes:
    return _ESCAPE.sub(_escaped, literal) if b"\\" in literal else literal


def _escaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) & 0xFF])
    return b"" if found[2][:1] in b"\r\n" else _LETTERS.get(found[2], found[2])


def _unhexed(digits: bytes) -> bytes:
    bare = bytes(digit for digit in digits if digit not in b" \t\r\n\f\0")
    return bytes.fromhex((bare + b"0" * (len(bare) % 2)).decode("ascii"))

"""Automatic numbers of Word lists, written out: `一、`, `（二）`, `3.`, `1.2`.

Section headings are often numbered by the program, so that the numeral stands nowhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from gongkai.documents.readers.docx_styles import Words

_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "japaneseCounting",
        "taiwaneseCountingThousand",
        "taiwaneseCounting",
        "ideographDigital",
        "japaneseDigitalTenThousand",
        "koreanCounting",
    ]
)
_SILENT = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    pattern: str
    start: int


class Numbering:
    """The lists of a document and how far each has counted; one instance reads one document from top to bottom.

    `part` gives the numbering part, if there is one; it is called when the first paragraph asks for its number.
    """

    def __init__(self, part: Callable[[], etree._Element | None], words: Words) -> None:
        self._part: Callable[[], etree._Element | None] | None = part
        self._words = words
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._counter_of: dict[str, str] = {}

    def next(self, number: str, level: int) -> str:
        """The printed number of the next paragraph on a level (from 0) of a list; empty for bullets."""
        if self._part is not None:
            root, self._part = self._part(), None
            if root is not None:
                self._load(root)
        levels = self._levels.get(number)
        if not levels or level not in levels:
            return ""
        counts = self._counts.setdefault(self._counter_of[number], {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if levels[level].format in _SILENT:
            return ""

        def place(match: re.Match[str]) -> str:
            wanted = int(match[1]) - 1
            style = levels.get(wanted, levels[level])
            return written(counts.get(wanted, style.start), style.format)

        return _PLACE.sub(place, levels[level].pattern)

    def _load(self, root: etree._Element) -> None:
        words = self._words
        abstract: dict[str, dict[int, _Level]] = {}
        for definition in root.iterchildren(words.name("abstractNum")):
            abstract[definition.get(words.name("abstractNumId"), "")] = self._levels_in(definition)
        for number in root.iterchildren(words.name("num")):
            name = number.get(words.name("numId"), "")
            link = number.find(words.name("abstractNumId"))
            source = "" if link is None else link.get(words.val, "")
            levels = dict(abstract.get(source, {}))
            overrides = number.findall(words.name("lvlOverride"))
            for override in overrides:
                self._override(levels, override)
            self._levels[name] = levels
            # Lists of one definition count on together, unless one of them starts anew.
            self._counter_of[name] = f"num {name}" if overrides else f"abstract {source}"

    def _override(self, levels: dict[int, _Level], override: etree._Element) -> None:
        words = self._words
        levels.update(self._levels_in(override))
        start = override.find(words.name("startOverride"))
        index = _integer(override.get(words.name("ilvl")), 0)
        if start is not None and index in levels:
            old = levels[index]
            levels[index] = _Level(old.format, old.pattern, _integer(start.get(words.val), 1))

    def _levels_in(self, definition: etree._Element) -> dict[int, _Level]:
        words = self._words
        levels = {}
        for level in definition.iterchildren(words.name("lvl")):
            values = {etree.QName(child).localname: child.get(words.val, "") for child in level}
            levels[_integer(level.get(words.name("ilvl")), 0)] = _Level(
                values.get("numFmt", "decimal"), values.get("lvlText", ""), _integer(values.get("start"), 1)
            )
        return levels


def written(value: int, style: str) -> str:
    """A number in one of Word's number formats; formats not used in Chinese reports come out as digits.

    >>> written(12, "chineseCounting"), written(3, "decimalEnclosedCircle"), written(2, "upperLetter")
    ('十二', '③', 'B')
    """
    if style in _CHINESE and 0 < value < 100:
        tens, ones = divmod(value, 10)
        return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < value <= 20:
        return chr(0x2460 + value - 1)
    if style in ("upperLetter", "lowerLetter") and 0 < value <= 26:
        return chr((65 if style == "upperLetter" else 97) + value - 1)
    if style == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(digit)) for digit in str(abs(value)))
    if style in ("upperRoman", "lowerRoman") and 0 < value < 40:
        roman = "X" * (value // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[value % 10]
        return roman if style == "upperRoman" else roman.lower()
    return str(value)


def _integer(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise

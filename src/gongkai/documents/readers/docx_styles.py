"""The vocabulary of WordprocessingML and what a paragraph's style says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "标题", "標題"})
_OFF = frozenset({"0", "false", "off"})


class Words:
    """Tag names in the namespace of one document: strict and transitional files have different ones."""

    def __init__(self, namespace: str) -> None:
        def name(local: str) -> str:
            return f"{{{namespace}}}{local}"

        self.namespace = namespace
        self.name = name
        self.p, self.r, self.t = name("p"), name("r"), name("t")
        self.tbl, self.tr, self.tc = name("tbl"), name("tr"), name("tc")
        self.paragraph_properties, self.run_properties = name("pPr"), name("rPr")
        self.row_properties, self.cell_properties = name("trPr"), name("tcPr")
        self.grid_before = name("gridBefore")
        self.grid_span, self.vertical_merge = name("gridSpan"), name("vMerge")
        self.vanish, self.val = name("vanish"), name("val")
        self.removed, self.moved_away = name("del"), name("moveFrom")
        self.text_box = name("txbxContent")
        self.alternatives = f"{_COMPATIBILITY}AlternateContent"
        self.wrappers = frozenset(
            [*map(name, ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")), f"{_COMPATIBILITY}Choice"]
        )
        self.characters = {
            name("tab"): " ",
            name("br"): "\n",
            name("cr"): "\n",
            name("noBreakHyphen"): "-",
        }
        self.textless = frozenset(map(name, ("rPr", "sdtPr", "sdtEndPr", "rt", "rubyPr", "delText", "instrText")))

    def is_hidden(self, run: etree._Element) -> bool:
        properties = run.find(self.run_properties)
        return properties is not None and self.is_on(properties.find(self.vanish))

    def is_on(self, switch: etree._Element | None) -> bool:
        """Whether an on/off property is there and not turned off."""
        return switch is not None and switch.get(self.val, "1") not in _OFF


@dataclass(frozen=True, slots=True)
class Style:
    """What a style itself says; None leaves it to the style it is based on."""

    based_on: str
    level: int | None
    number: tuple[str, int] | None


def styles_in(root: etree._Element, words: Words) -> dict[str, Style]:
    """The paragraph styles of a styles part by their id."""
    return {
        style.get(words.name("styleId"), ""): _style(style, words)
        for style in root.iterchildren(words.name("style"))
        if style.get(words.name("type"), "paragraph") == "paragraph"
    }


def _style(element: etree._Element, words: Words) -> Style:
    based_on = element.find(words.name("basedOn"))
    name = element.find(words.name("name"))
    properties = element.find(words.paragraph_properties)
    outline = None if properties is None else properties.find(words.name("outlineLvl"))
    number = None if properties is None else properties.find(words.name("numPr"))
    label = "" if name is None else name.get(words.val, "").strip()
    level = None if outline is None else _level(outline.get(words.val, ""))
    if label.lower() in _TITLE_NAMES:
        level = 1
    elif found := _HEADING_NAME.match(label):
        level = int(found[1])
    based = "" if based_on is None else based_on.get(words.val, "")
    return Style(based, level, None if number is None else _number(number, words))


class Styles:
    """Heading levels and numbering of a document's paragraphs, from themselves or from their styles."""

    def __init__(self, styles: Mapping[str, Style], words: Words) -> None:
        self._words = words
        self._styles = styles
        self._inherited: dict[str, tuple[int, tuple[str, int] | None]] = {}
        self._names = words.name("pStyle"), words.name("outlineLvl"), words.name("numPr")

    def of(self, properties: etree._Element) -> tuple[int, tuple[str, int] | None]:
        """What the properties of a paragraph say: its heading level (1 for the first, 0 for running text), and the list
        and level (from 0) that it is automatically numbered in, if it is."""
        style, own_level, own_number = "", None, None
        style_name, outline_name, number_name = self._names
        for child in properties:
            if child.tag == style_name:
                style = child.get(self._words.val, "")
            elif child.tag == outline_name:
                own_level = _level(child.get(self._words.val, ""))
            elif child.tag == number_name:
                own_number = _number(child, self._words)
        level, number = self._inheritance(style)
        number = own_number or number
        return (
            level if own_level is None else own_level,
            number if number and number[0] != "0" else None,  # list 0 takes a paragraph out of its style's list
        )

    def _inheritance(self, style: str) -> tuple[int, tuple[str, int] | None]:
        if style not in self._inherited:
            lineage = list(self._lineage(style))
            level = next((ancestor.level for ancestor in lineage if ancestor.level is not None), 0)
            number = next((ancestor.number for ancestor in lineage if ancestor.number), None)
            self._inherited[style] = level, number
        return self._inherited[style]

    def _lineage(self, style: str) -> Iterator[Style]:
        """A style and those it is based on; a circle of them ends where it closes."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].based_on


def _number(properties: etree._Element, words: Words) -> tuple[str, int] | None:
    number = properties.find(words.name("numId"))
    level = properties.find(words.name("ilvl"))
    name = "" if number is None else number.get(words.val, "")
    digits = "0" if level is None else level.get(words.val, "0")
    return (name, int(digits) if digits in tuple("012345678") else 0) if name else None


def _level(outline: str) -> int:
    """Outline levels count from 0; 9 is running text."""
    return int(outline) + 1 if outline in tuple("012345678") else 0

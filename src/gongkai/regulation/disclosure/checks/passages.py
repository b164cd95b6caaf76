"""The texts of an item, each able to say where in it something stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gongkai.regulation.disclosure.item import Item

# Full-width letters and digits one for one, so that a place in the one text is a place in the other.
_HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_HALF_WIDTH |= {0xFF0D: ord("-"), 0x3000: ord(" "), 0x00A0: ord(" ")}


@dataclass(frozen=True)
class Passage:
    """A text of an item and its name on the screen."""

    name: str
    text: str

    @cached_property
    def half_width(self) -> str:
        """The text with full-width digits and letters made half-width, character for character."""
        return self.text.translate(_HALF_WIDTH)

    def where(self, offset: int) -> str:
        """The place of a character: the name of the text, and its line where there are several.

        >>> Passage("正文", "甲\\n乙").where(2)
        '正文第2行'
        """
        if not self._line_starts[1:]:
            return self.name
        return f"{self.name}第{bisect_right(self._line_starts, offset)}行"

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, found = [0], self.text.find("\n")
        while found >= 0:
            starts.append(found + 1)
            found = self.text.find("\n", found + 1)
        return starts


def passages(item: Item) -> Iterator[Passage]:
    """Everything of an item that the public will read."""
    from_fields = {"标题": item.title, "内容概述": item.summary, "关键词": " ".join(item.keywords)}
    from_fields |= {"文号": item.document_number, "信息来源": item.source, "正文": item.body}
    for name, text in from_fields.items():
        if text:
            yield Passage(name, text)
    for number, attachment in enumerate(item.attachments, start=1):
        # By number, not by name: a file's name may hold the very number that has to be kept out of a finding.
        yield Passage(f"附件{number}的文件名", attachment.name)
        if attachment.text:
            yield Passage(f"附件{number}", attachment.text)

"""What is public already and may be what an application asks for: shown before it is sent, and to the officer after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from gongkai.office.publishing.search import FoundItem, Query, find

MOST = 5
_LONGEST = 40
_CUTS = 4
_TITLED = re.compile(r"《([^《》]{2,80})》")
_ENDS = re.compile(r"[，。；;\n！？]")
_RUNS = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9]+")
_EMPTY = re.compile(
    r"关于|有关|相关|我?(?:想|要|申请|需要)(?:了解|公开|知道|获取)?|的|和|及|与|等|情况|信息|材料|文件|内容|通知|年度?|区|县|市"
)


class Says(Protocol):
    """What says what is wanted: an application, or one that is being filled in."""

    @property
    def wanted(self) -> str: ...
    @property
    def wanted_title(self) -> str: ...
    @property
    def wanted_number(self) -> str: ...


def already_public(said: Says, *, most: int = MOST) -> list[FoundItem]:
    """Public items that match, the likeliest first; an empty list when nothing does.

    The number is looked for first, then the title, then the words of the description. Nothing of what was looked for is
    kept anywhere.
    """
    found: dict[int, FoundItem] = {}
    for text in _asked(said):
        for each in find(Query(text=text[:_LONGEST])).items:
            found.setdefault(each.item.pk, each)
        if len(found) >= most:
            break
    return list(found.values())[:most]


def _asked(said: Says) -> Iterator[str]:
    """What to look for, in turn: the search wants every word somewhere, so from the closest to the loosest."""
    if number := said.wanted_number.strip():
        yield number
    titles = [said.wanted_title.strip().strip("《》"), *_TITLED.findall(said.wanted)]
    if not any(titles):
        titles = [piece for piece in _ENDS.split(said.wanted) if piece.strip()][:2]
    for title in dict.fromkeys(filter(None, titles)):
        yield title
        words = _words(title)
        if " ".join(words) != title:
            yield " ".join(words)
        yield from _cut(words)


def _words(title: str) -> list[str]:
    """The runs of a title that say what it is about, without what every title says."""
    return [run for run in _RUNS.findall(_EMPTY.sub(" ", title[:_LONGEST])) if len(run) > 1][:4]


def _cut(words: list[str]) -> Iterator[str]:
    """The same with its longest run cut in two, near the middle first: 义务教育招生 finds 义务教育阶段招生."""
    longest = max(words, key=len, default="")
    if len(longest) < 4:
        return
    others = [word for word in words if word != longest]
    places = sorted(range(2, len(longest) - 1), key=lambda place: abs(place - len(longest) / 2))
    for place in places[:_CUTS]:
        yield " ".join([longest[:place], longest[place:], *others])

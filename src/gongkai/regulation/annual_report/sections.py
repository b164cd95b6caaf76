"""The words of a report put in order: title, preamble, the six sections, and the five topics of section one.

Headings are found by their words, in the order of the form, and never by their numeral alone: table rows, lists inside
a section and the preamble's own list of the six titles carry the same numerals. Every passage that could be a heading
gets a score (how well the words agree, whether the numeral stands where it should) and the best ascending chain of
them is taken; of equals the later one, because a table of contents stands before the text.

`Narrative.sections[key]` holds what follows the heading of a section, not the heading: its label is the form's. What
a run-in heading (`六、其他需要报告的事项：无。`) carries is the first passage of the section. The heading of a topic is
a passage of level 3 as printed; one with text on the same line is an ordinary passage of that topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.report import Narrative, Passage
from gongkai.regulation.annual_report.title import agency_of, find_title, is_title, year_of
from gongkai.regulation.annual_report.wording import fold, squeeze

__all__ = ["agency_of", "split", "year_of"]

TOPIC_LEVEL = 3
_HEADING_LENGTH = 45

_SECTION_FORMS = form("2021").sections
_SECTION_WORDS: Mapping[str, str] = {
    "overview": (
        r"(?:\d{4}年度?)?(?:政府信息公开|政务公开)?(?:工作)?的?(?:总体|基本|整体)(?:工作)?(?:情况|概况)"
        r"|概述|工作概述|总体概述"
    ),
    "proactive": r"(?:行政机关)?主动公开(?:的)?(?:政府)?信息(?:的)?(?:工作)?(?:情况)?",
    "applications": (
        r"(?:行政机关)?(?:收到|受理)(?:和|及|并|、)?(?:处理|办理)?的?(?:政府)?(?:信息)?(?:公开|依申请公开)?(?:政府信息)?"
        r"(?:公开)?申请的?(?:工作)?(?:处理|办理)?(?:情况)?"
        r"|政府信息公开申请(?:收到和处理|受理和办理|办理|处理)(?:工作)?情况"
        r"|(?:政府信息)?依申请公开(?:政府信息)?(?:办理|工作)?情况"
    ),
    "remedies": (
        r"因?(?:政府信息公开|信息公开)?(?:工作)?而?被?(?:申请|提起|引发的?)?行政复议(?:案件)?[、和与及，,或]*被?(?:提起)?"
        r"(?:行政)?诉讼(?:案件)?的?(?:情况)?"
    ),
    "problems": (
        r"(?:\d{4}年度?)?(?:政府信息公开|政务公开)?(?:工作)?中?(?:存在|面临)的?(?:主要|突出)?(?:(?:困难|不足)[和与])?"
        r"(?:问题|不足|困难)(?:[和与]不足)?(?:(?:以及|[及和与、，,])?其?(?:下一步|今后|下步)?的?(?:改进|整改|解决|工作|努力)"
        r"(?:工作)?(?:情况|措施|办法|方向|打算|计划|思路|安排|意见)?)?"
        r"|(?:主要)?问题[及和与、](?:改进|整改)(?:情况|措施)"
    ),
    "other_matters": r"其[他它](?:需要|需|应当|应)?(?:要)?(?:予以)?(?:报告|说明)(?:的)?(?:事项|情况|内容)|其[他它]事项",
}
_TOPIC_WORDS: Mapping[str, tuple[str, str]] = {  # the heading as it is worded; the word that gives a freer one away
    "proactive_disclosure": (r"(?:政府信息)?主动公开(?:政府)?(?:信息)?", "主动公开"),
    "disclosure_on_application": (r"(?:政府信息)?依申请公开(?:政府信息)?", "依申请|公开申请"),
    "information_management": (r"(?:加强)?(?:政府|政务|公开)?信息(?:资源)?(?:规范化|规范)?管理", "信息.{0,4}管理"),
    "platform_construction": (
        r"(?:政府|政务)?(?:信息)?(?:公开)?(?:网站)?(?:信息)?(?:公开)?平台(?:建设|载体建设)",
        "平台",
    ),
    "supervision_guarantee": (
        r"(?:政府信息公开|政务公开|信息公开)?(?:工作)?"
        r"(?:监督[和与及、]?保障|保障[和与及、]?监督|监督考核|教育培训和监督保障)",
        "监督|保障",
    ),
}
_TOPIC_END = r"(?:工作|方面)?(?:的)?(?:基本|总体|开展|建设)?(?:情况)?"

_NUMBERING = re.compile(
    r"(?:(?P<comma>[一二三四五六七八九十]{1,2})(?:[、.．,，:：]|(?=[^一二三四五六七八九十是方、]))"
    r"|第(?P<part>[一二三四五六])(?:部分|章|篇)[、.．,，:：]?"
    r"|[（(](?P<paren>[一二三四五六七八九十]{1,2})[）)][、.．]?|[（(]?(?P<digit>\d{1,2})[）)、.．,，](?!\d))"
)
_ENDING = "。．.：:；;"
_NUMERALS = "一二三四五六七八九十"
_INLINE_HEADING = re.compile(
    "\n|。\\s*(?=(?:[一二三四五六]、(?:"
    + "|".join(label for section in _SECTION_FORMS for label in (section.label, *section.label_variants))
    + ")|[（(][一二三四五][）)](?:主动公开|依申请公开|政府信息管理|(?:政府信息公开)?平台建设|监督保障))[^”’」])"
)

_CHROME_LENGTH = 120
_CHROME = re.compile(
    r"扫一扫.{0,30}|(?:【?(?:打印|关闭|收藏)(?:本页|此页|窗口|页面)?】?)+|分享(?:到|至|[:：])?.{0,20}"
    r"|首页(?:[>»›].*)?|[您你]?的?(?:当前|现在|所在)的?(?:位置|栏目).*"
    r"|(?:责任)?编辑[:：].{0,20}|(?:信息|文章|稿件)?来源[:：].{0,40}"
    r"|(?:发布|发文|成文|打印|更新|生成)(?:日期|时间)[:：].{0,30}|(?:浏览|阅读|点击)(?:次数|量|数)?[:：]?\d{0,9}次?"
    r"|【?字(?:体|号)[:：]?.{0,16}|索引号[:：].{0,60}|(?:发布|发文)(?:机构|机关|单位)[:：].{0,40}"
    r"|承办(?:单位)?[:：].{0,60}|网站标识码.*|.{0,20}ICP备.{0,40}|.{0,10}公网安备.{0,40}|网站地图|联系我们"
    r"|返回顶部|视力保护色.*|无障碍(?:浏览|阅读)|第二十条第[（(][一五六八九][）)]项"
    r"|[-—–―－_·]+\d{1,3}[-—–―－_·]+|第\d{1,3}页(?:[，,/]?共\d{1,3}页)?"
)
_AFTER_THE_REPORT = re.compile(
    r"[上下]一[篇条](?:[:：].*)?|相关(?:链接|文章|阅读|信息|文档)[:：]?|版权所有.*|主办(?:单位)?[:：].*|友情链接.*"
)


class _Line(NamedTuple):
    """A passage on its way: `key` is its text for matching, folded and without white space."""

    text: str
    where: str
    level: int
    key: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may be heading number `rank`; `rest` is what follows the heading on the same line."""

    line: int
    rank: int
    score: int
    rest: str = ""
    is_heading: bool = True


def split(passages: Sequence[tuple[str, str, int]]) -> Narrative:
    """The narrative in passages (text, where, heading level or 0) that come in document order without the tables.

    Page chrome, page numbers and captions of tables are left out; every other text is kept as printed. A section that
    was not found is not in `sections`; one that was found empty is there with no passages.
    """
    lines = _lines(passages)
    chosen = _best_chain(list(_section_candidates(lines)))
    first = chosen[0].line if chosen else len(lines)
    searched = lines[:first] if chosen else lines[:20]
    title, after = find_title([squeeze(line.text) for line in searched], [line.level for line in searched])
    preamble = tuple(_passage(line) for line in _of_the_report(lines[after:first]) if not _is_contents_line(line))
    sections: dict[str, tuple[Passage, ...]] = {}
    for place, heading in enumerate(chosen):
        is_last = place + 1 == len(chosen)
        content = lines[heading.line + 1 : None if is_last else chosen[place + 1].line]
        if heading.rest:
            content.insert(0, _line(heading.rest, lines[heading.line].where, 0))
        content = _before_the_page_ends(content) if is_last else _of_the_report(content)
        key = _SECTION_FORMS[heading.rank].key
        sections[key] = _with_topics(content) if key == "overview" else tuple(_passage(line) for line in content)
    return Narrative(title, preamble, sections)


def _lines(passages: Sequence[tuple[str, str, int]]) -> list[_Line]:
    lines = []
    for text, where, level in passages:
        for part in _parts(text):
            line = _line(part.strip(), where, level)
            if line.key and not (len(line.key) < _CHROME_LENGTH and _CHROME.fullmatch(line.key)):
                lines.append(line)
    return lines


def _parts(text: str) -> list[str]:
    """A paragraph cut where it breaks its line or where a heading stands behind a full stop."""
    cuts = [0, *(match.end() for match in _INLINE_HEADING.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def _line(text: str, where: str, level: int) -> _Line:
    return _Line(text, where, level, fold(squeeze(text)))


def _passage(line: _Line) -> Passage:
    return Passage(line.text, where=line.where)


def _is_contents_line(line: _Line) -> bool:
    """Whether a line of the preamble is an entry of a table of contents, or the title once more."""
    headings = _section_candidates([line])
    return is_title(line.key) or any(heading.score >= 5 and not heading.rest for heading in headings)


def _of_the_report(lines: list[_Line]) -> list[_Line]:
    return [line for line in lines if not _AFTER_THE_REPORT.fullmatch(line.key)]


def _before_the_page_ends(lines: list[_Line]) -> list[_Line]:
    """The last section up to the page's own footer: what follows 上一篇 or 主办 is no part of the report."""
    for place, line in enumerate(lines):
        if place and _AFTER_THE_REPORT.fullmatch(line.key):
            return _of_the_report(lines[:place])
    return _of_the_report(lines)


# --- headings of sections ---------------------------------------------------------------------------------------------

_SECTION_LABELS = tuple((section.label, *section.label_variants) for section in _SECTION_FORMS)
_SECTION_PATTERNS = tuple(re.compile(_SECTION_WORDS[section.key]) for section in _SECTION_FORMS)
_ANY_SECTION = re.compile(r"情况|概述|事项|问题|不足")


def _section_candidates(lines: Sequence[_Line]) -> Iterable[_Candidate]:
    for place, line in enumerate(lines):
        head = line.key[: _HEADING_LENGTH + 10]
        if not _ANY_SECTION.search(head):
            continue
        numbering = _NUMBERING.match(head)
        if numbering and numbering["paren"]:
            continue
        numeral = (numbering["comma"] or numbering["part"]) if numbering else None
        if numeral is None and not line.level and len(line.key) > _HEADING_LENGTH:
            continue
        body = line.key[numbering.end() :] if numbering else line.key
        # Headings are short and the same in every report; whole paragraphs would only fill the memory.
        agreements = _agreements_of_heading(body) if len(body) <= _HEADING_LENGTH else _agreements(body)
        for rank, agreement, length in agreements:
            candidate = _section_candidate(place, line, body, numeral, rank, agreement, length)
            if candidate:
                yield candidate


def _section_candidate(
    place: int, line: _Line, body: str, numeral: str | None, rank: int, agreement: int, length: int
) -> _Candidate | None:
    rest = body[length:].lstrip(_ENDING + "，,")
    is_marked = numeral is not None or line.level > 0
    if (rest or agreement < 3) and not is_marked:
        return None
    if rest and (numeral is None or not _runs_in(body, length, line.text)):
        return None
    score = agreement + (2 if numeral else 0) + (numeral == _NUMERALS[rank]) + (line.level > 0) - bool(rest)
    return _Candidate(place, rank, score, _tail(line.text, len(rest)) if rest else "")


def _agreements(body: str) -> tuple[tuple[int, int, int], ...]:
    """The sections with whose heading a line begins: rank, how well, and how far (see `_agreement`)."""
    found = [(rank, *_agreement(rank, body)) for rank in range(len(_SECTION_FORMS))]
    return tuple([entry for entry in found if entry[1]])


_agreements_of_heading = lru_cache(maxsize=4096)(_agreements)


def _agreement(rank: int, body: str) -> tuple[int, int]:
    """How well a line begins with the heading of a section (3 its label, 2 its drift, 1 misprinted), and how far."""
    exact = max([len(label) for label in _SECTION_LABELS[rank] if body.startswith(label)], default=0)
    match = _SECTION_PATTERNS[rank].match(body)
    drift = match.end() if match else 0
    if exact and exact >= drift:
        return 3, exact
    if drift:
        return 2, drift
    plain = body.rstrip(_ENDING)
    if any(_is_misprint(plain, label) for label in _SECTION_LABELS[rank]):
        return 1, len(body)
    return 0, 0


def _is_misprint(text: str, label: str) -> bool:
    """Whether a line is a label with a character or two wrong, missing or too many."""
    if abs(len(text) - len(label)) > 2 or len(label) < 6:
        return False
    common = sum(min(text.count(mark), label.count(mark)) for mark in set(label))
    return common >= max(len(text), len(label)) - 2


def _runs_in(body: str, length: int, printed: str) -> bool:
    """Whether text may follow a heading on its line: after a closing mark, or after white space as printed."""
    return body[length] in _ENDING or printed[: -len(_tail(printed, len(body) - length))][-1:].isspace()


def _tail(printed: str, length: int) -> str:
    """The end of a printed text that holds so many characters, white space not counted."""
    place = len(printed)
    while length and place:
        place -= 1
        length -= not _is_white(printed[place])
    return printed[place:]


def _is_white(mark: str) -> bool:
    return not squeeze(mark)


# --- topics of section one --------------------------------------------------------------------------------------------

_TOPICS = _SECTION_FORMS[0].topics
_TOPIC_PATTERNS = tuple(re.compile(_TOPIC_WORDS[topic.key][0] + _TOPIC_END) for topic in _TOPICS)
_TOPIC_HINTS = tuple(re.compile(_TOPIC_WORDS[topic.key][1]) for topic in _TOPICS)
_ANY_TOPIC = re.compile("|".join(hint.pattern for hint in _TOPIC_HINTS))


def _with_topics(lines: Sequence[_Line]) -> tuple[Passage, ...]:
    headings = {candidate.line: candidate for candidate in _best_chain(list(_topic_candidates(lines)))}
    passages = []
    topic = ""
    for place, line in enumerate(lines):
        heading = headings.get(place)
        if heading:
            topic = _TOPICS[heading.rank].key
        level = TOPIC_LEVEL if heading and heading.is_heading else 0
        passages.append(Passage(line.text, topic, level, line.where))
    return tuple(passages)


def _topic_candidates(lines: Sequence[_Line]) -> Iterable[_Candidate]:
    for place, line in enumerate(lines):
        head = line.key[:_HEADING_LENGTH]
        if not _ANY_TOPIC.search(head):
            continue
        numbering = _NUMBERING.match(head)
        body = line.key[numbering.end() :] if numbering else line.key
        numeral = (numbering["paren"] or "") if numbering else ""
        for rank in range(len(_TOPICS)):
            score, is_heading = _topic_score(rank, body, bool(numbering), bool(numeral))
            if score:
                score += (2 if numeral else 0) + (numeral == _NUMERALS[rank]) + (line.level > 0)
                yield _Candidate(place, rank, score, is_heading=is_heading)


def _topic_score(rank: int, body: str, is_numbered: bool, in_parentheses: bool) -> tuple[int, bool]:
    """How well a line opens a topic (0 not at all), and whether it is nothing but the heading."""
    match = _TOPIC_PATTERNS[rank].match(body)
    if match:
        rest = body[match.end() :]
        if not rest.strip(_ENDING):
            return 3, True
        if rest[0] in _ENDING and (is_numbered or match[0].endswith("情况")):
            return 2, False
    if in_parentheses:
        phrase = re.split("[。：:；;，,]", body, maxsplit=1)[0]
        if len(phrase) <= 24 and _TOPIC_HINTS[rank].search(phrase):
            return 1, len(body.rstrip(_ENDING)) == len(phrase)
    return 0, False


def _best_chain(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates in ascending order of place and of rank that score most together; of equals the later ones."""
    totals: list[int] = []
    before: list[int | None] = []
    for here, candidate in enumerate(candidates):
        total, previous = 0, None
        for there, other in enumerate(candidates[:here]):
            if other.line < candidate.line and other.rank < candidate.rank and totals[there] >= total:
                total, previous = totals[there], there
        totals.append(total + candidate.score)
        before.append(previous)
    chain: list[_Candidate] = []
    last = max(range(len(totals)), key=lambda place: (totals[place], place), default=None)
    while last is not None:
        chain.append(candidates[last])
        last = before[last]
    return chain[::-1]

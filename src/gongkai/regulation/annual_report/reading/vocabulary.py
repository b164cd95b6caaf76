"""The words of the form, and which of them a printed text is: exactly, by drift, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.annual_report.reading.cells import fold

# Traditional characters of the form's labels (mirrored copies), and characters commonly printed for another.
_VARIANTS = str.maketrans(
    "數製發廢現項處許強制費額採購標總計結轉辦請維糾訴訟復議審經後織務業會學構關內過執檔詢無現補內確認獲繳納報舉複規範鎮縣眾險環"
    "開區屬國護權益類誌論給與據應條處關係對為種這該當從實並於機獎補貼它仍卻單見覽證繫繼續",
    "数制发废现项处许强制费额采购标总计结转办请维纠诉讼复议审经后织务业会学构关内过执档询无现补内确认获缴纳报举复规范镇县众险环"
    "开区属国护权益类志论给与据应条处关系对为种这该当从实并于机奖补贴他仍却单见览证系继续",
)
_NOISE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad“”\"'‘’「」《》〈〉、,，.。:：;；·・\-/|]+")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_CIRCLED = re.compile(r"^\s*[①-⑳❶-❿]\s*")  # before NFKC makes a digit of it
_NUMBERING = re.compile(
    r"^\s*(?:[(（]\s*[一二三四五六七八九十〇\d]{1,3}\s*[)）]|[一二三四五六七八九十]{1,3}\s*[、.,．，:：]|\d{1,2}\s*[、.．,，:：)）]|[①-⑳]|[⑴-⒇])[、.．,，]?"
)

APPLICANT_GROUP = "applicant_group"
APPLICANT_SUPER = "applicant_super"
SUBTOTAL = "_subtotal"
UNKNOWN = "_unknown"


@lru_cache(maxsize=16384)
def key_of(text: str) -> str:
    """A label reduced to what identifies it: no numbering, white space, punctuation, brackets or character variants.

    >>> key_of("（三）\\n不予 公开"), key_of("危及“三安全一稳定”")
    ('不予公开', '危及三安全一稳定')
    """
    folded = fold(_CIRCLED.sub("", text))
    unnumbered = _NUMBERING.sub("", folded)
    kept = _BRACKETED.sub("", unnumbered) or unnumbered
    return _NOISE.sub("", kept).translate(_VARIANTS)


@lru_cache(maxsize=16384)
def numbering_of(text: str) -> str:
    """The numbering a label begins with, digits and Chinese numerals as printed, `` when it has none."""
    circled = _CIRCLED.match(text)
    if circled:
        return fold(circled[0]).strip()
    match = _NUMBERING.match(fold(text))
    return re.sub(r"[^一二三四五六七八九十\d]", "", match[0]) if match else ""


@cache
def row_keys() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Folded row label → the (table, row) it may be, in any edition; group rows of the applications table included."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for edition in EDITIONS:
        for table in form(edition).tables:
            for row in table.rows:
                for label in row.labels:
                    if label:
                        found.setdefault(key_of(label), {})[(table.key, row.key)] = None
    found.setdefault("合计", {})[("applications", "results_total")] = None
    found.setdefault("共计", {})[("applications", "results_total")] = None
    return {label: tuple(rows) for label, rows in found.items()}


@cache
def column_keys() -> Mapping[str, str]:
    """Folded header label of the applications table → column key (or the group, the super header, a subtotal)."""
    table = form("2021").table("applications")
    found = {key_of(label): column.key for column in table.columns for label in column.labels}
    found.update(
        {
            "共计": "total",
            "小计": SUBTOTAL,
            "法人或其他组织小计": SUBTOTAL,
            "组织小计": SUBTOTAL,
            "其它": "other_organization",
        }
    )
    found.update(
        {"法人或其他组织": APPLICANT_GROUP, "法人和其他组织": APPLICANT_GROUP, "法人及其他组织": APPLICANT_GROUP}
    )
    found.update(
        {key_of(table.column_super_header): APPLICANT_SUPER, "申请人类型": APPLICANT_SUPER, "申请人": APPLICANT_SUPER}
    )
    return found


@cache
def art20_labels() -> frozenset[str]:
    """Every folded column label of the article 20 tables."""
    return frozenset(
        key_of(label)
        for edition in EDITIONS
        for table in form(edition).tables
        if table.key.startswith("art20")
        for column in table.columns
        for label in column.labels
    )


REMEDY_LEAVES = {
    "结果维持": "upheld",
    "维持": "upheld",
    "结果纠正": "corrected",
    "纠正": "corrected",
    "其他结果": "other_result",
    "尚未审结": "pending",
    "未审结": "pending",
    "总计": "total",
    "合计": "total",
    "共计": "total",
    "小计": "total",
}
REMEDY_GROUPS = {
    "行政复议": "reconsideration",
    "未经复议直接起诉": "litigation_direct",
    "未经行政复议直接起诉": "litigation_direct",
    "直接起诉": "litigation_direct",
    "复议后起诉": "litigation_after_reconsideration",
    "行政复议后起诉": "litigation_after_reconsideration",
    "经复议后起诉": "litigation_after_reconsideration",
}
LITIGATION = "行政诉讼"
CORNERS = frozenset({"信息内容", "本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和"})
_CAPTION = re.compile(r"第?二十条第?[(（]?([一二三四五六七八九])[)）]?项")
ART20_ITEMS = {"一": "art20_1", "五": "art20_5", "六": "art20_6", "八": "art20_8", "九": "art20_9"}


@lru_cache(maxsize=8192)
def caption_of(text: str) -> str:
    """The article 20 table a caption names (`art20_5` for 第二十条第（五）项), `` for any other text."""
    if "二十条" not in text.replace(" ", "") or len(text) > 40:
        return ""
    match = _CAPTION.search(re.sub(r"\s", "", fold(text)))
    return ART20_ITEMS.get(match[1], "") if match else ""


@lru_cache(maxsize=8192)
@lru_cache(maxsize=8192)
def is_corner(text: str) -> bool:
    """Is this the label of the row-label column (信息内容, the printed relation), which names no column of figures?"""
    packed = re.sub(r"\s", "", text)
    return "勾稽关系" in packed or "钩稽关系" in packed or key_of(text) in CORNERS


def similarity(one: str, other: str) -> float:
    """How alike two folded labels are, 0 to 1: one minus the edit distance over the longer length.

    >>> similarity("其他法律行政止公开", "其他法律行政法规禁止公开")
    0.75
    """
    if one == other:
        return 1.0
    longest = max(len(one), len(other))
    if not longest:
        return 1.0
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        current = [i]
        for j, b in enumerate(other, 1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b)))
        previous = current
    return 1 - previous[-1] / longest


def closest(label: str, candidates: Iterable[tuple[str, str]], least: float = 0.6, lead: float = 0.15) -> str | None:
    """The key of the one candidate (folded label, key) that is clearly the most alike, or None.

    Alike means `least` at least; clearly means `lead` before the next candidate of another key.
    """
    best, best_key, second = 0.0, None, 0.0
    for candidate, key in candidates:
        score = similarity(label, candidate)
        if score > best:
            if key != best_key:
                second = best
            best, best_key = score, key
        elif key != best_key and score > second:
            second = score
    return best_key if best >= least and best - second >= lead else None

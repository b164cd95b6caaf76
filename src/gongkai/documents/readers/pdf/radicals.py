"""Radicals and compatibility ideographs, which some PDF producers write where the ordinary character is meant.

A font draws ⼀ (U+2F00, the radical) and 一 (U+4E00, the number one) with the same glyph, and a producer that goes back
from glyph to character may pick either. Only these code points are mapped; punctuation and full-width forms stay.

Source: Unicode `EquivalentUnifiedIdeograph.txt` for the radicals that NFKC leaves alone.
"""

from __future__ import annotations

import unicodedata

# Radicals of the supplement block that are drawn exactly like a character of their own.
_SUPPLEMENT = {
    "⺁": "厂", "⺇": "几", "⺌": "小", "⺎": "兀", "⺏": "尣", "⺐": "尢", "⺒": "巳", "⺓": "幺", "⺛": "旡", "⺝": "月",
    "⺟": "母", "⺠": "民", "⺡": "氵", "⺥": "爫", "⺦": "丬", "⺧": "牛", "⺨": "犭", "⺩": "王", "⺫": "罒", "⺬": "示",
    "⺭": "礻", "⺮": "竹", "⺯": "糹", "⺰": "纟", "⺱": "罓", "⺲": "罒", "⺳": "网", "⺶": "羊", "⺷": "羊", "⺸": "羊",
    "⺹": "耂", "⺻": "聿", "⺼": "肉", "⺽": "臼", "⺾": "艹", "⺿": "艹", "⻀": "艹", "⻁": "虎", "⻂": "衤", "⻃": "覀",
    "⻄": "西", "⻅": "见", "⻆": "角", "⻇": "角", "⻈": "讠", "⻉": "贝", "⻊": "足", "⻋": "车", "⻌": "辶", "⻍": "辶",
    "⻎": "辶", "⻏": "阝", "⻐": "钅", "⻑": "長", "⻒": "镸", "⻓": "长", "⻔": "门", "⻕": "阜", "⻖": "阝", "⻗": "雨",
    "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻟": "飠", "⻠": "饣", "⻡": "首", "⻢": "马",
    "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻫": "斉", "⻬": "齐",
    "⻭": "歯", "⻮": "齿", "⻯": "竜", "⻰": "龙", "⻱": "龜", "⻲": "亀", "⻳": "龟",
}  # fmt: skip

_BLOCKS = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))


def _unified() -> dict[int, str]:
    table = {
        code: unicodedata.normalize("NFKC", chr(code)) for first, last in _BLOCKS for code in range(first, last + 1)
    }
    table.update({ord(radical): character for radical, character in _SUPPLEMENT.items()})
    return {code: text for code, text in table.items() if text != chr(code)}


_UNIFIED = _unified()


def unify(text: str) -> str:
    """The text with radicals and compatibility ideographs replaced by the characters they look like.

    >>> unify("⾏政⻔⼀（１）")
    '行政门一（１）'
    """
    return text.translate(_UNIFIED)

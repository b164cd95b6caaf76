"""Chinese and Arabic numbers as prose prints them."""

from __future__ import annotations

from decimal import Decimal

from gongkai.regulation.finding import Number

HAN_DIGITS = {
    "零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
HAN_SCALES = {"万": 10_000, "亿": 100_000_000}

_YEAR_DIGITS = {**{mark: str(value) for mark, value in HAN_DIGITS.items()}, "O": "0", "o": "0", "0": "0"}


def han_number(text: str) -> int | None:
    """The value of a Chinese numeral, None when it isn't one number (`三四十` is a range, `二〇二〇` a year).

    >>> han_number("二十六"), han_number("两"), han_number("一百零五"), han_number("百"), han_number("三四十")
    (26, 2, 105, 100, None)
    """
    total = section = 0
    digit: int | None = None
    for mark in text:
        if mark in HAN_DIGITS:
            if digit:
                return None
            digit = HAN_DIGITS[mark]
        elif mark in HAN_UNITS:
            section += (1 if digit is None else digit) * HAN_UNITS[mark]
            digit = None
        elif mark in HAN_SCALES:
            section += digit or 0
            total = (total + section) * HAN_SCALES[mark] if mark == "亿" else total + section * HAN_SCALES[mark]
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0) if text else None


def number(digits: str, scale: str = "") -> Number | None:
    """The value of a printed number with the scale word behind it; a whole number is an int, a fraction a Decimal.

    >>> number("126,048"), number("12.6", "万"), number("9.46"), number("二十六"), number("3", "千万")
    (126048, 126000, Decimal('9.46'), 26, 30000000)
    """
    if digits.isascii() and digits.isdigit() and not scale:
        return int(digits)
    if digits[:1].isascii():
        value = Decimal(digits.replace(",", "").replace("，", ""))
    else:
        han = han_number(digits)
        if han is None:
            return None
        value = Decimal(han)
    for mark in scale:
        value *= HAN_UNITS.get(mark) or HAN_SCALES[mark]
    return int(value) if value == value.to_integral_value() else value


def year(text: str) -> int | None:
    """A year in four digits, Arabic or Chinese.

    >>> year("2020"), year("二〇二三"), year("二○二O"), year("二十")
    (2020, 2023, 2020, None)
    """
    digits = text if text.isascii() and text.isdigit() else "".join(_YEAR_DIGITS.get(mark, "?") for mark in text)
    return int(digits) if len(digits) == 4 and digits.isdigit() else None

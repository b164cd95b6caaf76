"""From the braces of a part to its words: facts of the case and the office, and what the law of the day says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from gongkai.regulation.fees import Fee, fee_for_items, fee_for_pages
from gongkai.regulation.law import Law, law_on
from gongkai.regulation.letters.citing import basis_of, written
from gongkai.regulation.letters.facts import CaseFacts, FactValue, Office, known_facts
from gongkai.regulation.letters.kinds import Kind, chosen

OFFICE: Mapping[str, str] = MappingProxyType(
    {
        "agency": "行政机关名称",
        "court": "有管辖权的人民法院",
        "own_government": "本级人民政府",
        "superior": "上一级机关",
        "reconsideration_channel": "网上申请行政复议的渠道",
        "contact_person": "联系人",
        "contact_phone": "联系电话",
        "contact_address": "联系地址",
    }
)
"""What a letter takes from the office, and what that is called."""

_CASE_LAW: Mapping[str, str] = MappingProxyType(
    {
        "reply_days": "reply_period",
        "third_party_days": "third_party_opinion_period",
        "agency_days": "agency_opinion_period",
    }
)
"""Periods by the law of the case, which is that of the day of receipt."""

_LETTER_LAW: Mapping[str, str] = MappingProxyType(
    {
        "payment_days": "fee_payment_period",
        "reconsideration_days": "reconsideration_period",
        "lawsuit_months": "direct_lawsuit_period",
        "lawsuit_after_days": "lawsuit_after_reconsideration_period",
    }
)
"""Periods by the law of the letter's day."""

Answer = str | Mapping[str, str]


class Words(dict[str, Answer]):
    """Everything that can stand in braces, worked out when a part asks for it.

    What isn't known leaves a gap that names it, and its key in `missing`.
    """

    def __init__(self, kind: Kind, case: CaseFacts, law: Law, on: date) -> None:
        super().__init__()
        self.kind, self.case, self.law, self.on = kind, case, law, on
        self.missing: dict[str, str] = {}
        self._answers: Mapping[str, Callable[[], Answer]] = {
            "name": lambda: kind.name,
            "paper": lambda: kind.paper,
            "number": lambda: case.number or self.gap("number", "文号"),
            "addressee": lambda: case.addressee or self.gap("addressee", "收件人"),
            "date": lambda: in_chinese(on),
            "you": self._you,
            "basis": lambda: written(basis_of(kind, case.facts, on)),
            "cite": _Citations,
            "fee_yuan": lambda: self._fee_words(lambda fee: str(fee.yuan)),
            "fee_lines": lambda: self._fee_words(lambda fee: "；".join(_fee_lines(fee))),
            **{name: self._in_office(name) for name in OFFICE},
        }

    def __missing__(self, name: str) -> Answer:
        if name in self._answers:
            answer = self._answers[name]()
        elif name in _CASE_LAW:
            answer = str(self.law.parameter(_CASE_LAW[name], int).value)
        elif name in _LETTER_LAW:
            answer = str(law_on(self.on).parameter(_LETTER_LAW[name], int).value)
        else:
            answer = self._fact(name)
        self[name] = answer
        return answer

    def gap(self, key: str, label: str) -> str:
        """The words that stand where something is not known yet."""
        self.missing[key] = label
        return f"【待填：{label}】"

    def _fact(self, name: str) -> str:
        fact = known_facts()[name]
        value = self.case.facts.get(name)
        if value is None or value == () or (isinstance(value, str) and not value.strip()):
            return self.gap(name, fact.label)
        if fact.choices:
            return "；".join(fact.choices[choice] for choice in chosen(value))
        return said(value)

    def _you(self) -> str:
        if self.kind.recipient == "agency":
            return "你单位"
        return self._fact("addressee_kind")

    def _in_office(self, name: str) -> Callable[[], str]:
        return lambda: getattr(self.case.office, name) or self.gap(name, OFFICE[name])

    def _fee_words(self, say: Callable[[Fee], str]) -> str:
        fee = fee_of(self.case.facts, law_on(self.on))
        if fee is not None:
            return say(fee)
        counts = {"per_item": ("items_before", "item_count"), "per_page": ("page_count",)}
        wanted = counts.get(str(self.case.facts.get("fee_method")), ("fee_method",))
        return "".join(self.gap(key, known_facts()[key].label) for key in wanted if key not in self.case.facts)


class _Citations(dict[str, str]):
    def __missing__(self, source: str) -> str:
        return written([source])


def fee_of(facts: Mapping[str, FactValue], law: Law) -> Fee | None:
    """The fee that the facts come to; None while they don't say how it is counted. Source: fee-measure-2020 art. 4, 5."""
    method, items, before, pages = (
        facts.get(key) for key in ("fee_method", "item_count", "items_before", "page_count")
    )
    if method == "per_item" and isinstance(items, int) and isinstance(before, int):
        return fee_for_items(items, law, counted_before=before)
    if method == "per_page" and isinstance(pages, int):
        return fee_for_pages(pages, law)
    return None


def _fee_lines(fee: Fee) -> Iterator[str]:
    unit = "件" if fee.method == "per_item" else "页"
    for line in fee.lines:
        span = f"第{line.first}{unit}" + (f"至第{line.last}{unit}" if line.last > line.first else "")
        yield f"{span}每{unit}{line.yuan_each}元，计{line.yuan}元" if line.yuan_each else f"{span}不收费"


def reconsideration_body(office: Office, law: Law) -> str:
    """Who reconsiders the acts of an office, by the law of a day; empty when the office doesn't name it.

    Source: reconsideration-1999 art. 12, 13, 14; reconsideration-2023 art. 24, 25, 27.
    """
    rule = law.parameter(f"reconsideration_body_{office.kind}", str).value
    named = {
        "own_government": (office.own_government,),
        "own_government_or_superior": (office.own_government, office.superior),
        "superior": (office.superior,),
        "itself": (office.agency,),
    }[rule]
    return "或者".join(named) if all(named) else ""


def in_chinese(day: date) -> str:
    """A day as an official document writes it.

    >>> in_chinese(date(2024, 1, 2))
    '2024年1月2日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def said(value: FactValue) -> str:
    """A value as a letter says it."""
    return in_chinese(value) if isinstance(value, date) else str(value).strip()

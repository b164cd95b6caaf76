"""Letters for tests: an office of a made-up county, and every fact a kind asks for with a value that fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product

from gongkai.regulation.law import law_on
from gongkai.regulation.letters import (
    CaseFacts,
    Fact,
    FactValue,
    Letter,
    Office,
    kind_of,
    letter_number,
    questions,
    write_letter,
)

OFFICE = Office(
    agency="青溪县自然资源局",
    kind="department",
    code="青自然资",
    court="青溪县人民法院",
    own_government="青溪县人民政府",
    superior="池山市自然资源局",
    reconsideration_channel="青溪县人民政府网站行政复议专栏",
    contact_person="李经办",
    contact_phone="0000-1234567",
    contact_address="青溪县县府路1号",
)
BEFORE, AFTER = date(2023, 12, 20), date(2024, 3, 20)
"""Days of letters under the reconsideration law of 1999 and that of 2023."""


def case_of(kind: str, on: date, facts: Mapping[str, FactValue], *, number: str = "", addressee: str = "") -> CaseFacts:
    said = {
        "addressee_kind": "person",
        "application_number": "QX2024-0012",
        "received_on": on - timedelta(days=25),
        "requested": "《城东片区雨污分流工程方案》的有关材料",
        **facts,
    }
    number = number or letter_number(kind, OFFICE.code, on.year, 7)
    return CaseFacts(OFFICE, number, addressee or "孙申请人", said)


def filled_cases(kind: str, on: date) -> Iterator[CaseFacts]:
    """The facts a kind needs, once for each way of making the choices that decide its parts."""
    deciding = sorted({fact for pattern in kind_of(kind).patterns for fact in pattern.when})
    options = [
        [_choice(fact, choice) for choice in fact.choices] for fact, _ in questions(kind, {}) if fact.key in deciding
    ]
    keys = [fact.key for fact, _ in questions(kind, {}) if fact.key in deciding]
    for choices in product(*options):
        facts: dict[str, FactValue] = dict(zip(keys, choices, strict=True))
        for fact, _ in questions(kind, facts):
            facts.setdefault(fact.key, _value(fact, on))
        yield case_of(kind, on, facts)


def written(kind: str, case: CaseFacts, on: date) -> Letter:
    return write_letter(kind, case, law_on(on - timedelta(days=25)), on)


def _choice(fact: Fact, choice: str) -> FactValue:
    return (choice,) if fact.kind == "several" else choice


def _value(fact: Fact, on: date) -> FactValue:
    match fact.kind:
        case "text":
            return f"关于{fact.label}的说明"
        case "date":
            return on + timedelta(days=10 if fact.future else -10)
        case "count":
            return 120 if fact.key == "page_count" else 15
        case "choice" | "several":
            return _choice(fact, next(iter(fact.choices)))

"""Letters of an application for disclosure: which letter says what, written from facts, checked after editing."""

from gongkai.regulation.letters.checking import check_letter
from gongkai.regulation.letters.facts import (
    AgencyKind,
    CaseFacts,
    Fact,
    FactValue,
    Office,
    known_facts,
)
from gongkai.regulation.letters.kinds import FIRST_DAY, Kind, Pattern, kind_of, kinds, reply_kind
from gongkai.regulation.letters.paper import parts_to_document, to_document
from gongkai.regulation.letters.remedies import reconsideration_comes_first
from gongkai.regulation.letters.words import advice, label, message
from gongkai.regulation.letters.writing import Letter, Part, letter_number, questions, write_letter

__all__ = [
    "FIRST_DAY",
    "AgencyKind",
    "CaseFacts",
    "Fact",
    "FactValue",
    "Kind",
    "Letter",
    "Office",
    "Part",
    "Pattern",
    "advice",
    "check_letter",
    "kind_of",
    "kinds",
    "known_facts",
    "label",
    "letter_number",
    "message",
    "parts_to_document",
    "questions",
    "reconsideration_comes_first",
    "reply_kind",
    "to_document",
    "write_letter",
]

"""What a letter of a case says: the record's facts, what the officer adds, and the words `regulation.letters` makes of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gongkai.documents.model import Document, Mark
from gongkai.documents.writers import render
from gongkai.office.audit.codes import printed
from gongkai.office.audit.models import Seal
from gongkai.office.casework.letter_agency import office_of, settings_of
from gongkai.office.casework.letter_record import on_record
from gongkai.office.casework.models import (
    Letter,
    LetterSequence,
    Redaction,
)
from gongkai.regulation import letters
from gongkai.regulation.finding import Finding
from gongkai.regulation.law import law_on
from gongkai.regulation.letters import CaseFacts, FactValue, Part


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter as it reads on a day: its parts, what is wrong with it, and the facts it was written from."""

    kind: letters.Kind
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    facts: Mapping[str, FactValue]

    @property
    def errors(self) -> list[str]:
        """What has to be put right before it may be signed, in Chinese."""
        return [sentence(each) for each in self.findings if each.severity == "error"]

    @property
    def warnings(self) -> list[str]:
        """What somebody should look at, in Chinese."""
        return [sentence(each) for each in self.findings if each.severity != "error"]


def sentence(finding: Finding) -> str:
    """A finding with what to do about it."""
    return f"{letters.message(finding)}{letters.advice(finding)}"


def composed(letter: Letter, *, on: date, number: str = "") -> Composed:
    """A letter that is not signed yet, as it would be on a day."""
    application = letter.application
    kind = letters.kind_of(letter.kind)
    given = values(loaded(letter.given))
    known = {**on_record(application, letter.kind, on, given, letter.consultation), **given}
    case = CaseFacts(
        office=office_of(application.organ),
        number=number or preview_number(letter, on),
        addressee=addressee(letter),
        facts=known,
    )
    rule = law_on(application.receipt_on or application.submitted_on)
    written = letters.write_letter(letter.kind, case, rule, on)
    texts = loaded(letter.texts)
    parts = tuple(part if part.locked else replace(part, text=texts.get(part.key, part.text)) for part in written.parts)
    return Composed(kind, parts, letters.check_letter(parts, letter.kind, case, rule, on), known)


def questions(letter: Letter, *, on: date) -> list[tuple[letters.Fact, bool]]:
    """What the officer still has to say, with whether the letter can't do without it: what the record says is not asked."""
    given = values(loaded(letter.given))
    known = on_record(letter.application, letter.kind, on, given, letter.consultation)
    asked = letters.questions(letter.kind, {**known, **given})
    return [(fact, needed) for fact, needed in asked if fact.key not in known]


def addressee(letter: Letter) -> str:
    """Whom a letter is addressed to."""
    if letters.kind_of(letter.kind).recipient == "applicant":
        return letter.application.applicant_name
    return letter.consultation.name if letter.consultation else letter.receiver


def content_hash(parts: Sequence[Part], redaction: Redaction | None = None) -> str:
    """SHA-256 of what is submitted and signed: every part but number and day, which signing gives, and the redacted copy."""
    said = [[part.key, part.text] for part in parts if part.key not in ("number", "date")]
    said.append(["copy", redaction.copy.sha256 if redaction else ""])
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def redaction_of(letter: Letter) -> Redaction | None:
    """The redacted copy that goes with a reply that discloses in part."""
    if letter.kind != letters.reply_kind("partial"):
        return None
    return letter.application.redactions.select_related("copy", "original").order_by("-id").first()


def parts_of(letter: Letter) -> tuple[Part, ...]:
    """The parts of a signed letter, as they were signed; none once the case was erased."""
    return tuple(Part(key, text, locked) for key, text, locked in json.loads(letter.parts or "[]"))


def document_of(parts: Sequence[Part], seal: Seal | None, issuer: str, site: str) -> Document:
    """The letter on paper, with its verification code at the foot once it is sealed."""
    document = letters.parts_to_document(parts)
    if seal is None:
        return document
    code = printed(seal.code)
    lines = (
        f"本文书由{issuer}出具，送达的文本以加盖印章的为准。",
        f"校验码：{code}　　文本摘要值（SHA-256）：{seal.text_hash[:16]}……",
        "核对真伪：扫描二维码，或者在下列网页输入校验码、比对文件。",
    )
    return replace(document, mark=Mark(lines, f"{site}/verify/{code}/"))


def preview_number(letter: Letter, on: date) -> str:
    """The number a letter would get if it were signed now; another may take it before."""
    kind = letters.kind_of(letter.kind)
    sequence = LetterSequence.objects.filter(organ=letter.application.organ, series=kind.series, year=on.year).first()
    return number_of(letter, on, (sequence.last if sequence else 0) + 1)


def number_of(letter: Letter, on: date, serial: int) -> str:
    """The number of a letter by its place in the series of the year."""
    return letters.letter_number(letter.kind, settings_of(letter.application.organ).code, on.year, serial)


def loaded(stored: str) -> dict[str, Any]:
    """JSON as it is stored in a sealed column."""
    found: dict[str, Any] = json.loads(stored) if stored else {}
    return found


def values(given: Mapping[str, Any]) -> dict[str, FactValue]:
    """Facts from JSON as `regulation.letters` takes them; what is no fact of letters, or empty, is left out.

    Errors: ValueError for a value that can't be what its fact is.
    """
    found: dict[str, FactValue] = {}
    for key, value in given.items():
        fact = letters.known_facts().get(key)
        if fact is None or value in (None, "", []):
            continue
        match fact.kind:
            case "date":
                found[key] = value if isinstance(value, date) else date.fromisoformat(str(value))
            case "count":
                found[key] = int(value)
            case "several":
                found[key] = tuple(value)
            case _:
                found[key] = str(value)
    return found


def hash_of(document: Document) -> str:
    """SHA-256, in hexadecimal, of a letter as plain text without its mark."""
    return hashlib.sha256(render(replace(document, mark=None), "text")).hexdigest()

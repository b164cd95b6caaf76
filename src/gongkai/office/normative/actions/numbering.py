"""The one counter of a body and a year (统一登记、统一编号)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.normative import policy
from gongkai.office.normative.actions.entering import enter, locked, settle
from gongkai.office.normative.facts import standing_events
from gongkai.office.normative.models import NormativeDocument, NormativeEvent, RegisterSequence
from gongkai.regulation.disclosure.document_number import read_document_number
from gongkai.regulation.disclosure.words import CATALOGUE


@transaction.atomic
def number(
    document: NormativeDocument, *, on: date, by: User, at: datetime, document_number: str = ""
) -> NormativeEvent:
    """Register a document and give it the next number of its body's counter for the year.

    The registration number is always the counter's. The document number is too, as 代字规〔年〕号, unless the body numbers all
    its papers in one series and says which number this one got (`document_number`).
    Errors: Refused for a document that has a number, a body without its letters (代字), a number that can't be read or is taken.
    """
    policy.require_document(by, "number", document, on=localdate(at))
    document = locked(document)
    if standing_events().filter(document=document, kind="numbered").exists():
        raise Refused(f"这件文件已经编号（{document.document_number}）。一件文件只编一个号。")
    letters = document.organ.issuer_code
    if not letters:
        raise Refused(f"{document.organ.name}还没有登记发文机关代字，不能编号。请先在机关信息里填写代字，例如“青政”。")
    written = _in_order(document_number, on) if document_number.strip() else ""
    if written and NormativeDocument.objects.filter(organ=document.organ, document_number=written).exists():
        raise Refused(f"{written}已经编给{document.organ.name}的另一件文件。请核对文号，或者留空由系统编号。")
    serial = _next(document, on.year)
    if not written:
        written = f"{letters}规〔{on.year}〕{serial}号"
    detail = {"document_number": written, "registration_number": f"{letters}规登〔{on.year}〕{serial}号"}
    event = enter(document, "numbered", detail, on=on, by=by, at=at)
    settle(document, at=at)
    return event


def _next(document: NormativeDocument, year: int) -> int:
    """The next number; rolled back with the caller's transaction, so that none is lost and none is given twice."""
    counter = RegisterSequence.objects.select_for_update().get_or_create(organ=document.organ, year=year)[0]
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _in_order(text: str, on: date) -> str:
    """A document number in the statutory form. Errors: Refused when it can't be read."""
    read = read_document_number(text, on)
    if read.number is None:
        said = "".join(CATALOGUE.message(finding) for finding in read.findings)
        raise Refused(f"读不出文号“{text}”。{said}请按“青政规〔2024〕3号”的样子填写。")
    return str(read.number)

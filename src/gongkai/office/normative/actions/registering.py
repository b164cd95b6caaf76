"""Registering a document, describing it, and joining it to the item by which it is public."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import Act, record
from gongkai.office.normative import policy
from gongkai.office.normative.actions.entering import PROCEDURE, actor, locked, settle, subject
from gongkai.office.normative.models import NormativeDocument
from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import Item

DESCRIBED = (
    "title",
    "level",
    "drafting_organ",
    "affects_rights",
    "concerns_business",
    "emergency_reason",
    "contact_unit",
    "contact_phone",
)
"""What a person says of a document; everything else follows from its events and its item."""


def level_of(organ: Organ) -> str:
    """The class of what an agency makes."""
    of_government = organ.kind in (Organ.Kind.GOVERNMENT, Organ.Kind.TOWNSHIP)
    return NormativeDocument.Level.GOVERNMENT if of_government else NormativeDocument.Level.DEPARTMENT


@transaction.atomic
def register(organ: Organ, *, title: str, by: User, at: datetime, **particulars: Any) -> NormativeDocument:
    """Open the record of a document that an agency is going to make, or has made.

    `particulars` are those of `DESCRIBED`, and `is_older` for a document from before the system.
    """
    policy.require(by, "register", organ, on=localdate(at))
    if not title.strip():
        raise Refused("请填写文件标题。没有标题，台账里找不到它。")
    document = NormativeDocument.objects.create(
        organ=organ,
        title=title.strip(),
        registered_at=at,
        **{"level": level_of(organ), "contact_unit": organ.name, **particulars},
    )
    told = {"organ": organ.code, "title": document.title, "is_older": document.is_older}
    record(Act(actor(by), "normative.register", subject(document), PROCEDURE, told), at=at)
    return document


@transaction.atomic
def describe(document: NormativeDocument, *, by: User, at: datetime, **particulars: Any) -> NormativeDocument:
    """Change what is said of a document. Its dates are no part of that: they are events."""
    policy.require_document(by, "register", document, on=localdate(at))
    document = locked(document)
    if unknown := set(particulars) - set(DESCRIBED):
        raise TypeError(f"no particulars of a document: {', '.join(sorted(unknown))}")
    changed = {name: value for name, value in particulars.items() if getattr(document, name) != value}
    if not changed:
        return document
    for name, value in changed.items():
        setattr(document, name, value)
    document.save(update_fields=list(changed))
    told = {name: str(value) for name, value in changed.items()}
    record(Act(actor(by), "normative.describe", subject(document), PROCEDURE, told), at=at)
    settle(document, at=at)
    return document


@transaction.atomic
def link(document: NormativeDocument, item: Item, *, by: User, at: datetime) -> NormativeDocument:
    """Join a document to its item: its publication, number, term and text are that item's from here on."""
    policy.require_document(by, "register", document, on=localdate(at))
    document = locked(document)
    if document.item is not None:
        raise Refused(f"这件文件已经对应公开信息“{document.item.title}”。对应错了的，先更正登记再重新对应。")
    if item.organ_id != document.organ_id:
        raise Refused(
            f"“{item.title}”由{item.organ.name}公开，不是制定机关{document.organ.name}的信息，不能作为这件文件的公开文本。"
        )
    other = NormativeDocument.objects.filter(item=item).first()
    if other is not None:
        raise Refused(f"“{item.title}”已经对应规范性文件“{other.title}”，一条信息只对应一件文件。")
    document.item = item
    document.save(update_fields=["item"])
    told = {"item": item.pk, "title": item.title}
    record(Act(actor(by), "normative.link", subject(document), PROCEDURE, told), at=at)
    settle(document, at=at)
    return document

"""The agency as its letters name it: as it was set, else as far as the tree of agencies tells."""

from __future__ import annotations

from gongkai.office.casework.models import LetterSettings
from gongkai.office.organs.models import DisclosureOffice, Organ
from gongkai.regulation.letters import Office


def settings_of(organ: Organ) -> LetterSettings:
    """What an agency's letters name: as it was set, else as far as the tree of agencies tells (not saved)."""
    found = LetterSettings.objects.filter(organ=organ).first()
    if found is not None:
        return found
    is_government = organ.kind in (Organ.Kind.GOVERNMENT, Organ.Kind.TOWNSHIP)
    above = organ.parent
    government = above
    while government is not None and government.kind != Organ.Kind.GOVERNMENT:
        government = government.parent
    office = DisclosureOffice.objects.filter(organ=organ).first()
    return LetterSettings(
        organ=organ,
        agency_kind="government" if is_government else "department",
        code=organ.issuer_code or organ.short_name or organ.name,
        own_government="" if is_government or government is None else government.name,
        superior=above.name if above else "",
        contact_person=office.name if office else "",
        contact_phone=office.phone if office else organ.phone,
        contact_address=office.address if office else organ.address,
    )


def office_of(organ: Organ) -> Office:
    """The agency as letters name it."""
    found = settings_of(organ)
    return Office(
        agency=organ.name,
        kind=found.agency_kind,  # type: ignore[arg-type]
        code=found.code,
        court=found.court,
        own_government=found.own_government,
        superior=found.superior,
        reconsideration_channel=found.reconsideration_channel,
        contact_person=found.contact_person,
        contact_phone=found.contact_phone,
        contact_address=found.contact_address,
    )

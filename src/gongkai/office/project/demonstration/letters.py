"""What the county's letters name, and a reply that waits to be signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from gongkai.office.accounts.models import User
from gongkai.office.casework.actions.writing import draft_letter, submit_letter
from gongkai.office.casework.letter_agency import settings_of
from gongkai.office.casework.models import Application, Letter, LetterSettings
from gongkai.office.organs.models import Organ
from gongkai.regulation.letters import reply_kind


def set_up_letters(organs: Mapping[str, Organ]) -> int:
    """Court, reconsideration and contact of every agency, so that letters can be signed at once; gives how many."""
    made = []
    for organ in organs.values():
        found = settings_of(organ)
        is_county = found.agency_kind == LetterSettings.AgencyKind.GOVERNMENT and organ.parent is None
        found.court = "云岭市中级人民法院" if is_county else "青溪县人民法院"
        found.superior = "云岭市人民政府" if is_county else found.superior
        found.contact_person = found.contact_person or organ.short_name or organ.name
        found.contact_phone = found.contact_phone or organ.phone
        found.contact_address = found.contact_address or organ.address
        found.payment_way = "凭收费通知书到青溪县政务服务中心非税收入窗口缴纳。"
        made.append(found)
    return len(LetterSettings.objects.bulk_create(made))


def waiting_replies(cases: Iterable[Application], people: Mapping[str, User], *, at: datetime) -> list[Letter]:
    """A reply for each case that was decided: drafted and submitted, for somebody else to sign."""
    made = []
    for case in cases:
        case.refresh_from_db()
        if case.decided_outcome and case.closed_on is None:
            letter = draft_letter(case, reply_kind(case.decided_outcome), by=people["case"], at=at)
            made.append(submit_letter(letter, by=people["case"], at=at))
    return made

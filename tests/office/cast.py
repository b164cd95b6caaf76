"""The standing cast: a small county, its staff, and somebody who must never get in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from gongkai.office.accounts.models import Appointment, Role, User
from gongkai.office.organs.actions import found
from gongkai.office.organs.models import Organ, Site
from gongkai.office.publishing.models import Column

NOW = datetime(2024, 4, 12, 1, 0, tzinfo=UTC)
"""Nine in the morning of a Friday, in Beijing."""
TODAY = date(2024, 4, 12)
PASSWORD = "Qingxi-2024-office"


@dataclass(frozen=True)
class Cast:
    """Everybody by the part they play. `outsider` (钱外人) holds every role, but in another department."""

    county: Organ
    education: Organ
    water: Organ
    column: Column
    editor: User
    first: User
    second: User
    final: User
    secrecy: User
    officer: User
    administrator: User
    outsider: User


def assemble() -> Cast:
    """Make the county and its people, in an empty office."""
    county = found(
        by="test",
        at=NOW,
        parent=None,
        code="qingxi",
        name="青溪县人民政府",
        short_name="青溪县政府",
        kind=Organ.Kind.GOVERNMENT,
        credit_code="11990001MB0A00001N",
        issuer_code="青政",
    )
    education = found(
        by="test",
        at=NOW,
        parent=county,
        code="qingxi-education",
        name="青溪县教育局",
        kind=Organ.Kind.DEPARTMENT,
        credit_code="11990001MB0A00002L",
        issuer_code="青教",
    )
    water = found(
        by="test",
        at=NOW,
        parent=county,
        code="qingxi-water",
        name="青溪县水利局",
        kind=Organ.Kind.DEPARTMENT,
        credit_code="11990001MB0A00003J",
        issuer_code="青水",
    )
    Site.objects.create(name="青溪县政府信息公开平台", organ=county, identification_code="9900010001")
    column = Column.objects.create(code="notices", name="通知公告", path="0001.")
    people = {
        part: _staff(name, f"A{number:03d}")
        for number, (part, name) in enumerate(
            [
                ("editor", "张起草"),
                ("first", "李初审"),
                ("second", "王复审"),
                ("final", "赵终审"),
                ("secrecy", "周保密"),
                ("officer", "吴公开"),
                ("administrator", "郑管理"),
                ("outsider", "钱外人"),
            ],
            start=1,
        )
    }
    for part, role in (
        ("editor", Role.EDITOR),
        ("first", Role.FIRST_REVIEWER),
        ("second", Role.SECOND_REVIEWER),
        ("final", Role.FINAL_REVIEWER),
        ("secrecy", Role.SECRECY_REVIEWER),
    ):
        appoint(people[part], role, education)
    appoint(people["officer"], Role.DISCLOSURE_OFFICER, county, with_subordinates=True)
    appoint(people["administrator"], Role.ADMINISTRATOR, county, with_subordinates=True)
    for role in Role:
        appoint(people["outsider"], role, water)
    return Cast(county, education, water, column, **people)


def appoint(user: User, role: Role, organ: Organ, *, with_subordinates: bool = False) -> Appointment:
    """Give somebody a role since New Year."""
    return Appointment.objects.create(
        user=user, role=role, organ=organ, with_subordinates=with_subordinates, from_date=date(2024, 1, 1)
    )


def _staff(name: str, number: str) -> User:
    return User.objects.create_user(username=number.lower(), password=PASSWORD, name=name, staff_number=number)

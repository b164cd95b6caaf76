"""Loads the demonstration county into an empty office: agencies, site, columns, staff, what is public, work under way."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import Appointment, Role, User
from gongkai.office.audit.actions import SYSTEM, Act, record
from gongkai.office.normative.actions.following import catch_up
from gongkai.office.organs.actions import found
from gongkai.office.organs.models import DisclosureOffice, Duty, Leader, Organ, Shift, Site, Unit
from gongkai.office.project.demonstration.cases import two_of_2020, under_way
from gongkai.office.project.demonstration.channels import post
from gongkai.office.project.demonstration.engagement import engage
from gongkai.office.project.demonstration.items import YEAR, DemonstrationItem, items
from gongkai.office.project.demonstration.letters import set_up_letters, waiting_replies
from gongkai.office.project.demonstration.received import receive_reports
from gongkai.office.project.demonstration.reports import make_reports, open_year
from gongkai.office.project.demonstration.services import serve
from gongkai.office.project.demonstration.underway import begin_work
from gongkai.office.project.demonstration.wording import data
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.importing.batches import write_batch
from gongkai.office.publishing.importing.rows import Incoming
from gongkai.office.publishing.models import CatalogueRow, Column, ImportRun
from gongkai.office.publishing.search import following_beside
from gongkai.regulation.disclosure.catalogue import channels
from gongkai.regulation.disclosure.numbers.credit_code import check_character

PASSWORD = "qingxi-demo-2020"
"""Everybody's in the demonstration; printed by the command that makes it."""
SIGN_INS = (
    ("editor", "信息编辑"),
    ("first", "初审"),
    ("second", "复审"),
    ("final", "终审"),
    ("secrecy", "保密审查"),
    ("officer", "政务公开办"),
    ("case", "依申请公开经办"),
    ("approver", "依申请公开审签"),
    ("admin", "系统管理"),
    ("auditor", "审计"),
)
"""The people who can sign in, and what they are."""
SOURCE = "演示数据"
_BATCH = 1000
_SEED = 990000
_DUTY_DAYS = 7

Tell = Callable[[str, str], None]
"""Is told how far it has come, in Chinese and in English."""


class NotEmpty(Exception):
    """There is something in this office already; a demonstration is never mixed with real records."""


def is_loaded() -> bool:
    """Is the county here?"""
    return ImportRun.objects.filter(source=SOURCE).exists()


def load(*, at: datetime, tell: Tell = lambda chinese, english: None) -> None:
    """Make the county. `at` is the moment it is made; what it published has its own dates.

    Errors: NotEmpty.
    """
    if Organ.objects.exists() or User.objects.exists():
        raise NotEmpty("这里已经有机关或者工作人员，不再加入演示数据。请换一个空的数据目录（GONGKAI_DATA）。")
    chance = random.Random(_SEED)
    with transaction.atomic():
        organs = _organs(chance, at)
        _site(organs["qingxi"])
        columns = _columns()
        rows = _catalogue()
        people = _people(organs, chance, at)
        record(Act(SYSTEM, "project.demonstrate", "organs.site:1", detail={"seed": _SEED}), at=at)
    tell(
        f"机关 {len(organs)} 个，栏目 {len(columns)} 个，工作人员 {len(people)} 人",
        f"{len(organs)} agencies, {len(columns)} columns, {len(people)} people",
    )
    _publish(items(), organs, columns, rows, people["admin"], at, tell)
    tell(*_registered(catch_up(at=at)))
    entries = engage(organs, people, at=at) + serve(organs, at=at) + post(organs, at=at)
    tell(f"解读、回应、留言、办件、新媒体等台账 {entries} 条", f"{entries} entries in ledgers, from messages to posts")
    begin_work(organs, columns, people, at=at)
    past, open_cases = two_of_2020(organs, people), under_way(organs, people, at=at)
    set_up_letters(organs)
    waiting_replies(open_cases, people, at=at)
    tell(
        f"依申请公开：2020年{len(past)}件，在办{len(open_cases)}件",
        f"applications: {len(past)} of 2020, {len(open_cases)} under way",
    )
    tell("在办稿件：起草、初审、复审、终审各一件，退回一件", "drafts: one at each step of the reviews, one returned")
    # Last of all: these count what the others have put there, and the county's is compared with the year before.
    opened = open_year(organs, people)
    received = receive_reports(organs, people, at=at)
    tell(f"收到的年度报告 {received} 份", f"{received} annual reports of others")
    done = make_reports(opened, people)
    tell(
        f"{YEAR}年度报告已从台账统计，经三审公开；下级机关另有 {done} 份在这里编制并报送",
        f"the annual report of {YEAR}, counted from the ledger and published; {done} of its agencies' handed in here",
    )


def _registered(count: int) -> tuple[str, str]:
    return f"规范性文件 {count} 件", f"{count} normative documents"


def _organs(chance: random.Random, at: datetime) -> dict[str, Organ]:
    listed = data("organs.toml")
    county = found(
        by=SYSTEM, at=at, parent=None, kind=Organ.Kind.GOVERNMENT, **_particulars(listed["county"], 0, "文昌路1号")
    )
    _govern(county, listed["county"], localdate(at))
    organs = {county.code: county}
    for number, entry in enumerate(listed["organ"], start=1):
        address = f"文昌路{number + 1}号"
        organ = found(by=SYSTEM, at=at, parent=county, kind=entry["kind"], **_particulars(entry, number, address))
        organs[organ.code] = organ
        _powers(organ, entry, chance)
    for number, organ in enumerate(organs.values()):
        DisclosureOffice.objects.create(
            organ=organ,
            name="政务公开办公室" if organ.kind == Organ.Kind.GOVERNMENT else f"{organ.short_name}办公室",
            address=organ.address,
            office_hours=organ.office_hours,
            phone=f"0000-{1234567 + number}",
            postcode=organ.postcode,
        )
    return organs


def _particulars(entry: dict[str, Any], number: int, address: str) -> dict[str, Any]:
    body = f"11990000MB{number:07d}"
    return {
        "code": entry["code"],
        "name": entry["name"],
        "short_name": entry["short_name"],
        "issuer_code": entry["issuer_code"],
        "position": number,
        "credit_code": body + check_character(body),
        "region_code": "990000",
        "address": f"青溪县{address}",
        "postcode": "990000",
        "office_hours": "周一至周五 上午8:30—12:00，下午2:30—5:30（法定节假日除外）",
        "phone": f"0000-{1234567 + number}",
    }


def _govern(county: Organ, entry: dict[str, Any], on: date) -> None:
    """The county government's functions, its leaders, and who is on duty in the week to come."""
    chance = random.Random(_SEED + 1)
    Duty.objects.bulk_create(
        Duty(organ=county, position=position, text=text, legal_basis=entry["legal_basis"])
        for position, text in enumerate(entry["duties"], start=1)
    )
    leaders = Leader.objects.bulk_create(
        Leader(organ=county, position=position, name=_name(chance), **each)
        for position, each in enumerate(entry["leaders"], start=1)
    )
    Shift.objects.bulk_create(
        Shift(
            organ=county,
            position=position,
            day=on + timedelta(days=position - 1),
            leader=leaders[position % len(leaders)].name,
            person=_name(chance),
            phone=county.phone,
        )
        for position in range(1, _DUTY_DAYS + 1)
    )


def _powers(organ: Organ, entry: dict[str, Any], chance: random.Random) -> None:
    """Functions, units and leaders of an agency (权力配置)."""
    Duty.objects.bulk_create(
        Duty(organ=organ, position=position, text=text) for position, text in enumerate(entry["duties"], start=1)
    )
    units = (
        ("办公室", "文件运转、政务公开、会务和后勤。"),
        ("业务股", "办理本机关的主要业务。"),
        ("法规监督股", "执法监督、合法性审核和信访。"),
    )
    Unit.objects.bulk_create(
        Unit(organ=organ, position=position, name=name, functions=functions, phone=f"{organ.phone}-{position}")
        for position, (name, functions) in enumerate(units, start=1)
    )
    heads = ("主持全面工作。", "分管办公室、政务公开工作。", "分管业务工作。")
    title = _head_of(organ.name)
    Leader.objects.bulk_create(
        Leader(
            organ=organ,
            position=position,
            name=_name(chance),
            title=title if position == 1 else f"副{title}",
            portfolio=portfolio,
        )
        for position, portfolio in enumerate(heads, start=1)
    )


def _head_of(name: str) -> str:
    """What the head of an agency is called, by the ending of its name."""
    heads = (("镇人民政府", "镇长"), ("乡人民政府", "乡长"), ("局", "局长"))
    return next((head for ending, head in heads if name.endswith(ending)), "主任")


def _site(county: Organ) -> None:
    Site.objects.create(
        name="青溪县政府信息公开平台",
        organ=county,
        identification_code="9900000001",
        organiser="青溪县人民政府办公室",
        operator="青溪县数据资源管理局",
        phone="0000-1234567",
        address="青溪县文昌路1号",
    )


def _columns() -> dict[str, Column]:
    columns: dict[str, Column] = {}
    places: dict[str, int] = {}
    for entry in data("columns.toml")["column"]:
        parent = columns.get(entry.get("parent", ""))
        above = parent.path if parent else ""
        places[above] = places.get(above, 0) + 1
        columns[entry["code"]] = Column.objects.create(
            code=entry["code"],
            name=entry["name"],
            kind=entry["kind"],
            parent=parent,
            path=f"{above}{places[above]:04d}.",
            art20_category=entry.get("art20", ""),
            update_interval_days=entry.get("interval"),
            nothing_expected_reason=entry.get("nothing_expected", ""),
        )
    return columns


def _catalogue() -> dict[str, list[CatalogueRow]]:
    """Rows of the 26 standard catalogues, by field."""
    made = CatalogueRow.objects.bulk_create(
        CatalogueRow(
            field=field,
            number=number,
            item_level1=matter[0],
            item_level2=matter[1],
            content_elements=[matter[1], "办理依据", "责任机关和联系方式"],
            legal_basis=["【法律法规】《中华人民共和国政府信息公开条例》"],
            time_limit_days=20,
            responsible_body="县有关主管部门、各乡镇人民政府",
            channels=list(channels())[:2],
            level_township_village=number == len(matters),
        )
        for field, matters in data("catalogue.toml")["rows"].items()
        for number, matter in enumerate(matters, start=1)
    )
    rows: dict[str, list[CatalogueRow]] = {}
    for row in made:
        rows.setdefault(row.field, []).append(row)
    return rows


def _people(organs: dict[str, Organ], chance: random.Random, at: datetime) -> dict[str, User]:
    """The people whose names stand in the introduction, and an editor and a first reviewer in every agency."""
    county, office = organs["qingxi"], organs["qingxi-office"]
    known = (
        ("editor", "林起草", Role.EDITOR, office, False),
        ("first", "苏初阅", Role.FIRST_REVIEWER, office, False),
        ("second", "程复核", Role.SECOND_REVIEWER, county, True),
        ("final", "顾终定", Role.FINAL_REVIEWER, county, True),
        ("secrecy", "白守密", Role.SECRECY_REVIEWER, county, True),
        ("officer", "江公开", Role.DISCLOSURE_OFFICER, county, True),
        ("case", "邵经办", Role.CASE_OFFICER, county, True),
        ("approver", "贺审签", Role.CASE_APPROVER, county, True),
        ("admin", "梁管理", Role.ADMINISTRATOR, county, True),
        ("auditor", "汪审计", Role.AUDITOR, county, True),
    )
    people = {}
    for number, (username, name, role, organ, below) in enumerate(known, start=1):
        people[username] = _person(username, name, f"QX{number:04d}", PASSWORD)
        _appoint(people[username], role, organ, with_subordinates=below)
    # The government's own information, its annual report too, is its office's work.
    _appoint(people["editor"], Role.EDITOR, county)
    _appoint(people["first"], Role.FIRST_REVIEWER, county)
    number = len(known)
    for organ in organs.values():
        for role in (Role.EDITOR, Role.FIRST_REVIEWER):
            number += 1
            username = f"{role}-{organ.code.removeprefix('qingxi-')}"
            people[username] = _person(username, _name(chance), f"QX{number:04d}", None)
            _appoint(people[username], role, organ)
    return people


def _person(username: str, name: str, number: str, password: str | None) -> User:
    return User.objects.create_user(username=username, password=password, name=name, staff_number=number)


def _appoint(user: User, role: Role, organ: Organ, *, with_subordinates: bool = False) -> None:
    Appointment.objects.create(
        user=user, role=role, organ=organ, with_subordinates=with_subordinates, from_date=date(2012, 1, 1)
    )


def _name(chance: random.Random) -> str:
    slots = data("slots.toml")
    return str(chance.choice(slots["family"]) + chance.choice(slots["given"]))


def _publish(
    made: list[DemonstrationItem],
    organs: dict[str, Organ],
    columns: dict[str, Column],
    rows: dict[str, list[CatalogueRow]],
    by: User,
    at: datetime,
    tell: Tell,
) -> None:
    """Everything the county has published comes in as an import, which is what a new installation's past is."""
    run = ImportRun.objects.create(
        source=SOURCE, file_name="demonstration", file_sha256="", started_by=by, started_at=at
    )
    waiting: Iterator[DemonstrationItem] = iter(made)
    with following_beside() as beside:
        while some := list(islice(waiting, _BATCH)):
            beside.expect(len(some))
            batch = [_incoming(each, organs, columns, rows) for each in some]
            write_batch(run, batch, rows_done=run.rows_done + len(batch), actor=SYSTEM, at=at)
            tell(f"公开信息 {run.rows_done} 条", f"{run.rows_done} items public")
    run.finished_at = at + timedelta(seconds=1)
    run.save(update_fields=["finished_at"])


def _incoming(
    each: DemonstrationItem,
    organs: dict[str, Organ],
    columns: dict[str, Column],
    rows: dict[str, list[CatalogueRow]],
) -> tuple[Incoming, Content]:
    topics = tuple(columns[code].pk for code in each.topics)
    # Each item of a field stands under one of its catalogue rows, always the same.
    matters = rows.get(each.fields["grassroots_field"], [])
    row = matters[len(each.fields["title"]) % len(matters)].pk if matters else None
    content = Content(column=columns[each.column].pk, topics=topics, catalogue_row=row, **each.fields)
    incoming = Incoming(
        row=0,
        organ=organs[each.organ].pk,
        column=content.column,
        published_at=each.published_at,
        identifier="",
        index_number="",
        topics=topics,
        attachments=(),
    )
    return incoming, content

"""Asking agencies for what the office can't count; answering, and returning an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import Act, record, record_all
from gongkai.office.organs.models import Organ
from gongkai.office.publishing.content import AttachedFile
from gongkai.office.reporting import policy
from gongkai.office.reporting.contributing import asked_cells, plain
from gongkai.office.reporting.models import Contribution, ContributionEntry
from gongkai.office.reporting.record import REPORT, actor
from gongkai.regulation.annual_report.cell_names import CellName, cell_names
from gongkai.regulation.annual_report.forms import EDITIONS


def subject(contribution: Contribution) -> str:
    """A contribution as the log names it."""
    return f"reporting.contribution:{contribution.pk}"


def name_of(key: str) -> CellName:
    """What people call a cell, whatever edition has it, the newest first. Errors: KeyError."""
    return next(cell_names(edition)[key] for edition in reversed(EDITIONS) if key in cell_names(edition))


@transaction.atomic
def ask(
    organs: Iterable[Organ], year: int, edition: str, *, due_on: date, by: User, at: datetime, keys: Iterable[str] = ()
) -> list[Contribution]:
    """Ask agencies for the cells that are to be asked (or some of them, `keys`) by a day; gives those newly asked.

    Errors: Refused without the role in one of the agencies, or for a day that is past.
    """
    today = localdate(at)
    if due_on < today:
        raise Refused(f"报送期限{due_on}已经过去，被布置的机关来不及报。请定在今天或者以后。")
    asked: list[Contribution] = []
    for organ in organs:
        policy.require(by, "ask", organ, on=today)
        have = set(Contribution.objects.filter(organ=organ, year=year).values_list("key", flat=True))
        wanted = [key for key in asked_cells(organ, edition) if key not in have and (not keys or key in keys)]
        asked += Contribution.objects.bulk_create(
            Contribution(organ=organ, year=year, key=key, due_on=due_on, asked_by=by, asked_at=at) for key in wanted
        )
    record_all(
        (
            Act(
                actor(by),
                "reporting.ask",
                subject(each),
                REPORT,
                {"organ": each.organ.code, "year": year, "key": each.key, "due_on": due_on.isoformat()},
            )
            for each in asked
        ),
        at=at,
    )
    return asked


@transaction.atomic
def answer(
    contribution: Contribution,
    value: Decimal | int,
    *,
    evidence: str,
    by: User,
    at: datetime,
    file: AttachedFile | None = None,
) -> ContributionEntry:
    """Enter an agency's number with what it rests on; a later answer corrects an earlier one, which stays on file.

    Errors: Refused: without the role; a number the cell can't hold; no evidence.
    """
    policy.require(by, "answer", contribution.organ, on=localdate(at))
    contribution = Contribution.objects.select_for_update(of=("self",)).select_related("organ").get(pk=contribution.pk)
    _refuse_value(contribution.key, Decimal(value))
    if not evidence.strip():
        raise Refused("请写明数据的依据（台账、系统名称或者文件）。没有依据的数，以后无法核对。")
    entry = contribution.entries.create(
        kind=ContributionEntry.Kind.ANSWERED,
        on=localdate(at),
        value=value,
        evidence=evidence.strip(),
        file_id=file.sha256 if file else None,
        file_name=file.name if file else "",
        by=by,
        at=at,
    )
    _record(contribution, entry, by=by, at=at)
    return entry


@transaction.atomic
def return_answer(contribution: Contribution, *, reason: str, by: User, at: datetime) -> ContributionEntry:
    """Give an answer back with the reason; until it is answered again, the number counts nowhere.

    Errors: Refused: without the role; nothing answered; no reason.
    """
    policy.require(by, "return_answer", contribution.organ, on=localdate(at))
    contribution = Contribution.objects.select_for_update(of=("self",)).select_related("organ").get(pk=contribution.pk)
    last = contribution.entries.order_by("-pk").first()
    if last is None or last.kind == ContributionEntry.Kind.RETURNED:
        raise Refused("这个数据还没有报送（或者已经退回），没有可以退回的内容。")
    if not reason.strip():
        raise Refused("请写明退回的原因，报送机关才知道要核对什么。")
    entry = contribution.entries.create(
        kind=ContributionEntry.Kind.RETURNED, on=localdate(at), evidence=reason.strip(), by=by, at=at
    )
    _record(contribution, entry, by=by, at=at)
    return entry


def number_from(text: str) -> Decimal:
    """A number as people type it: 1,234、９.４６、+2. Errors: Refused for what is none."""
    import unicodedata

    plain_text = unicodedata.normalize("NFKC", text).replace(",", "").replace("，", "").strip()
    try:
        value = Decimal(plain_text)
    except InvalidOperation:
        raise Refused(f"“{text}”不是数字。请只填数字，没有发生的填0，不要填“无”或者“/”。") from None
    if not value.is_finite():
        raise Refused(f"“{text}”不是数字。请只填数字，没有发生的填0。")
    return value


def _refuse_value(key: str, value: Decimal) -> None:
    name = name_of(key)
    if value < 0 and not name.is_signed:
        raise Refused(f"“{name.label}”不能是负数（{plain(value)}）。只有“本年增/减”可以填负数。")
    if value != int(value) and not name.is_decimal:
        raise Refused(f"“{name.label}”的单位是{name.unit}，要填整数，不能是{plain(value)}。")
    if abs(value) >= Decimal(10) ** 12 or round(value, 6) != value:
        raise Refused(f"{plain(value)}超出了能填的范围。金额的单位是万元，最多六位小数；请核对单位。")


def _record(contribution: Contribution, entry: ContributionEntry, *, by: User, at: datetime) -> None:
    told = {
        "organ": contribution.organ.code,
        "year": contribution.year,
        "key": contribution.key,
        "value": plain(entry.value),
        "evidence": entry.evidence,
    }
    # Both are told: a difference after the lock names the entry, the agency's own history names the contribution.
    record(Act(actor(by), f"reporting.{entry.kind}", f"reporting.contribution_entry:{entry.pk}", REPORT, told), at=at)
    record(Act(actor(by), f"reporting.{entry.kind}", subject(contribution), REPORT, told), at=at)

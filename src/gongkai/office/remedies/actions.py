"""What may be done with remedies: register one, record what happens to it, take an entry back, handle the case again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import Act, record
from gongkai.office.casework.actions import reopen
from gongkai.office.casework.models import Application, Letter
from gongkai.office.organs.models import Organ
from gongkai.office.personal import files as sealed
from gongkai.office.publishing.queries import kind_of, public_name
from gongkai.office.remedies import policy
from gongkai.office.remedies.kinds import APPEALS, EVENTS, RULINGS, Challenged, Instance, Route, rulings
from gongkai.office.remedies.models import RemedyCase, RemedyEvent, RemedyFile, RemedyText
from gongkai.office.remedies.reminding import remind as remind
from gongkai.office.remedies.standing import refresh, standing_events

LARGEST = 20 << 20


@dataclass(frozen=True, slots=True)
class Filing:
    """A remedy as the notice that arrived tells it. `received_on` is the day notice and copy arrived."""

    route: str
    body: str
    reference: str
    received_on: date
    challenged: str = Challenged.REPLY
    claimant: str = ""
    filed_on: date | None = None
    application: Application | None = None
    letter: Letter | None = None
    reconsideration: RemedyCase | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it was uploaded."""

    name: str
    data: bytes


@transaction.atomic
def register(organ: Organ, filing: Filing, *, by: User, at: datetime, papers: Sequence[Paper] = ()) -> RemedyCase:
    """Register a reconsideration or a lawsuit; the time to answer runs from the day its copy arrived.

    A lawsuit after reconsideration names the one it follows; the agency's own cases only.
    Errors: Refused. Source: ogi-2019 art. 51.
    """
    today = localdate(at)
    policy.require(by, "record", organ, on=today)
    _refuse_what_can_not_be(organ, filing, today)
    case = RemedyCase.objects.create(
        organ=organ,
        route=filing.route,
        application=filing.application,
        letter=filing.letter,
        reconsideration=filing.reconsideration,
        challenged=filing.challenged,
        body=filing.body.strip(),
        reference=filing.reference.strip(),
        claimant=filing.claimant.strip(),
        filed_on=filing.filed_on,
        received_on=filing.received_on,
    )
    _enter(case, "notified", filing.received_on, {}, "", by=by, at=at, papers=papers)
    return case


@transaction.atomic
def record_event(
    case: RemedyCase,
    kind: str,
    *,
    on: date,
    by: User,
    at: datetime,
    words: str = "",
    papers: Sequence[Paper] = (),
) -> RemedyEvent:
    """Enter that the answer of the instance was handed in, a hearing was held, or a note.

    Errors: Refused for what can't be at that time: an answer or hearing after the end, an answer nobody has to give.
    """
    policy.require(by, "record", case.organ, on=localdate(at))
    case = _locked(case)
    if kind not in ("answered", "heard", "noted"):
        raise Refused("请从列出的事项里选择。")
    if kind in ("answered", "heard") and case.concluded_on is not None:
        raise Refused("案件已经审结。上诉或者再审被受理的，请先登记。")
    if kind == "answered" and case.answer_due_on is None:
        raise Refused("这一审由本机关提起，由对方答辩。对方也上诉的，先登记收到上诉状副本；其他材料用备注登记。")
    if kind == "answered" and case.answered_on is not None:
        raise Refused(f"已经在{case.answered_on}提交过。补充的材料用备注登记。")
    return _enter(case, kind, on, {}, words, by=by, at=at, papers=papers)


@transaction.atomic
def appeal(
    case: RemedyCase,
    how: str,
    *,
    on: date,
    by: User,
    at: datetime,
    words: str = "",
    papers: Sequence[Paper] = (),
) -> RemedyEvent:
    """Enter who took a lawsuit to a further instance (a key of `APPEALS`), which opens it again.

    `on`: the day the copy of the other side's paper arrived, from which the agency's answer runs; or that of the own one.
    Errors: Refused for a reconsideration, for a lawsuit that is not decided (but the other side may join the appeal), and
    without the role. Source: litigation-rules-2018 art. 108, 111.
    """
    policy.require(by, "record", case.organ, on=localdate(at))
    case = _locked(case)
    if how not in APPEALS:
        raise Refused("请从列出的事项里选择。")
    if case.route == Route.RECONSIDERATION:
        raise Refused("行政复议没有上诉。不服复议决定的，另行登记“复议后起诉”的案件。")
    if case.concluded_on is None:
        before = {row.detail.get("appeal") for row in standing_events(case) if row.kind == "appealed"}
        if case.instance == Instance.FIRST or case.instance != APPEALS[how].instance:
            raise Refused("案件还没有审结，不能登记上诉。请先登记裁判文书。")
        if how in before:
            raise Refused("这一方的上诉或者再审申请已经登记过。")
    return _enter(case, "appealed", on, {"appeal": how}, words, by=by, at=at, papers=papers)


@transaction.atomic
def decide(
    case: RemedyCase,
    ruling: str,
    *,
    on: date,
    by: User,
    at: datetime,
    orders_again: bool = False,
    order_days: int | None = None,
    words: str = "",
    papers: Sequence[Paper] = (),
) -> RemedyEvent:
    """Enter the decision or judgment that arrived on a day: its column in the annual report follows from what it says.

    `orders_again`: it orders the agency to handle the application anew, within `order_days` working days if it says so.
    Errors: Refused for a ruling the route doesn't know, a second decision, an order that the ruling can't give.
    """
    policy.require(by, "record", case.organ, on=localdate(at))
    case = _locked(case)
    if ruling not in {each.key for each in rulings(case.route)}:
        raise Refused("请从列出的结果里选择：复议决定和裁判文书的结果不一样。")
    if case.concluded_on is not None:
        raise Refused("案件已经审结，不能再登记一个结果。登记有误的先更正；上诉、再审的先登记上诉。")
    if orders_again and not RULINGS[ruling].may_order:
        raise Refused(f"结果是“{RULINGS[ruling].label}”的，不会要求重新办理。请核对决定书。")
    if order_days is not None and (not orders_again or order_days < 1):
        raise Refused("只有要求重新办理的才有期限，至少1个工作日；没有写明期限的留空。")
    detail: dict[str, Any] = {"ruling": ruling}
    if orders_again:
        detail |= {"orders_again": True, **({"order_days": order_days} if order_days else {})}
    return _enter(case, "decided", on, detail, words, by=by, at=at, papers=papers)


@transaction.atomic
def rectify(case: RemedyCase, *, by: User, at: datetime) -> RemedyEvent:
    """Handle the application again, because the decision says so: its clock begins on the day the decision arrived.

    Errors: Refused without such a decision or application, a second time, and where casework refuses.
    Source: reconsideration-2023 art. 64; litigation-2014 art. 70.
    """
    policy.require(by, "record", case.organ, on=localdate(at))
    case = _locked(case)
    if not case.orders_again or case.concluded_on is None:
        raise Refused("没有要求重新办理的决定或者判决。请先登记结果。")
    if case.application is None:
        raise Refused("这个案件没有对应的申请，不能重新办理。")
    if case.rectified_by_id is not None:
        raise Refused("已经按这份决定重新办理。")
    reopened = reopen(
        case.application, reference=case.reference, on=case.concluded_on, at=at, by=by, working_days=case.order_days
    )
    case.rectified_by = reopened
    case.save(update_fields=["rectified_by"])
    return _enter(case, "rectified", localdate(at), {"event": reopened.pk}, "", by=by, at=at)


@transaction.atomic
def strike(event: RemedyEvent, *, reason: str, by: User, at: datetime) -> RemedyEvent:
    """Take back an entry that was wrong; both stay on record.

    Errors: Refused for the arrival itself, for one that was acted on, and without a reason.
    """
    policy.require(by, "strike", event.case.organ, on=localdate(at))
    case = _locked(event.case)
    if event.kind in ("notified", "rectified", "struck"):
        raise Refused("这一条不能更正。收到日期登记有误的，请用备注写明。")
    if RemedyEvent.objects.filter(strikes=event).exists():
        raise Refused("这一条已经更正过。")
    if event.kind == "decided" and case.rectified_by_id is not None:
        raise Refused("已经按这份决定重新办理，不能更正。")
    if event.kind == "decided" and any(
        later.kind == "appealed" and later.pk > event.pk for later in standing_events(case)
    ):
        raise Refused("这份裁判已经上诉。请先更正上诉的登记。")
    if len(reason.strip()) < 2:
        raise Refused("请写明哪里登记错了。")
    return _enter(case, "struck", event.on, {}, reason, by=by, at=at, strikes=event)


def _refuse_what_can_not_be(organ: Organ, filing: Filing, today: date) -> None:
    if filing.route not in Route.values or filing.challenged not in Challenged.values:
        raise Refused("请选择类别和不服的事项。")
    if not (filing.body.strip() and filing.reference.strip()):
        raise Refused("请写明复议机关或者人民法院，以及受理通知上的案号。")
    if filing.received_on > today:
        raise Refused(f"收到日期{filing.received_on}还没有到。")
    if filing.filed_on is not None and filing.filed_on > filing.received_on:
        raise Refused("申请或者起诉的日期晚于收到副本的日期。请核对日期。")
    if filing.application is not None and filing.application.organ_id != organ.pk:
        raise Refused("这件申请是别的机关受理的，不能登记在本机关名下。")
    if filing.letter is not None and filing.letter.application_id != getattr(filing.application, "pk", None):
        raise Refused("这份答复不是这件申请的。请核对。")
    earlier = filing.reconsideration
    if filing.route == Route.LITIGATION_AFTER:
        if earlier is None or earlier.organ_id != organ.pk or earlier.route != Route.RECONSIDERATION:
            raise Refused("复议后起诉的，请选择本机关登记过的那一件行政复议。")
    elif earlier is not None:
        raise Refused("只有复议后起诉的案件才对应一件行政复议。")
    same = RemedyCase.objects.filter(organ=organ, route=filing.route, reference=filing.reference.strip())
    if same.exists():
        raise Refused(f"案号{filing.reference.strip()}已经登记过。")


def _locked(case: RemedyCase) -> RemedyCase:
    """The case, which nobody else can act on until the transaction ends."""
    return RemedyCase.objects.select_for_update(of=("self",)).select_related("organ", "application").get(pk=case.pk)


def _enter(
    case: RemedyCase,
    kind: str,
    on: date,
    detail: Mapping[str, Any],
    words: str,
    *,
    by: User,
    at: datetime,
    papers: Sequence[Paper] = (),
    strikes: RemedyEvent | None = None,
) -> RemedyEvent:
    """Add an event to a case and to the log, and work out anew where it stands; the caller holds the lock."""
    if on > localdate(at):
        raise Refused(f"“{EVENTS[kind]}”的日期{on}还没有到。只登记已经发生的事。")
    if on < case.received_on:
        raise Refused(f"“{EVENTS[kind]}”的日期{on}早于收到副本的日期{case.received_on}。请核对日期。")
    # Where both sides appeal, the papers may arrive in either order.
    not_before = {"appealed": ("decided",), "decided": ("appealed", "decided")}.get(kind, ())
    if any(on < row.on for row in standing_events(case) if row.kind in not_before):
        raise Refused("日期早于已经登记的裁判或者上诉。请核对日期。")
    event = RemedyEvent.objects.create(
        case=case,
        kind=kind,
        on=on,
        detail=dict(detail),
        strikes=strikes,
        recorded_at=at,
        by=by,
    )
    if words.strip():
        RemedyText.objects.create(event=event, words=words.strip())
    for paper in papers:
        _keep(event, paper)
    told = {"event": event.pk, "kind": kind, "on": on.isoformat(), **detail}
    record(Act(by.staff_number, f"remedies.{kind}", f"remedies.case:{case.pk}", "ogi-2019#51", told), at=at)
    refresh(case)
    return event


def _keep(event: RemedyEvent, paper: Paper) -> None:
    if not paper.data or len(paper.data) > LARGEST:
        raise Refused(f"“{paper.name}”是空的或者超过{LARGEST >> 20} MB，没有保存。")
    kind_of(paper.data, paper.name)
    RemedyFile.objects.create(
        case=event.case,
        event=event,
        name=public_name(paper.name),
        handle=sealed.keep(paper.data),
        sha256=hashlib.sha256(paper.data).hexdigest(),
        size=len(paper.data),
    )

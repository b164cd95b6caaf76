"""A clean-up round (清理): opened, decided on, closed by an act that goes into every document's life."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import Act, record
from gongkai.office.normative import policy
from gongkai.office.normative.actions.entering import actor, enter, settle
from gongkai.office.normative.models import CleanupDecision, CleanupRound, NormativeDocument
from gongkai.office.normative.queries.cleanup import candidates
from gongkai.office.normative.renderings import touch_lists
from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import Item

_SOURCE = "normative-2018#supervision"


@transaction.atomic
def open_round(
    organ: Organ, *, title: str, on: date, by: User, at: datetime, due_on: date | None = None
) -> CleanupRound:
    """Begin a clean-up of what an agency made, and of what it drafted for the government."""
    policy.require(by, "clean_up", organ, on=localdate(at))
    if not title.strip():
        raise Refused("请给这次清理起一个名称，例如“2024年规范性文件全面清理”。公布清理结果时用它。")
    if on > localdate(at):
        raise Refused(f"清理的开始日期{on}还没有到。请到那一天再开始。")
    if due_on is not None and due_on < on:
        raise Refused(f"应当完成的日期{due_on}早于开始日期{on}。请核对。")
    if CleanupRound.objects.filter(title=title.strip()).exists():
        raise Refused(f"已经有一次清理叫“{title.strip()}”。请在名称里写明机关和年度，以示区别。")
    opened = CleanupRound.objects.create(organ=organ, title=title.strip(), opened_on=on, due_on=due_on)
    told = {"organ": organ.code, "title": opened.title, "on": on.isoformat()}
    record(Act(actor(by), "normative.open_round", _subject(opened), _SOURCE, told), at=at)
    return opened


@transaction.atomic
def decide(round: CleanupRound, documents: Iterable[NormativeDocument], outcome: str, *, by: User, at: datetime) -> int:
    """Put documents of an open round on a list, many at once; gives how many. Deciding again replaces the decision."""
    policy.require(by, "clean_up", round.organ, on=localdate(at))
    round = _open(round)
    if outcome not in CleanupDecision.Outcome.values:
        raise Refused("清理结论只有继续有效、拟修改、废止、宣布失效四种，请选择其中一种。")
    wanted = {document.pk for document in documents}
    found = set(candidates(round).filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - found:
        raise Refused(
            f"有{len(wanted - found)}件文件不在这次清理的范围内（开始时有效、由本机关制定或者起草）。请刷新清单后再选。"
        )
    CleanupDecision.objects.bulk_create(
        [CleanupDecision(round=round, document_id=key, outcome=outcome, by=by, decided_at=at) for key in sorted(found)],
        update_conflicts=True,
        unique_fields=["round", "document"],
        update_fields=["outcome", "by", "decided_at"],
    )
    told = {"outcome": outcome, "documents": sorted(found)}
    record(Act(actor(by), "normative.decide", _subject(round), _SOURCE, told), at=at)
    return len(found)


@transaction.atomic
def close_round(
    round: CleanupRound, *, act: str, on: date, by: User, at: datetime, act_item: Item | None = None
) -> CleanupRound:
    """Close a round by the act that declares its results: each document's conclusion becomes an event of its life.

    Errors: Refused as long as a document of the round is still without a conclusion.
    """
    policy.require(by, "close_round", round.organ, on=localdate(at))
    round = _open(round)
    if not act.strip():
        raise Refused("请填写宣布清理结果的决定（文号或者名称）。没有公布的决定，文件的效力不会改变。")
    if on < round.opened_on:
        raise Refused(f"清理决定的日期{on}早于清理开始的日期{round.opened_on}。请核对。")
    undecided = candidates(round).exclude(cleanup_decisions__round=round)
    if missing := undecided.count():
        first = undecided.first()
        raise Refused(
            f"还有{missing}件文件没有结论，例如《{first}》。不在三张清单上的文件不得作为管理依据，请逐件作出结论。"
        )
    round.act, round.act_item, round.closed_on = act.strip(), act_item, on
    round.save(update_fields=["act", "act_item", "closed_on"])
    told = {"act": round.act, "on": on.isoformat()}
    record(Act(actor(by), "normative.close_round", _subject(round), _SOURCE, told), at=at)
    decisions = list(round.decisions.select_related("document", "document__item").order_by("document_id"))
    for decision in decisions:
        detail = {"round": round.title, "outcome": decision.outcome, "act": round.act}
        enter(decision.document, "cleaned_up", detail, on=on, by=by, at=at, act_item=act_item)
    settle(*(decision.document for decision in decisions), at=at)
    touch_lists()
    return round


def _open(round: CleanupRound) -> CleanupRound:
    """The round, locked. Errors: Refused when it is closed."""
    round = CleanupRound.objects.select_for_update(of=("self",)).select_related("organ").get(pk=round.pk)
    if round.closed_on:
        raise Refused(
            f"“{round.title}”已经由{round.act}公布，结论不能再改。需要改变的，以新的决定登记废止、修改或者重新清理。"
        )
    return round


def _subject(round: CleanupRound) -> str:
    return f"normative.cleanup_round:{round.pk}"

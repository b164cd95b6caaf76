"""What somebody sees first: by what they are appointed to, the most urgent at the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.queries import appointments, scope
from gongkai.office.casework.queries import CaseBoard
from gongkai.office.casework.queries import boards as case_boards
from gongkai.office.normative.models import NormativeDocument
from gongkai.office.normative.queries.desk import documents_for, due_soon
from gongkai.office.notices.models import Outgoing
from gongkai.office.notices.queries import alarms as undelivered
from gongkai.office.organs.models import GuideUpdate
from gongkai.office.organs.queries import guide_updates_waiting
from gongkai.office.publishing import queues
from gongkai.office.publishing.models import Column, Draft
from gongkai.office.remedies.queries import Answer
from gongkai.office.remedies.queries import answers as remedy_answers
from gongkai.office.reporting.queries import Owed
from gongkai.office.reporting.queries import owed as reports_owed
from gongkai.regulation.review.events import STEP_LABELS

SHOWN = 8
"""Lines of a board; the rest stands on its own page."""


@dataclass(frozen=True, slots=True)
class Due:
    """How long there is, in words and as the colour that goes with them."""

    words: str
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """A draft on a board: what it waits for, and how long that has."""

    draft: Draft
    waits_for: str
    due: Due | None


@dataclass(frozen=True, slots=True)
class Board:
    """Drafts that ask something of somebody, and how many there are in all."""

    key: str
    title: str
    empty: str
    lines: Sequence[Line]
    count: int


@dataclass(frozen=True, slots=True)
class Ending:
    """A normative document whose term ends soon, and how long that is."""

    document: NormativeDocument
    due: Due


@dataclass(frozen=True, slots=True)
class Alarms:
    """Notices that somebody has to look into, and how many there are in all."""

    notices: Sequence[Outgoing]
    count: int


def work(user: User, *, on: date) -> list[Board]:
    """The boards of drafts, in the order in which somebody should look at them; those of other roles are left out."""
    roles = {each.role for each in appointments(user, list(Role), on=on)}
    boards = []
    if roles & {Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER, Role.SECRECY_REVIEWER}:
        boards.append(_board("waiting", "等我审核", "没有等您审核的稿件。", queues.waiting_for(user, on), on))
    if Role.EDITOR in roles:
        boards.append(_board("returned", "退回给我的", "没有退回的稿件。", queues.returned_to(user), on))
        boards.append(_board("drafts", "我的草稿", "没有未送审的草稿。", queues.my_drafts(user), on))
    if roles & {Role.EDITOR, Role.FINAL_REVIEWER, Role.DISCLOSURE_OFFICER}:
        scheduled = queues.scheduled(user, on)
        if scheduled.exists():
            boards.append(_board("scheduled", "等待定时公开", "", scheduled, on))
    if Role.DISCLOSURE_OFFICER in roles:
        late = queues.visible_drafts(user, on).filter(state="in_review", due_on__lt=on).order_by("due_on", "pk")
        boards.append(_board("late", "审核超期", "没有超期的审核。", late, on))
    return boards


def alarms(user: User, *, on: date) -> Alarms | None:
    """What was sent and did not arrive, or may not have; None when there is nothing of the kind."""
    found = undelivered(user, on=on)
    return Alarms(list(found[:SHOWN]), found.count()) if found.exists() else None


def cases(user: User, *, on: date) -> list[CaseBoard]:
    """The applications for disclosure that ask something of somebody."""
    return case_boards(user, on=on, shown=SHOWN)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers in reconsiderations and lawsuits that are to be handed in, and how many there are in all."""

    lines: Sequence[Answer]
    count: int


def answers(user: User, *, on: date) -> Answers | None:
    """The answers to hand in; None when there are none."""
    lines, count = remedy_answers(user, on=on, shown=SHOWN)
    return Answers(lines, count) if count else None


@dataclass(frozen=True, slots=True)
class Reports:
    """The annual reports that are to be handed in, and how many there are in all."""

    lines: Sequence[Owed]
    count: int


def reports(user: User, *, on: date) -> Reports | None:
    """The annual reports that somebody has to hand in; None when there are none."""
    lines, count = reports_owed(user, on=on, shown=SHOWN)
    return Reports(lines, count) if count else None


def overdue_columns(user: User, *, on: date) -> list[Column]:
    """The columns that owe something new, for those who look after columns."""
    if not appointments(user, [Role.DISCLOSURE_OFFICER], on=on):
        return []
    return list(queues.overdue_columns(on)[:SHOWN])


def ending_soon(user: User, *, on: date) -> list[Ending]:
    """The normative documents whose term ends soon, the nearest first."""
    soon = due_soon(documents_for(user, on=on), on=on)
    return [Ending(document, Due(f"还有 {days} 天", colour)) for document, days, colour in soon[:SHOWN]]


def guide_updates(user: User, *, on: date) -> list[GuideUpdate]:
    """Changed contact data that the guide does not say yet, for those who look after the agencies."""
    return list(guide_updates_waiting().filter(scope(user, [Role.ADMINISTRATOR], on=on))[:SHOWN])


def due(draft: Draft, *, on: date) -> Due | None:
    """How long a draft's present step has; None outside review."""
    if draft.due_on is None:
        return None
    days = (draft.due_on - on).days
    if days < 0:
        return Due(f"已超期 {-days} 天", "bad")
    if days == 0:
        return Due("今天到期", "warn")
    return Due(f"还有 {days} 天", "warn" if days == 1 else "open")


def waits_for(draft: Draft) -> str:
    """What a draft waits for, in words."""
    step = next((label for key, label in STEP_LABELS.items() if key == draft.next_step), "")
    if draft.state == "in_review":
        return step + ("、保密审查" if draft.secrecy in ("", "referred") else "")
    return {"draft": "未送审", "returned": "已退回", "approved": "待发布"}.get(draft.state, "")


def _board(key: str, title: str, empty: str, drafts: QuerySet[Draft], on: date) -> Board:
    lines = [Line(draft, waits_for(draft), due(draft, on=on)) for draft in drafts[:SHOWN]]
    return Board(key, title, empty, lines, drafts.count())

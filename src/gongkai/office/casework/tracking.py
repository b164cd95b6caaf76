"""What an applicant is shown of the own case: where it stands, what happened, what can be done; no draft, nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.crypto import constant_time_compare

from gongkai.office.casework import codes, files
from gongkai.office.casework.actions.delivering import record_fetch
from gongkai.office.casework.facts import standing_rows
from gongkai.office.casework.kinds import Channel
from gongkai.office.casework.models import Application, ApplicationEvent
from gongkai.office.casework.queries.letters import letter_of_file
from gongkai.office.casework.standing import standing_of
from gongkai.regulation import application as law
from gongkai.regulation.letters import kind_of

SHOWN = {
    "submitted": "提交申请",
    "agency_confirmed": "受理机关确认收到",
    "applicant_confirmed": "您确认了这件申请",
    "confirmed": "双方都已确认，算收到申请",
    "correction_requested": "受理机关请您补正",
    "correction_received": "收到补正，答复期限重新计算",
    "consultation_sent": "征求其他方面的意见，这段时间不计入期限",
    "consultation_answered": "收到征求的意见",
    "extended": "延长答复期限",
    "fee_notified": "发出收费通知",
    "fee_paid": "收到信息处理费，答复期限重新计算",
    "reason_requested": "请您说明申请的理由",
    "reason_received": "收到您说明的理由",
    "transferred": "告知应当向其他机关申请",
    "merged": "与您的另一件申请合并答复",
    "split": "拆成几件分别办理",
    "told": "发出文书",
    "due_moved": "放假安排调整，答复期限重新计算",
    "replied": "答复",
    "withdrawn": "您撤回了申请",
    "reopened": "重新办理",
    "voided": "登记作废",
}
"""The events an applicant sees, as they are told. What is only on the way inside the office is not among them."""
WORDED = frozenset({"correction_requested", "extended", "reason_requested", "split", "transferred"})
"""Events whose words are addressed to the applicant."""
GIVEN_UP = {"correction_overdue": "逾期没有补正，视为放弃申请", "fee_unpaid": "逾期没有缴费，视为放弃申请"}
"""Ends that no event enters: the law brings them about when a day is past."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history."""

    on: date
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """A case as its applicant sees it on a day. `days_left` are working days, None while no period runs."""

    state: str
    receipt_on: date | None
    due_on: date | None
    is_provisional: bool
    days_left: int | None
    waiting_until: date | None
    is_consulting: bool
    is_closed: bool
    outcome: str
    history: tuple[Happened, ...]
    may_confirm: bool
    waits_for_agency: bool
    may_correct: bool
    may_withdraw: bool
    correction_points: str
    fee_yuan: int | None
    reason_days: int | None
    may_apply_again: bool


def by_number_and_code(number: str, code: str) -> Application | None:
    """The case of a number and its code, however they were typed; None when they don't go together.

    It is looked for by a keyed mark of the code, so the time it takes says nothing about the code.
    """
    found = Application.objects.select_related("organ").filter(query_mark=codes.mark(code), erased_at=None).first()
    given = _plain(number)
    known = _plain(found.number if found else "—")
    return found if constant_time_compare(given, known) and found else None


def fetch(application: Application, file: int, *, at: datetime) -> tuple[str, bytes] | None:
    """The name and the bytes of a file that lies ready for the applicant, whose receipt this is; None for any other."""
    letter = letter_of_file(application, file)
    if letter is None:
        return None
    kept = application.files.get(pk=file)
    data = files.read(kept)
    record_fetch(letter, at=at)
    return kept.name, data


def progress(application: Application, *, on: date) -> Progress:
    """Where a case stands for its applicant."""
    rows = list(application.events.all())
    kept = standing_rows(rows)
    kinds = {row.kind for row in kept}
    is_void = "voided" in kinds
    found = standing_of(rows, on=on)
    fees = [row for row in kept if row.kind == "fee_notified"]
    points = _points(kept) if found.state == "correction_requested" else ""
    waits = found.receipt_on is None and not is_void
    return Progress(
        state=application.get_state_display() if is_void else law.name("states", found.state),
        receipt_on=found.receipt_on,
        due_on=found.due_on if found.is_open else None,
        is_provisional=found.provisional,
        days_left=found.days_left,
        waiting_until=found.waiting_until,
        is_consulting=found.state in ("third_party_consultation", "agency_consultation"),
        is_closed=is_void or not found.is_open,
        outcome=_outcome(found.outcome),
        history=tuple(_with_its_end(_history(kept), found)),
        may_confirm=waits and "applicant_confirmed" not in kinds and found.why_not("confirm") is None,
        waits_for_agency=waits and "applicant_confirmed" in kinds,
        may_correct=not is_void and found.is_open and found.why_not("accept_correction") is None,
        may_withdraw=not is_void and found.why_not("withdraw") is None,
        correction_points=points,
        fee_yuan=fees[-1].detail.get("yuan") if fees and found.state == "fee_noticed" else None,
        reason_days=_reason_days(kept) if found.is_open and not is_void else None,
        may_apply_again=found.outcome in {*GIVEN_UP, "withdrawn"},
    )


def _history(kept: Sequence[ApplicationEvent]) -> Iterator[Happened]:
    for row in kept:
        if (what := SHOWN.get(row.kind)) and not _is_to_others(row):
            yield Happened(row.on, _told(row, what), _words(row) if row.kind in WORDED else "")


def _with_its_end(history: Iterator[Happened], found: law.Standing) -> Iterator[Happened]:
    """The history with the day on which the law ended the case, where it did; a letter may have told of it since."""
    end = GIVEN_UP.get(found.outcome or "")
    for each in history:
        if end and found.closed_on and each.on >= found.closed_on:
            yield Happened(found.closed_on, end)
            end = None
        yield each
    if end and found.closed_on:
        yield Happened(found.closed_on, end)


def _reason_days(kept: Sequence[ApplicationEvent]) -> int | None:
    """The working days within which a reason is asked for; None where none is, or it came."""
    asked = [row for row in kept if row.kind == "reason_requested"]
    is_given = any(row.kind == "reason_received" for row in kept)
    return asked[-1].detail["working_days"] if asked and not is_given else None


def _is_to_others(row: ApplicationEvent) -> bool:
    """A letter to a third party or another agency is not the applicant's to see."""
    return row.kind == "told" and kind_of(row.detail["letter"]).recipient != "applicant"


def _told(row: ApplicationEvent, what: str) -> str:
    if row.kind == "submitted":
        return f"{what}（{Channel(row.detail['channel']).label}）"
    if row.kind == "extended":
        return f"{what} {row.detail['working_days']} 个工作日"
    if row.kind == "correction_requested" and row.detail.get("working_days"):
        return f"{what}，期限 {row.detail['working_days']} 个工作日"
    if row.kind == "merged":
        return f"{what}（{row.detail['into']}）"
    if row.kind == "replied" and row.detail.get("outcome") in GIVEN_UP:
        return "发出办结告知书"
    if row.kind == "split":
        return f"拆成{len(row.detail['into']) + 1}件分别办理，本件办理的内容是"
    if row.kind == "told":
        return f"发出{kind_of(row.detail['letter']).name}"
    if row.kind == "fee_notified":
        return f"{what}：{row.detail.get('yuan')} 元"
    return what


def _words(row: ApplicationEvent) -> str:
    text = getattr(row, "text", None)
    return text.words if text else ""


def _points(kept: Sequence[ApplicationEvent]) -> str:
    asked = [row for row in kept if row.kind == "correction_requested"]
    return _words(asked[-1]) if asked else ""


def _outcome(key: str | None) -> str:
    return law.outcome(key).label if key else ""


def _plain(number: str) -> str:
    """A number without what people leave out or type otherwise: brackets, spaces, 第 and 号."""
    return "".join(character for character in number if character.isalnum()).replace("第", "").removesuffix("号")

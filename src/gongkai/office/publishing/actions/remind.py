"""Remind reviewers of what they may pass and whose step is about to be over, or is (审核期限提醒)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.queries import holders
from gongkai.office.notices import actions as notices
from gongkai.office.publishing import record
from gongkai.office.publishing.models import Draft
from gongkai.office.publishing.policy import STEP_ROLES
from gongkai.regulation.review import Step
from gongkai.regulation.review.events import STEP_LABELS
from gongkai.regulation.workdays import provisional_workdays

_NAME = "publishing.remind"


def remind(at: datetime) -> int:
    """On a working day, once: the last working day but one of a step, its last day, and every day after; gives the mails.

    Whoever may pass the step (the review's rules asked for each) and the secrecy reviewer where that is still open; when
    a step is over, the disclosure office too. The desk shows the same without mail.
    """
    day = notices.reminding_day(at)
    if day is None or notices.is_done(_NAME, day):
        return 0
    horizon = provisional_workdays().add(day, 1)
    waiting: dict[User, Counter[tuple[str, int]]] = defaultdict(Counter)
    due = Draft.objects.filter(state="in_review", due_on__lte=horizon).select_related("item", "item__organ", "organ")
    for draft in due.defer("content").order_by("due_on", "pk").iterator(chunk_size=200):
        assert draft.due_on is not None
        left = provisional_workdays().count(day, draft.due_on)
        for person, what in set(_who(draft, left, day, at)):
            waiting[person][what, left] += 1
    said = {person: [_line(what, left, count) for (what, left), count in sorted(found.items(), key=_urgency)]
            for person, found in waiting.items()}  # fmt: skip
    queued = notices.remind("publishing", said, subject="【提醒】有稿件等待审核", path="/desk/", day=day, at=at)
    notices.note_done(_NAME, day, at=at)
    return queued


def _who(draft: Draft, left: int, on: date, at: datetime) -> Iterator[tuple[User, str]]:
    dossier = record.read(draft.item, at=at)
    step: Step | None = dossier.standing().next_step
    if step is not None:
        for person in holders([STEP_ROLES[step]], draft.organ, on=on):
            # Before the secrecy review a final step is open to nobody: its reviewers are not the ones it waits for.
            if dossier.why_not("pass", step=step, person=person.staff_number) is None:
                yield person, STEP_LABELS[step]
    if draft.secrecy in ("", "referred"):
        for person in holders([Role.SECRECY_REVIEWER], draft.organ, on=on):
            if dossier.why_not("review_secrecy", person=person.staff_number) is None:
                yield person, "保密审查"
    if left < 0:
        for person in holders([Role.DISCLOSURE_OFFICER], draft.organ, on=on):
            yield person, "审核超期"


def _line(what: str, left: int, count: int) -> str:
    if left < 0:
        return f"{what}：{count} 件已超过期限 {-left} 个工作日"
    return f"{what}：{count} 件" + ("今天到期" if left == 0 else f"还有 {left} 个工作日到期")


def _urgency(counted: tuple[tuple[str, int], int]) -> tuple[int, str]:
    (what, left), _ = counted
    return left, what

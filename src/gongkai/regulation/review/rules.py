"""What the law refuses: one rule for the button, for the action, and for the record read afterwards.

There is no parameter for who is a superuser, because there is no exemption.
Source: ogi-2019#17 (secrecy review before publication); practice#three-reviews.
"""

from __future__ import annotations

from gongkai.regulation.finding import Finding
from gongkai.regulation.review.events import (
    STEP_LABELS,
    Delegated,
    Edited,
    Passed,
    Published,
    Returned,
    ReviewEvent,
    SecrecyReviewed,
    Submitted,
    Verb,
    Withdrawn,
)
from gongkai.regulation.review.progress import Progress, State, acting_for
from gongkai.regulation.review.words import CATALOGUE

STATE_LABELS: dict[State, str] = {
    "draft": "草稿",
    "in_review": "审核中",
    "returned": "已退回",
    "approved": "三审通过、待发布",
    "published": "已发布",
}
_VERB_LABELS: dict[Verb, str] = {
    "edit": "修改",
    "submit": "送审",
    "review_secrecy": "保密审查",
    "pass": "审核通过",
    "return": "退回",
    "withdraw": "撤回送审",
    "publish": "发布",
}
_LAWFUL_IN: dict[Verb, tuple[State, ...]] = {
    "edit": ("draft", "in_review", "returned", "approved", "published"),
    "submit": ("draft", "returned"),
    "review_secrecy": ("in_review", "approved"),
    "pass": ("in_review",),
    "return": ("in_review",),
    "withdraw": ("in_review", "approved"),
    "publish": ("approved",),
}


def objection_to(progress: Progress, event: ReviewEvent) -> Finding | None:
    """Why an act is not lawful at this point of the record; None when it is."""
    match event:
        case Edited() | Delegated():
            return None
        case Submitted():
            return state_objection(progress, "submit") or _text_objection(progress, event)
        case SecrecyReviewed():
            return state_objection(progress, "review_secrecy") or _secrecy_review_objection(progress, event)
        case Passed():
            return (
                state_objection(progress, "pass")
                or _step_objection(progress, event)
                or _text_objection(progress, event)
                or secrecy_objection(progress, final=event.step == "final")
            )
        case Returned():
            return state_objection(progress, "return") or _step_objection(progress, event)
        case Withdrawn():
            return state_objection(progress, "withdraw") or _withdrawal_objection(progress, event)
        case Published():
            return (
                state_objection(progress, "publish")
                or _text_objection(progress, event)
                or secrecy_objection(progress, final=True)
            )


def state_objection(progress: Progress, verb: Verb) -> Finding | None:
    """A verb needs a state; a publication that lacks passes is told how many."""
    if progress.state in _LAWFUL_IN[verb]:
        return None
    if verb == "publish" and progress.state != "published":
        return CATALOGUE.finding("REV-UNFINISHED", passed=len(progress.passes))
    return CATALOGUE.finding("REV-STATE", verb=_VERB_LABELS[verb], state=STATE_LABELS[progress.state])


def _step_objection(progress: Progress, event: Passed | Returned) -> Finding | None:
    """The step that is due, by somebody who neither wrote the text nor acted at another step, nor stands in for one."""
    if event.step != progress.next_step:
        due = progress.next_step
        return CATALOGUE.finding("REV-ORDER", step=STEP_LABELS[event.step], due=STEP_LABELS[due] if due else "发布")
    people = acting_for(progress, event)
    if people & progress.authors:
        author = event.by if event.by in progress.authors else min(people & progress.authors)
        return CATALOGUE.finding(_own_or_for(event.by, author, "REV-OWN-TEXT"), person=event.by, other=author)
    for passed in progress.passes:
        if people & passed.people:
            # Both may have stood in for the same third person: then neither of the two is the one who acts twice.
            shared = event.by if event.by in passed.people else min(people & passed.people)
            code = _own_or_for(event.by, shared, "REV-SAME-PERSON")
            return CATALOGUE.finding(code, person=event.by, other=shared, step=STEP_LABELS[passed.step])
    return None


def _own_or_for(person: str, concerned: str, code: str) -> str:
    """The finding about the person, or the one about whom the person stands in for."""
    return code if person == concerned else f"{code}-DELEGATED"


def _text_objection(progress: Progress, event: Submitted | Passed | Published) -> Finding | None:
    if progress.content_hash in (None, event.content_hash):
        return None
    return CATALOGUE.finding("REV-TEXT-CHANGED")


def _secrecy_review_objection(progress: Progress, event: SecrecyReviewed) -> Finding | None:
    if event.by in progress.authors:
        return CATALOGUE.finding("REV-SECRECY-OWN", person=event.by)
    return None if event.content_hash == progress.content_hash else CATALOGUE.finding("REV-TEXT-CHANGED")


def secrecy_objection(progress: Progress, *, final: bool) -> Finding | None:
    """A negative secrecy review stops every step; the final pass and the publication need a positive one on record.

    Source: ogi-2019#17.
    """
    review = progress.secrecy
    if review is None or review.by in progress.authors:
        return CATALOGUE.finding("REV-SECRECY-MISSING") if final else None
    if review.decision == "may_not_disclose":
        return CATALOGUE.finding("REV-SECRECY-REFUSED", person=review.by, basis=review.basis)
    if review.decision == "referred" and final:
        return CATALOGUE.finding("REV-SECRECY-REFERRED", person=review.by)
    return None


def _withdrawal_objection(progress: Progress, event: Withdrawn) -> Finding | None:
    return None if event.by in progress.authors else CATALOGUE.finding("REV-NOT-AUTHOR", person=event.by)

"""What may be asked about letters: what an applicant may fetch, what waits at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.office.accounts.models import User
from gongkai.office.casework import policy
from gongkai.office.casework.actions.delivering import enclosed
from gongkai.office.casework.models import Application, ApplicationFile, Delivery, Letter
from gongkai.regulation.letters import kind_of, kinds


@dataclass(frozen=True, slots=True)
class Fetchable:
    """A letter that lies ready for whoever has number and query code, with what is enclosed."""

    letter: Letter
    title: str
    number: str
    on: date
    files: tuple[ApplicationFile, ...]


def fetchable(application: Application) -> list[Fetchable]:
    """The letters of a case that its applicant may fetch, oldest first; a letter to anybody else is never among them."""
    to_applicant = [key for key, kind in kinds().items() if kind.recipient == "applicant"]
    found = Letter.objects.filter(application=application, kind__in=to_applicant, state=Letter.State.SENT)
    ready = found.filter(deliveries__way=Delivery.Way.ONLINE, deliveries__failed_at=None)
    return [_fetchable(each) for each in ready.select_related("pdf", "docx", "application").order_by("pk").distinct()]


def letter_of_file(application: Application, file: int) -> Letter | None:
    """The letter that a file an applicant asks for belongs to; None for a file that doesn't lie ready."""
    for each in fetchable(application):
        if any(one.pk == file for one in each.files):
            return each.letter
    return None


def waiting(by: User, *, on: date) -> QuerySet[Letter]:
    """Letters under way of the agencies somebody handles or approves cases for: to sign, to deliver, in draft; oldest first."""
    states = [Letter.State.DRAFT, Letter.State.SUBMITTED, Letter.State.ISSUED]
    mine = Application.objects.filter(policy.within(by, on=on)).values("pk")
    rows = Letter.objects.filter(state__in=states, application__in=mine)
    return rows.select_related("application__organ", "drafted_by").order_by("pk")


def undelivered(by: User, *, on: date) -> QuerySet[Delivery]:
    """Deliveries that failed and were not followed by another: somebody has to act."""
    mine = Application.objects.filter(policy.within(by, on=on)).values("pk")
    rows = Delivery.objects.exclude(failed_at=None).filter(
        letter__state=Letter.State.ISSUED, letter__application__in=mine
    )
    return rows.select_related("letter__application").order_by("-failed_at")


def titled(letters: Sequence[Letter]) -> list[tuple[Letter, str]]:
    """Letters with what they are called."""
    return [(letter, kind_of(letter.kind).name) for letter in letters]


def _fetchable(letter: Letter) -> Fetchable:
    files = tuple(each for each in (letter.pdf, letter.docx, *enclosed(letter)) if each is not None)
    assert letter.on is not None
    return Fetchable(letter, kind_of(letter.kind).name, letter.number or "", letter.on, files)

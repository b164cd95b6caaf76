"""What an application that is about to be entered may repeat: others of the same person, others for the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.office.casework.kinds import ApplicantKind
from gongkai.office.casework.masking import masked
from gongkai.office.casework.models import Application, RequestMark
from gongkai.office.casework.particulars import Particulars
from gongkai.office.organs.models import Organ

SHOWN = 10
_PEOPLE = (ApplicantKind.NATURAL_PERSON, ApplicantKind.INDIVIDUAL_BUSINESS)


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that is like the one being entered; who applied shows masked."""

    pk: int
    number: str
    applicant: str
    summary: str
    submitted_on: date
    state: str
    is_same_applicant: bool
    is_same_request: bool

    @property
    def is_repeated(self) -> bool:
        """The same person asks for the same thing again. Source: ogi-2019 art. 36(6)."""
        return self.is_same_applicant and self.is_same_request


def alike(organ: Organ, particulars: Particulars) -> list[Alike]:
    """The cases of an agency that are like one that is not there yet, repeated ones first, then the newest."""
    rows = Application.objects.filter(organ=organ, erased_at=None).exclude(state="voided").order_by("-id")
    by_applicant = set(rows.filter(applicant_mark=particulars.applicant_mark()).values_list("pk", flat=True)[:SHOWN])
    marks = RequestMark.objects.filter(mark__in=particulars.marks(), application__organ=organ)
    by_request = set(marks.order_by("-application").values_list("application", flat=True)[:SHOWN])
    found = [_alike(each, by_applicant, by_request) for each in rows.filter(pk__in=by_applicant | by_request)]
    return sorted(found, key=lambda each: (not each.is_repeated, -each.pk))[:SHOWN]


def _alike(row: Application, by_applicant: set[int], by_request: set[int]) -> Alike:
    of_a_person = row.applicant_kind in _PEOPLE
    return Alike(
        row.pk,
        row.number,
        masked("applicant_name", row.applicant_name) if of_a_person else row.applicant_name,
        row.summary,
        row.submitted_on,
        row.get_state_display(),
        row.pk in by_applicant,
        row.pk in by_request,
    )

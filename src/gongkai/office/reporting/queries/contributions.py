"""What was asked of agencies, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from gongkai.office.organs.models import Organ
from gongkai.office.reporting import sources
from gongkai.office.reporting.contributing import asked_cells, whole
from gongkai.office.reporting.models import Contribution, ContributionEntry, ReportYear
from gongkai.regulation.annual_report.compiling import input_cells
from gongkai.regulation.tally import Number


@dataclass(frozen=True, slots=True)
class Asked:
    """A number that is asked for: its last entry, if any, and what was answered for it the year before."""

    it: Contribution
    last: ContributionEntry | None
    before: Number | None

    @property
    def is_answered(self) -> bool:
        """The last word is an answer, and no return of it."""
        return self.last is not None and self.last.kind == ContributionEntry.Kind.ANSWERED

    @property
    def is_returned(self) -> bool:
        """The last word is that the answer was given back."""
        return self.last is not None and not self.is_answered

    @property
    def value(self) -> Number | None:
        """What was answered, if it stands."""
        return whole(self.last.value) if self.last and self.last.value is not None else None

    def is_late(self, on: date) -> bool:
        """Still asked for, and its day is past."""
        return not self.is_answered and self.it.due_on < on


def contributions_of(report_year: ReportYear, within: Q | None = None) -> list[Asked]:
    """What was asked for a report, of the agency and those it adds up; `within` leaves some of them, for who sees less."""
    asked = Contribution.objects.filter(year=report_year.year, organ__in=sources.organs_of(report_year))
    return with_answers((asked.filter(within) if within is not None else asked).order_by("organ__path", "pk"))


def with_answers(asked: QuerySet[Contribution]) -> list[Asked]:
    """Contributions with their last entries and last year's answers: four queries, however many they are."""
    listed = list(asked.select_related("organ"))
    last = _last_entries(Q(contribution__in=[each.pk for each in listed]))
    years = {each.year - 1 for each in listed}
    before = Contribution.objects.filter(year__in=years, organ__in={each.organ_id for each in listed})
    earlier = _last_entries(Q(contribution__in=before))
    values = {
        (entry.contribution.organ_id, entry.contribution.year, entry.contribution.key): entry.value
        for entry in earlier.values()
    }
    found = []
    for each in listed:
        value = values.get((each.organ_id, each.year - 1, each.key))
        found.append(Asked(each, last.get(each.pk), None if value is None else whole(value)))
    return found


def _last_entries(condition: Q) -> dict[int, ContributionEntry]:
    newest = ContributionEntry.objects.filter(condition).values("contribution").annotate(last=Max("pk"))
    entries = ContributionEntry.objects.filter(pk__in=[each["last"] for each in newest]).select_related("contribution")
    return {each.contribution_id: each for each in entries}


def unanswered(report_year: ReportYear) -> list[Contribution]:
    """What is still asked for: never answered, or returned."""
    return [each.it for each in contributions_of(report_year) if not each.is_answered]


def never_asked(report_year: ReportYear) -> list[str]:
    """The cells that no ledger holds and that none of a report's agencies was ever asked for: their 0 rests on nothing."""
    organs = Organ.objects.filter(pk__in=sources.organs_of(report_year))
    wanted = {key for organ in organs for key in asked_cells(organ, report_year.edition)}
    asked = Contribution.objects.filter(year=report_year.year, organ__in=organs).values_list("key", flat=True)
    missing = wanted - set(asked)
    return [key for key in input_cells(report_year.edition) if key in missing]


def last_year(contribution: Contribution) -> Number | None:
    """What the agency answered for the same cell the year before; None where nothing is known."""
    return with_answers(Contribution.objects.filter(pk=contribution.pk))[0].before

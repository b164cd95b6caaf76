"""What the desk's first page says of annual reports: those somebody has to hand in, and days that were changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.office.accounts.models import User
from gongkai.office.reporting import policy
from gongkai.office.reporting.models import ReportYear, YearEvent
from gongkai.office.reporting.queries.years import Standing, board


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that is still to be handed in; `changed` is the last change of its days, if there was one."""

    standing: Standing
    changed: YearEvent | None

    @property
    def words(self) -> str:
        """How long there is to hand it in."""
        left = self.standing.days_left
        return f"已过期 {-left} 天" if left < 0 else "今天到期" if left == 0 else f"还有 {left} 天"


def owed(user: User, *, on: date, shown: int) -> tuple[list[Owed], int]:
    """The reports that somebody writes and that are not handed in, the most urgent first: so many of them, and all their
    number. Those of years long past are left to the board of that year.
    """
    mine = ReportYear.objects.filter(policy.within(user, "hand_in", on=on), year__gte=on.year - 1)
    waiting = [each for each in board(mine, on=on) if not each.is_in]
    waiting.sort(key=lambda each: (each.days_left, each.report_year.organ.path))
    first = waiting[:shown]
    changes = YearEvent.objects.filter(
        report_year__in=[each.report_year.pk for each in first], kind=YearEvent.Kind.DAYS_CHANGED
    )
    last = {each.report_year_id: each for each in changes.order_by("pk")}
    return [Owed(each, last.get(each.report_year.pk)) for each in first], len(waiting)

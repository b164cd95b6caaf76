"""The county's annual report of 2020: opened, its numbers asked for and answered, counted, written, locked, handed in.

No figure of the report stands here but what an agency answers for itself; the rest is counted from the records.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from gongkai.office.accounts.models import User
from gongkai.office.organs.models import Organ
from gongkai.office.project.demonstration.items import YEAR
from gongkai.office.project.demonstration.wording import data
from gongkai.office.reporting import actions
from gongkai.office.reporting.actions.opening import edition_of
from gongkai.office.reporting.models import ReportYear

_ANSWERED = {
    "art20_9.centralized_procurement.project_count": (Decimal(1), "政府采购合同台账：办公设备采购项目"),
    "art20_9.centralized_procurement.total_amount_wan": (Decimal("9.46"), "政府采购合同台账：合同金额94600元"),
}
"""What the office has; it licenses and fines nobody, and answers the rest with 0."""


def make_report(organs: dict[str, Organ], people: dict[str, User], *, at: datetime) -> ReportYear:
    """The report of the year that the county's records are of, up to its being final."""
    officer, county = people["officer"], organs["qingxi"]
    [report_year] = actions.open_year(county, YEAR, by=officer, at=at, with_subordinates=False)
    due = (at + timedelta(days=10)).date()
    edition = edition_of(YEAR)
    for asked in actions.ask([organs["qingxi-office"]], YEAR, edition, due_on=due, by=officer, at=at):
        value, evidence = _ANSWERED.get(asked.key, (Decimal(0), "县政府办公室不办理这类事项"))
        actions.answer(asked, value, evidence=evidence, by=people["editor"], at=at)
    actions.collect(report_year, by=officer, at=at)
    actions.draft(report_year, by=officer, at=at)
    for part in data("report.toml")["part"]:
        actions.write(report_year, by=officer, at=at, **part)
    actions.lock(report_year, by=officer, at=at)
    actions.hand_in(report_year, by=officer, at=at)
    return report_year

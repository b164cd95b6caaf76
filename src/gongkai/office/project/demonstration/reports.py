"""The county's annual report of 2020: opened, its numbers asked for and answered, counted, written, locked, published.

No figure of the report stands here but what an agency answers for itself; the rest is counted from the records.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import make_aware

from gongkai.office.accounts.models import User
from gongkai.office.organs.models import Organ
from gongkai.office.project.demonstration.items import YEAR
from gongkai.office.project.demonstration.wording import data
from gongkai.office.publishing import actions as publishing
from gongkai.office.publishing import precheck
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Draft
from gongkai.office.reporting import actions
from gongkai.office.reporting.actions.opening import edition_of
from gongkai.office.reporting.actions.publishing import begin_publication, settle_published
from gongkai.office.reporting.models import ReportYear
from gongkai.regulation.review import Step

_ANSWERED = {
    "art20_9.centralized_procurement.project_count": (Decimal(1), "政府采购合同台账：办公设备采购项目"),
    "art20_9.centralized_procurement.total_amount_wan": (Decimal("9.46"), "政府采购合同台账：合同金额94600元"),
}
"""What the office has; it licenses and fines nobody, and answers the rest with 0."""
_REVIEWS: tuple[tuple[int, Step, str], ...] = (
    (22, "first", "first"),
    (25, "second", "second"),
    (27, "final", "final"),
)
"""The day in January, the step, and who takes it."""


def make_report(organs: Mapping[str, Organ], people: Mapping[str, User]) -> ReportYear:
    """The report of the year that the county's records are of, up to its standing before the public in January after."""
    officer, county = people["officer"], organs["qingxi"]
    [report_year] = actions.open_year(county, YEAR, by=officer, at=_january(4), with_subordinates=False)
    edition = edition_of(YEAR)
    due = _january(15).date()
    for asked in actions.ask([organs["qingxi-office"]], YEAR, edition, due_on=due, by=officer, at=_january(4)):
        value, evidence = _ANSWERED.get(asked.key, (Decimal(0), "县政府办公室不办理这类事项"))
        actions.answer(asked, value, evidence=evidence, by=people["editor"], at=_january(6))
    actions.collect(report_year, by=officer, at=_january(11))
    actions.draft(report_year, by=officer, at=_january(11))
    for part in data("report.toml")["part"]:
        actions.write(report_year, by=officer, at=_january(12), **part)
    actions.lock(report_year, by=officer, at=_january(18))
    actions.hand_in(report_year, by=officer, at=_january(19))
    actions.hand_over(report_year, by=officer, at=_january(19))
    _publish(report_year, people)
    return report_year


def _publish(report_year: ReportYear, people: Mapping[str, User]) -> None:
    """By the office's editor, and three people who read it on three days."""
    author = people["editor"]
    item = begin_publication(report_year, by=author, at=_january(20)).item
    draft = Draft.objects.get(item=item)
    content = Content.from_json(draft.content)
    found = precheck.check(content, item.organ, on=_january(20).date(), item=item)
    reasons = dict.fromkeys((each.code for each in found), "正文按法定格式编制，数据由台账统计，已逐项核对。")
    publishing.submit(item, content_hash=draft.content_hash, reasons=reasons, by=author, at=_january(20, 15))
    basis = "数据是统计数，不涉及国家秘密、工作秘密和个人信息。"
    secrecy = people["secrecy"]
    publishing.review_secrecy(
        item, decision="may_disclose", basis=basis, content_hash=draft.content_hash, by=secrecy, at=_january(21)
    )
    for day, step, who in _REVIEWS:
        publishing.pass_review(item, step=step, content_hash=draft.content_hash, by=people[who], at=_january(day))
    settle_published(at=_january(27, 10))


def _january(day: int, hour: int = 9) -> datetime:
    return make_aware(datetime(YEAR + 1, 1, day, hour))  # noqa: DTZ001 - made aware at once

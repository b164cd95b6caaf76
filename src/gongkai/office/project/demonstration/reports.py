"""The annual reports of 2020, the county's and its agencies': opened, asked for, counted, written, locked, handed in, published.

No figure of a report stands here but what an agency answers for itself; the rest is counted from the records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

OFFICE = "qingxi-office"
_ANSWERED = {
    "art20_9.centralized_procurement.project_count": (Decimal(1), "政府采购合同台账：办公设备采购项目"),
    "art20_9.centralized_procurement.total_amount_wan": (Decimal("9.46"), "政府采购合同台账：合同金额94600元"),
}
"""What the office has; it licenses and fines nobody, and answers the rest with 0."""
_REVIEW_DAYS = (22, 25, 27)
"""In January, one for each of the three reviews."""
_OTHER = "没有其他需要报告的事项。"
_NONE = (Decimal(0), "本机关2020年没有办理这类事项")
_STEPS: tuple[Step, ...] = ("first", "second", "final")
_STAGES = ("opened", "collected", "locked", "handed_in", "handed_over", "public")
"""How far an agency's report can have come, in order; one that was returned had been handed in."""


def open_year(organs: Mapping[str, Organ], people: Mapping[str, User]) -> dict[str, ReportYear]:
    """The reports that the county and its agencies owe, opened, and the numbers asked of those that make theirs here."""
    made = actions.open_year(organs["qingxi"], YEAR, by=people["officer"], at=_january(4))
    _answer([OFFICE, *(each["organ"] for each in data("agencies.toml")["agency"])], organs, people)
    return {each.organ.code: each for each in made}


def make_reports(opened: Mapping[str, ReportYear], people: Mapping[str, User]) -> int:
    """The county's report of the year that its records are of, up to its standing before the public in January after, and
    those that its agencies make here, each as far as it has come. Gives how many agencies have handed in.
    """
    officer, county = people["officer"], opened["qingxi"]
    done = sum(_of_agency(opened[each["organ"]], each, people) for each in data("agencies.toml")["agency"])
    actions.collect(county, by=officer, at=_january(11))
    actions.draft(county, by=officer, at=_january(11))
    for part in data("report.toml")["part"]:
        actions.write(county, by=officer, at=_january(12), **part)
    actions.lock(county, by=officer, at=_january(18))
    actions.hand_in(county, by=officer, at=_january(19))
    actions.hand_over(county, by=officer, at=_january(19))
    _publish(county, people["editor"], people["first"], people)
    settle_published(at=_january(27, 10))
    return done


def _answer(codes: Sequence[str], organs: Mapping[str, Organ], people: Mapping[str, User]) -> None:
    """The numbers no ledger holds, asked from agencies and answered by the editor of each."""
    edition, due = edition_of(YEAR), _january(15).date()
    for code in codes:
        editor = people["editor"] if code == OFFICE else people[f"editor-{code.removeprefix('qingxi-')}"]
        for asked in actions.ask([organs[code]], YEAR, edition, due_on=due, by=people["officer"], at=_january(4)):
            value, evidence = _ANSWERED.get(asked.key, _NONE) if code == OFFICE else _NONE
            actions.answer(asked, value, evidence=evidence, by=editor, at=_january(6))


def _of_agency(report_year: ReportYear, told: Mapping[str, str], people: Mapping[str, User]) -> bool:
    """An agency's report as far as it has come; gives whether the office has it."""
    officer, name = people["officer"], report_year.organ.code.removeprefix("qingxi-")
    editor, then = people[f"editor-{name}"], told["then"]
    reached = _STAGES.index("handed_in" if then == "returned" else then)
    if reached >= 1:
        actions.collect(report_year, by=editor, at=_january(8))
        actions.draft(report_year, by=editor, at=_january(8))
        actions.write(
            report_year,
            section="overview",
            topic="proactive_disclosure",
            text=told["overview"],
            by=editor,
            at=_january(9),
        )
        actions.write(report_year, section="problems", text=told["problems"], by=editor, at=_january(9))
        actions.write(report_year, section="other_matters", text=_OTHER, by=editor, at=_january(9))
    if reached >= 2:
        actions.lock(report_year, by=officer, at=_january(12))
    if reached >= 3:
        actions.hand_in(report_year, by=editor, at=_january(14))
    if then == "returned":
        actions.send_back(report_year, reason=told["note"], by=officer, at=_january(15))
        return False
    if reached >= 4:
        actions.hand_over(report_year, by=officer, at=_january(18))
    if reached >= 5:
        _publish(report_year, editor, people[f"first_reviewer-{name}"], people)
    return reached >= 3


def _publish(report_year: ReportYear, author: User, first: User, people: Mapping[str, User]) -> None:
    """By an editor of the agency, and three people who read it on three days."""
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
    readers = (first, people["second"], people["final"])
    for day, step, who in zip(_REVIEW_DAYS, _STEPS, readers, strict=True):
        publishing.pass_review(item, step=step, content_hash=draft.content_hash, by=who, at=_january(day))


def _january(day: int, hour: int = 9) -> datetime:
    return make_aware(datetime(YEAR + 1, 1, day, hour))  # noqa: DTZ001 - made aware at once

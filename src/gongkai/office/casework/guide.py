"""How an application goes, step by step, with the periods of a day's law: what the page 一图读懂 says and draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.deadlines import (
    CHANNELS,
    DueDate,
    fee_payment_period_on,
    needs_confirmation,
    periods_on,
    reply_due,
)
from gongkai.regulation.law import Law, cite, law_on
from gongkai.regulation.workdays import provisional_workdays

SPOKEN = {
    "in_person": "当面提交",
    "oral": "口头提出",
    "post_signed": "挂号信、快递",
    "post_unsigned": "平信",
    "online": "网上提交",
    "fax": "传真",
}
"""The channels as the public calls them."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way (`number` counts them), or something that may come in between (`number` 0).

    `figure` is a length that stands out, `unit` its unit with what it is for; `lines` are what else is said.
    """

    key: str
    name: str
    lines: tuple[str, ...]
    sources: tuple[str, ...]
    number: int = 0
    figure: int | None = None
    unit: str = ""
    asides: tuple[Step, ...] = field(default=())

    @property
    def citations(self) -> list[str]:
        """The articles it rests on."""
        return [cite(source) for source in self.sources]


def steps(day: date) -> tuple[Step, ...]:
    """The way of an application that is made on a day, by the law of that day.

    Errors: LawMissing before 2015-05-01, where the data on suing begins.
    """
    periods, law = periods_on(day), law_on(day)
    return (
        Step(
            "apply",
            "提出申请",
            ("向制作或者保存信息的机关提出", "当面、邮寄一律受理；网上、传真看是否开通", "不用说明用途，不收费用"),
            (_article(law, "ogi-2019#29"),),
            number=1,
        ),
        Step("receipt", "收到申请", tuple(_receipt(day)), _receipt_sources(law), 2, asides=tuple(_corrections(day))),
        Step(
            "review",
            "审查办理",
            ("查找信息，审查能否公开", "期限从收到的第二天起算，只数工作日，调休上班的日子也算"),
            (law.parameter("reply_period").source,),
            number=3,
            asides=tuple(_interruptions(day)),
        ),
        Step(
            "reply",
            "书面答复",
            (f"结果有：{'、'.join(results(day))}", "能当场答复的当场答复"),
            (law.parameter("reply_period").source,),
            number=4,
            figure=periods.reply,
            unit="个工作日内",
            asides=(
                Step(
                    "extension",
                    "需要延长的",
                    ("经负责人同意并告知您，只延一次",),
                    (law.parameter("extension_limit").source,),
                    figure=periods.extension_limit,
                    unit="个工作日以内",
                ),
            ),
        ),
        Step("remedy", "不服答复", tuple(_remedies(law)), _remedy_sources(law), number=5),
    )


def results(day: date) -> list[str]:
    """The groups of outcomes of the statutory table in which an application made on a day is counted.

    Before there was such a table, those of the first one.
    """
    year_end = max(date(day.year, 12, 31), date(2019, 12, 31))
    edition = law_on(year_end).parameter("report_form_edition", str).value
    table = next(each for each in form(edition).tables if each.key == "applications")
    return [
        row.short_label or row.label.partition("（")[0]
        for row in table.rows
        if row.parent == "results" and not row.computed
    ]


def _receipt(day: date) -> Iterator[str]:
    """Which day counts, by channel."""
    at_once = [SPOKEN[each] for each in CHANNELS if not needs_confirmation(each, day)]
    after = [SPOKEN[each] for each in CHANNELS if needs_confirmation(each, day)]
    yield f"{'、'.join(at_once)}：提交或者签收那天"
    if after:
        yield f"{'、'.join(after)}：双方确认那天"


def _receipt_sources(law: Law) -> tuple[str, ...]:
    return tuple(dict.fromkeys(law.parameter(f"receipt_{channel}").source for channel in CHANNELS if channel != "oral"))


def _corrections(day: date) -> Iterator[Step]:
    period = periods_on(day).correction_notice
    if period is None:
        return
    yield Step(
        "correction",
        "内容不明确的",
        ("一次说清怎样补正", "补正后，答复期限重新计算", "无正当理由逾期不补正，视为放弃"),
        (law_on(day).parameter("correction_notice_period").source,),
        figure=period,
        unit="个工作日内告知",
    )


def _interruptions(day: date) -> Iterator[Step]:
    """What may hold the clock between receipt and reply."""
    periods, law = periods_on(day), law_on(day)
    if periods.third_party_opinion is not None:
        sources = [law.parameter("third_party_opinion_period").source, law.parameter("agency_opinion_period").source]
        yield Step(
            "consultation",
            "涉及第三方的",
            ("或者由几个机关共同制作的，等对方的意见", "这段时间不计入答复期限"),
            (*sources, "ogi-2019#33-3"),
            figure=periods.third_party_opinion,
            unit="个工作日",
        )
    payment = fee_payment_period_on(day)
    if payment is not None:
        yield Step(
            "fee",
            "次数明显过多的",
            ("可以请您说明理由或者收取信息处理费", "缴费后期限重新计算，不缴视为放弃"),
            ("ogi-2019#35", law.parameter("fee_payment_period").source),
            figure=payment,
            unit="个工作日内缴费",
        )


def _remedies(law: Law) -> Iterator[str]:
    reconsider = law.parameter("reconsideration_period", int).value
    sue = law.parameter("direct_lawsuit_period", int).value
    after = law.parameter("lawsuit_after_reconsideration_period", int).value
    yield f"{reconsider} 日内申请行政复议"
    if law.parameter("refusal_reconsideration_first", bool).value:
        yield f"不予公开的，先复议；对复议不服的，{after} 日内起诉"
        yield f"其他答复，也可以 {sue} 个月内直接起诉"
    else:
        yield f"或者 {sue} 个月内向法院起诉"
    yield "还可以投诉、举报"


def _remedy_sources(law: Law) -> tuple[str, ...]:
    keys = (
        "reconsideration_period",
        "refusal_reconsideration_first",
        "direct_lawsuit_period",
        "lawsuit_after_reconsideration_period",
    )
    return tuple(dict.fromkeys([_article(law, "ogi-2019#51"), *(law.parameter(key).source for key in keys)]))


def _article(law: Law, source: str) -> str:
    """An article of the regulation as it stands; before it, the one that ruled the way of applying then."""
    return source if law.day >= date(2019, 5, 15) else law.parameter("reply_period").source


def expected_reply(confirmed_on: date) -> DueDate:
    """The last day to reply to an application that both sides confirm on a day, when nothing comes in between."""
    return reply_due(confirmed_on, provisional_workdays())

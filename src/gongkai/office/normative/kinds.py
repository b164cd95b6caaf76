"""The kinds of events in a document's life: what each is called, what is asked, and the fact of the law it becomes.

The one list behind the forms, the timeline and the facts given to `regulation.disclosure.normative`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from gongkai.regulation.disclosure import normative as law

Entry = Literal["step", "effect", "own"]
"""How it is entered: a step of the procedure, something that changes what holds, or by an action of its own."""


@dataclass(frozen=True, slots=True)
class Question:
    """A particular of an event as a form asks for it. `shape` is date, text, long, yes or a tuple of choices."""

    name: str
    label: str
    shape: str | tuple[tuple[str, str], ...] = "text"
    required: bool = True
    help: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: `fact` makes the law's fact of its day and particulars, None where the law asks nothing of it."""

    name: str
    label: str
    entry: Entry
    day_label: str
    questions: tuple[Question, ...] = ()
    fact: Callable[[date, Mapping[str, Any]], law.NormativeEvent] | None = None
    help: str = ""


def _day(detail: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(detail[name]) if detail.get(name) else None


def _needed_day(detail: Mapping[str, Any], name: str) -> date:
    return date.fromisoformat(detail[name])


_ACT = Question("act", "文件的文号或者名称", help="例如：青政规〔2024〕3号。")

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "assessed",
            "评估论证",
            "step",
            "完成日期",
            (Question("conclusion", "必要性、可行性、合理性和公平竞争审查的结论", "long"),),
        ),
        Kind("drafted", "起草", "step", "起草日期", (), lambda on, detail: law.Drafted(on)),
        Kind(
            "comment_held",
            "公开征求意见",
            "step",
            "开始日期",
            (
                Question("until", "截止日期", "date"),
                Question("address", "征求意见公告的网址", required=False),
                Question("feedback", "意见采纳情况", "long", required=False),
            ),
            lambda on, detail: law.CommentHeld(on, _needed_day(detail, "until")),
            "一般不少于7个工作日；与市场主体生产经营活动密切相关的不少于30日。",
        ),
        Kind(
            "legality_reviewed",
            "合法性审核",
            "step",
            "审核意见日期",
            (
                Question("body", "审核机构"),
                Question("result", "审核结论", (("passed", "合法"), ("failed", "不合法或者应当修改"))),
                Question("opinion", "审核意见书文号", required=False),
                Question("answer", "起草单位对意见的采纳说明", "long", required=False),
            ),
            lambda on, detail: law.LegalityReviewed(on, detail["body"], detail["result"] == "passed"),
            "未经审核或者审核不合法的，不得提交集体审议。",
        ),
        Kind(
            "collectively_decided",
            "集体审议",
            "step",
            "会议日期",
            (
                Question("meeting", "会议名称和届次"),
                Question("manner", "方式", (("meeting", "会议审议"), ("circulation", "传签"))),
            ),
            lambda on, detail: law.CollectivelyDecided(on, detail["meeting"], detail["manner"] == "circulation"),
            "传签不能代替会议审议。",
        ),
        Kind(
            "signed",
            "签署",
            "step",
            "签署日期（成文日期）",
            (Question("signer", "签署人职务", required=False, help="只写职务，不写姓名。"),),
            lambda on, detail: law.Signed(on),
        ),
        Kind(
            "numbered",
            "登记编号",
            "own",
            "登记日期",
            (Question("document_number", "发文字号"), Question("registration_number", "登记号", required=False)),
            lambda on, detail: law.Numbered(on, detail["document_number"], detail.get("registration_number", "")),
        ),
        Kind(
            "published",
            "公布（补录）",
            "own",
            "公布日期",
            (Question("effective_on", "施行日期", "date"), Question("expires_on", "有效期最后一日", "date", False)),
            lambda on, detail: law.Published(on, _needed_day(detail, "effective_on"), _day(detail, "expires_on")),
        ),
        Kind(
            "interpreted",
            "政策解读",
            "step",
            "解读公布日期",
            (Question("form", "解读形式", required=False, help="文字、图解、音视频、新闻发布会等。"),),
            lambda on, detail: law.Interpreted(on),
            "解读与文件同步公布，互相链接。",
        ),
        Kind(
            "filed",
            "备案",
            "step",
            "报送日期",
            (
                Question("to", "接受备案的机关"),
                Question("receipt", "备案登记号", required=False),
                Question("result", "备案审查结果", required=False),
            ),
            lambda on, detail: law.Filed(on, detail["to"]),
            "自公布之日起15日内报送（本地另有规定的从其规定）。",
        ),
        Kind(
            "evaluated",
            "评估",
            "step",
            "评估日期",
            (Question("result", "评估结论", "long"),),
            lambda on, detail: law.Evaluated(on, detail["result"]),
            "有效期届满前6个月评估，决定延期、修改或者到期失效。",
        ),
        Kind(
            "amended",
            "修改",
            "effect",
            "修改决定公布日期",
            (
                _ACT,
                Question("effective_on", "修改施行日期", "date"),
                Question("expires_on", "新的有效期最后一日", "date", False, "修改没有另定有效期的，留空。"),
            ),
            lambda on, detail: law.Amended(
                on, _needed_day(detail, "effective_on"), detail["act"], _day(detail, "expires_on")
            ),
            "修改后的文本通过政府信息更正程序公布，原文保留。",
        ),
        Kind(
            "extended",
            "延期",
            "effect",
            "延期决定公布日期",
            (_ACT, Question("until", "延长到（最后一日）", "date")),
            lambda on, detail: law.Extended(on, _needed_day(detail, "until"), detail["act"]),
            "应当在有效期届满以前公布；已经失效的不能以延期恢复。",
        ),
        Kind(
            "repealed",
            "废止",
            "effect",
            "废止决定公布日期",
            (
                _ACT,
                Question("effective_on", "废止生效日期", "date", help="不再有效的第一日。"),
                Question("manner", "方式", (("repealed", "单独废止"), ("superseded", "被新文件替代")), required=False),
            ),
            lambda on, detail: law.Repealed(on, _needed_day(detail, "effective_on"), detail["act"]),
        ),
        Kind(
            "lapsed",
            "失效",
            "effect",
            "不再有效的第一日",
            (
                Question(
                    "reason", "失效原因", "long", help="调整对象消失、任务已经完成等；有效期届满的由系统自动认定。"
                ),
            ),
            lambda on, detail: law.Lapsed(on, detail["reason"]),
        ),
        Kind(
            "cleaned_up",
            "清理",
            "own",
            "清理决定日期",
            (
                Question("round", "清理名称"),
                Question(
                    "outcome",
                    "结论",
                    (("continued", "继续有效"), ("revised", "拟修改"), ("repealed", "废止"), ("lapsed", "宣布失效")),
                ),
                _ACT,
            ),
            lambda on, detail: law.CleanedUp(on, detail["round"], detail["outcome"], detail["act"]),
        ),
        Kind("struck", "更正登记", "own", "更正日期", (Question("reason", "更正原因", "long"),)),
    )
}
"""Every kind by its name, in the order of a document's life."""

"""What an outcome has to rest on before it may be decided, and again before the reply says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.office.casework import redaction
from gongkai.office.casework.facts import facts, standing_rows
from gongkai.office.casework.models import Application, Decision
from gongkai.office.casework.standing import calendar
from gongkai.office.publishing.models import Item
from gongkai.regulation import application as law

NOT_DECIDED = ("withdrawn", "correction_overdue", "fee_unpaid")
"""Outcomes that nobody decides: the applicant, or the law, brings them about."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a decision says for itself; `law` is the article or act relied on, `item` what is public already."""

    reasons: str = ""
    law: str = ""
    balancing: str = ""
    facts: str = ""
    item: Item | None = None


def grounds_of(decision: Decision) -> Grounds:
    """The grounds of a decision on record."""
    return Grounds(decision.reasons, decision.grounds, decision.balancing, decision.facts, decision.item)


def choices(*, on: date) -> list[law.Outcome]:
    """The outcomes that may be decided on a day, in the order of article 36."""
    return [each for each in law.outcomes().values() if each.key not in NOT_DECIDED and each.since <= on]


def is_discretionary(outcome: law.Outcome) -> bool:
    """Whether the ground is one of article 16, which says that information *may* be withheld."""
    return "ogi-2019#16" in outcome.sources


def missing(application: Application, outcome: str, grounds: Grounds, *, on: date) -> list[str]:
    """What is not on record yet for an outcome, each as a sentence that says what to do; nothing when it may be decided."""
    if outcome not in law.outcomes() or outcome in NOT_DECIDED:
        return ["请从列出的办理结果里选择。逾期不补正、逾期未缴费和撤回由系统按期限或者申请人的表示办结。"]
    return list(_missing(application, law.outcome(outcome), grounds, on))


def _missing(application: Application, outcome: law.Outcome, grounds: Grounds, on: date) -> Iterator[str]:
    if on < outcome.since:
        yield f"“{outcome.label}”自{outcome.since}起才适用。"
    if outcome.reasons and not grounds.reasons.strip():
        yield f"“{outcome.label}”要写明事实和理由。"
    if is_discretionary(outcome) and not grounds.balancing.strip():
        yield "《条例》第十六条是“可以不予公开”：请写明裁量说明，即公开与不公开的利弊和为什么选择不公开。"
    if outcome.key == "deny_prohibited" and not grounds.law.strip():
        yield "请写明禁止公开所依据的法律、行政法规及其条款。"
    if outcome.key == "special_query" and not (grounds.law.strip() and grounds.facts.strip()):
        yield "请写明适用的法律、行政法规和办理查询的渠道。"
    if outcome.key == "already_public" and not (grounds.item or grounds.facts.strip()):
        yield "请选择已经公开的信息，或者写明获取该信息的方式和途径。"
    if outcome.key == "not_responsible" and not grounds.reasons.strip():
        yield "请说明不属于本机关负责公开的理由；能够确定负责机关的，写明其名称和联系方式。"
    if outcome.key == "petition" and not grounds.facts.strip():
        yield "请写明可以反映诉求的渠道。"
    if outcome.key == "publication" and not grounds.facts.strip():
        yield "请写明获取该公开出版物的途径。"
    if outcome.key == "partial" and (refusal := redaction.why_not(application)):
        yield refusal
    for step in outcome.requires:
        if refusal := _CHECKS[step](application, grounds, on):
            yield refusal


def _third_party(application: Application, grounds: Grounds, on: date) -> str:
    kept = standing_rows(application.events.all())
    asked = {
        row.detail["id"] for row in kept if row.kind == "consultation_sent" and row.detail["party"] == "third_party"
    }
    if not asked:
        return "涉及第三方合法权益的，先书面征求第三方的意见并登记（《条例》第三十二条）。"
    refusal = law.standing(facts(kept), calendar(), on).why_not("reply")
    return law.message(refusal) + law.advice(refusal) if refusal else ""


def _search(application: Application, grounds: Grounds, on: date) -> str:
    last = application.searches.filter(event__struck_by=None).last()
    if last is None:
        return "答复信息不存在，要先登记检索记录：在哪里查、用什么词、谁查的、结果怎样。"
    return "最近一次检索的结果是检索到了，不能答复信息不存在。请核对，或者再检索一次。" if last.is_found else ""


def _correction(application: Application, grounds: Grounds, on: date) -> str:
    kinds = {row.kind for row in standing_rows(application.events.all())}
    if "correction_requested" not in kinds:
        return "没有告知过补正，不能以补正后仍不明确答复。请先在七个工作日内告知补正。"
    if "correction_received" not in kinds:
        return "申请人还没有提交补正材料。逾期不补正的，期限届满后自动办结。"
    return ""


def _duplicate(application: Application, grounds: Grounds, on: date) -> str:
    return "" if application.duplicate_of_id else "请先登记重复于哪一件已经答复的申请。"


_GAVE = ("disclose", "partial", "already_public")
"""Outcomes with which the applicant got the information, or was told where it is."""


def _provided(application: Application, grounds: Grounds, on: date) -> str:
    """Who wants something confirmed or issued again has it already: by an earlier reply of this agency, or as the officer says."""
    prior = application.duplicate_of
    if prior is None:
        if grounds.facts.strip():
            return ""
        return (
            "“要求确认或重新出具已获取信息”的前提是申请人已经取得该信息。请先登记重复于哪一件已经提供信息的申请；"
            "不是通过申请取得的，写明提供的日期和文号。"
        )
    if prior.outcome not in _GAVE:
        said = law.outcome(prior.outcome).label if prior.outcome else "没有答复"
        return f"{prior}的结果是“{said}”，申请人没有从那一件取得信息，不能按重新出具办理。请核对；应当按内容答复。"
    return ""


def _abusive(application: Application, grounds: Grounds, on: date) -> str:
    kept = standing_rows(application.events.all())
    asked = [row for row in kept if row.kind == "reason_requested"]
    if not asked:
        return "认定无正当理由大量反复申请，先要求申请人说明理由（《条例》第三十五条）。"
    given = [row for row in kept if row.kind == "reason_received"]
    if given:
        return "申请人说明的理由已经被认可，应当按内容答复。" if given[-1].detail["accepted"] else ""
    until = calendar().add(asked[-1].on, asked[-1].detail["working_days"])
    return "" if on > until else f"申请人可以在{until}前说明理由，期限还没有届满。"


_CHECKS = {
    "third_party_consultation": _third_party,
    "search_record": _search,
    "correction_round": _correction,
    "link_to_prior_application": _duplicate,
    "information_provided": _provided,
    "reason_request_round": _abusive,
}
"""What an outcome `requires` (regulation/application/outcomes.toml) and how the office knows that it is on record."""

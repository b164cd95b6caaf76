"""Everything that can be done on a case's page: who does it, and why it can't be done now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.office.accounts.models import User
from gongkai.office.casework import policy
from gongkai.office.casework.actions.archive import why_not_archive
from gongkai.office.casework.models import Application
from gongkai.office.casework.queries import of_applicant
from gongkai.office.casework.standing import standing
from gongkai.regulation import application as law


@dataclass(frozen=True, slots=True)
class DeskVerb:
    """A verb of the desk: its policy verb, the law's verb behind it (empty where only the office knows it), its group."""

    key: str
    label: str
    policy: str
    law: str
    group: str
    help: str = ""


VERBS = {
    verb.key: verb
    for verb in (
        DeskVerb(
            "confirm", "与申请人确认", "handle", "confirm", "受理", "双方确认之日是收到之日，答复期限从第二天起算。"
        ),
        DeskVerb(
            "assign", "交办", "handle", "", "受理", "没有人经办的，可以自己领办；改派由政务公开机构或者审签人办理。"
        ),
        DeskVerb(
            "request_correction",
            "告知补正",
            "handle",
            "request_correction",
            "受理",
            "内容不明确的，自收到之日起7个工作日内一次性告知。告知后期限停止，收到补正后重新计算。",
        ),
        DeskVerb("receive_correction", "登记补正材料", "handle", "accept_correction", "受理"),
        DeskVerb(
            "link",
            "认定重复申请",
            "handle",
            "open",
            "受理",
            "同一申请人再次申请已经答复过的相同信息；要求重新出具的，也在这里指明是哪一件。",
        ),
        DeskVerb(
            "merge",
            "合并答复",
            "handle",
            "open",
            "受理",
            "同一申请人的几件内容相同的申请，用一份答复书答复；每件仍然单独计数。",
        ),
        DeskVerb("split", "拆分", "handle", "open", "受理", "一件申请要几项信息的，按最小合理单位拆成几件。"),
        DeskVerb("search", "登记检索", "handle", "open", "办理", "答复信息不存在以检索记录为依据。"),
        DeskVerb(
            "consult",
            "征求意见",
            "handle",
            "consult_third_party",
            "办理",
            "征求意见的时间不计入答复期限。第三方逾期不答由本机关决定；其他机关逾期不答视为同意公开。",
        ),
        DeskVerb("answer", "登记收到的意见", "handle", "record_opinion", "办理"),
        DeskVerb(
            "request_reason", "要求说明理由", "handle", "open", "办理", "数量、频次明显超过合理范围的；期限照常计算。"
        ),
        DeskVerb(
            "receive_reason",
            "登记说明的理由",
            "handle",
            "open",
            "办理",
            "申请人逾期没有说明的不用登记，期限过后可以直接拟定办理结果。",
        ),
        DeskVerb(
            "extend", "延长答复期限", "approve", "extend", "办理", "一次，最长20个工作日，经负责人同意并告知申请人。"
        ),
        DeskVerb(
            "notify_fee", "发出收费通知", "approve", "notify_fee", "办理", "只用于数量、频次明显超过合理范围的申请。"
        ),
        DeskVerb(
            "record_payment",
            "登记缴费",
            "handle",
            "record_payment",
            "办理",
            "按缴费凭证登记。答复期限从缴费的第二天起重新计算。",
        ),
        DeskVerb("decide", "拟定办理结果", "handle", "reply", "答复", "结果决定答复书的种类和年度报告的一行。"),
        DeskVerb("withdraw", "登记撤回", "handle", "withdraw", "答复", "只能由申请人决定；写明其表示的方式。"),
        DeskVerb("reopen", "重新办理", "handle", "reopen", "办结以后", "收到复议决定书或者判决书，按其确定的期限。"),
        DeskVerb("disclose", "转为主动公开", "handle", "granted", "办结以后", "生成一份草稿，照常经过三审。"),
        DeskVerb("archive", "归档", "handle", "closed", "办结以后", "文书都已送达，案卷整理齐全以后登记案卷号。"),
        DeskVerb("note", "写备注", "handle", "any", "其他"),
        DeskVerb("void", "作废", "approve", "open", "其他", "只用于登记有误，例如同一封信登记了两次。"),
    )
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb on a case's page; `refusal` says why it is greyed out."""

    verb: DeskVerb
    refusal: str


def offers(application: Application, by: User, *, on: date) -> dict[str, list[Offer]]:
    """The verbs by group, each with the reason why it can't be done today."""
    found = standing(application, on=max(on, application.submitted_on))
    refusals = {verb: policy.why_not(by, verb, application.organ, on=on) for verb in ("handle", "approve")}
    grouped: dict[str, list[Offer]] = {}
    for verb in VERBS.values():
        refusal = _because(application, found, verb) or refusals[verb.policy]
        grouped.setdefault(verb.group, []).append(Offer(verb, refusal))
    return grouped


def _because(application: Application, found: law.Standing, verb: DeskVerb) -> str:
    if application.state == "voided" and verb.law != "any":
        return "这件申请已经作废。"
    if verb.law in law.VERBS:
        finding = found.why_not(verb.law)
        return law.message(finding) if finding else ""
    if verb.law == "granted":
        is_granted = application.state == "replied" and application.outcome in ("disclose", "partial")
        return "" if is_granted else "只有已经予以公开或者部分公开的信息可以转为主动公开。"
    if verb.law == "closed":
        return why_not_archive(application)
    if verb.law != "any" and application.closed_on is not None:
        return f"申请已于{application.closed_on}办结。"
    check = _CHECKS.get(verb.key)
    return check(application) if check else ""


def _prior(application: Application) -> str:
    prior = of_applicant(application).filter(state="replied", pk__lt=application.pk)
    return "" if prior.exists() else "该申请人没有更早的、已经答复的申请。"


def _joinable(application: Application) -> str:
    others = of_applicant(application).filter(closed_on=None, merged_into=None)
    return "" if others.exists() else "该申请人没有别的在办申请。"


def _reason_asked(application: Application) -> bool:
    return application.events.filter(kind="reason_requested", struck_by=None).exists()


_CHECKS: Mapping[str, Callable[[Application], str]] = {
    "link": _prior,
    "merge": _joinable,
    "request_reason": lambda case: "已经要求过说明理由。" if _reason_asked(case) else "",
    "receive_reason": lambda case: "" if _reason_asked(case) else "没有要求过申请人说明理由。",
}
"""What only the office can know beforehand."""

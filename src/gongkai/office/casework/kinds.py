"""The kinds of things of this room, in the words of the form and of the desk."""

from __future__ import annotations

from django.db import models


class ApplicantKind(models.TextChoices):
    """Who applies. The first six are the columns of the statutory table; the last is counted as the office's habit says."""

    NATURAL_PERSON = "natural_person", "自然人"
    COMMERCIAL_ENTERPRISE = "commercial_enterprise", "商业企业"
    RESEARCH_INSTITUTION = "research_institution", "科研机构"
    PUBLIC_WELFARE_ORGANIZATION = "public_welfare_organization", "社会公益组织"
    LEGAL_SERVICE_INSTITUTION = "legal_service_institution", "法律服务机构"
    OTHER_ORGANIZATION = "other_organization", "其他"
    INDIVIDUAL_BUSINESS = "individual_business", "个体工商户"


COLUMNS = tuple(kind.value for kind in ApplicantKind if kind is not ApplicantKind.INDIVIDUAL_BUSINESS)
"""The columns of table three, by which every count of this room is split. Source: report-form-2019, report-form-2021."""


class Channel(models.TextChoices):
    """How an application reached the agency; the law takes the day of receipt from it."""

    IN_PERSON = "in_person", "当面提交"
    ORAL = "oral", "口头（代为填写）"
    POST_SIGNED = "post_signed", "邮寄（需签收）"
    POST_UNSIGNED = "post_unsigned", "邮寄（无需签收）"
    ONLINE = "online", "互联网渠道"
    FAX = "fax", "传真"


class WantedForm(models.TextChoices):
    """In which form the information is wanted. Source: ogi-2019 art. 29."""

    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子数据"
    COPY = "copy", "复制件"
    READING = "reading", "现场查阅"


class Delivery(models.TextChoices):
    """How it, and every letter of the case, is to reach the applicant. Source: ogi-2019 art. 29, 40."""

    POST = "post", "邮寄"
    MAIL = "mail", "电子邮件"
    COUNTER = "counter", "自行领取"
    ONLINE = "online", "网上下载"
    READING = "reading", "现场查阅、抄录"


class State(models.TextChoices):
    """Where an application stands: the states of `regulation.application`, and one this office adds."""

    REGISTERED = "registered", "待双方确认"
    UNDER_REVIEW = "under_review", "办理中"
    CORRECTION_REQUESTED = "correction_requested", "等待申请人补正"
    THIRD_PARTY_CONSULTATION = "third_party_consultation", "征求第三方意见"
    AGENCY_CONSULTATION = "agency_consultation", "征求其他机关意见"
    FEE_NOTICED = "fee_noticed", "等待申请人缴费"
    EXTENDED = "extended", "已延期，办理中"
    REOPENED = "reopened", "重新办理"
    REPLIED = "replied", "已答复"
    CLOSED_CORRECTION_OVERDUE = "closed_correction_overdue", "已办结（逾期不补正）"
    CLOSED_FEE_UNPAID = "closed_fee_unpaid", "已办结（逾期未缴费）"
    WITHDRAWN = "withdrawn", "申请人已撤回"
    VOIDED = "voided", "已作废（登记有误）"


LAW_KINDS: dict[str, str] = {
    "submitted": "提交申请",
    "confirmed": "双方确认收到",
    "correction_requested": "告知补正",
    "correction_received": "收到补正材料",
    "consultation_sent": "征求意见",
    "consultation_answered": "收到意见",
    "extended": "延长答复期限",
    "fee_notified": "发出收费通知",
    "fee_paid": "缴纳信息处理费",
    "replied": "答复",
    "withdrawn": "申请人撤回",
    "reopened": "重新办理",
}
"""Kinds of events that `regulation.application` reads."""

OFFICE_KINDS: dict[str, str] = {
    "assigned": "交办",
    "agency_confirmed": "本机关确认收到",
    "applicant_confirmed": "申请人确认",
    "reason_requested": "要求说明理由",
    "reason_received": "收到说明的理由",
    "searched": "检索",
    "decided": "拟定办理结果",
    "transferred": "告知应向其他机关申请",
    "split": "拆分",
    "merged": "合并答复",
    "told": "发出文书",
    "linked": "认定为重复申请",
    "due_moved": "放假安排调整，期限重新计算",
    "disclosed": "转为主动公开",
    "archived": "归档",
    "voided": "作废",
    "struck": "更正登记",
    "noted": "备注",
}
"""Kinds of events that only this office knows; none of them moves a date by itself, but `struck` takes one back."""

KINDS = LAW_KINDS | OFFICE_KINDS

"""Receive an application (收到申请): the one way in, whatever the channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import codes, files, policy
from gongkai.office.casework.actions.entering import Entry, enter
from gongkai.office.casework.kinds import ApplicantKind, Channel
from gongkai.office.casework.models import Application, ApplicationFile, ApplicationSequence, Intake, RequestMark
from gongkai.office.casework.particulars import Particulars, tells_of_somebody
from gongkai.office.organs.models import Organ


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with an application; `role` is one of `ApplicationFile.Role`."""

    name: str
    data: bytes
    role: str = ApplicationFile.Role.APPLICATION


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever applied is given: the application, its number, and the code by which it can be followed."""

    application: Application
    number: str
    query_code: str


@transaction.atomic
def receive(
    organ: Organ,
    particulars: Particulars,
    *,
    channel: str,
    submitted_on: date,
    at: datetime,
    by: User | None = None,
    uploads: Sequence[Upload] = (),
    summary: str = "",
) -> Receipt:
    """Take an application in: it gets a number of the agency's counter at once and can't be lost from then on.

    `by` is who enters it at the counter, from post or fax; None is the applicant on the public form, which only has the
    channel `online`. `submitted_on` is the day it reached the agency: handed in, signed for, arrived, sent.
    Errors: Refused for particulars that are missing, a closed channel, a day to come, and without the role.
    """
    today = localdate(at)
    if by is not None:
        policy.require(by, "receive", organ, on=today)
    elif channel != Channel.ONLINE or submitted_on != today:
        raise Refused("公开页面只受理网上申请。其他方式提交的，请由工作人员登记。")
    _refuse_what_can_not_be_taken_in(organ, particulars, channel, submitted_on, today)
    written = summary.strip() or particulars.summary() or "未写明名称的政府信息"
    if tells_of_somebody(written) or particulars.applicant_name.strip() in written:
        raise Refused(
            "内容概要里有姓名、长号码或者邮箱。概要会出现在台账和列表里，请只写所需信息的名称、文号或者事项。"
        )
    code = codes.new_code()
    application = Application.objects.create(
        organ=organ,
        number=next_number(organ, submitted_on.year),
        query_code=code,
        query_mark=codes.mark(code),
        channel=channel,
        submitted_on=submitted_on,
        received_at=at,
        applicant_column=column_of(particulars.applicant_kind, organ),
        applicant_mark=particulars.applicant_mark(),
        summary=written,
        **asdict(particulars),
    )
    RequestMark.objects.bulk_create([RequestMark(application=application, mark=mark) for mark in particulars.marks()])
    event = enter(application, Entry("submitted", submitted_on, {"channel": channel}), by=by, at=at)
    for upload in uploads:
        files.keep(application, upload.data, upload.name, upload.role, at=at, event=event)
    return Receipt(application, application.number, code)


def column_of(kind: str, organ: Organ) -> str:
    """The column of the statutory table in which a kind of applicant is counted: fixed when the application comes in."""
    if kind != ApplicantKind.INDIVIDUAL_BUSINESS:
        return kind
    habit = Intake.objects.filter(organ=organ).values_list("individual_business_column", flat=True).first()
    return habit or Intake._meta.get_field("individual_business_column").get_default()


def _refuse_what_can_not_be_taken_in(
    organ: Organ, particulars: Particulars, channel: str, submitted_on: date, today: date
) -> None:
    if problems := particulars.problems():
        raise Refused("".join(sentence for _, sentence in problems))
    if channel not in Channel.values:
        raise Refused(f"没有“{channel}”这一提交方式。请从列出的方式里选择。")
    if submitted_on > today:
        raise Refused(f"到达日期{submitted_on}还没有到。请填写申请实际到达的日期。")
    if organ.abolished_on is not None and organ.abolished_on <= submitted_on:
        raise Refused(f"{organ.name}已经撤并，不再受理申请。请向承继其职责的机关提出。")
    intake = Intake.objects.filter(organ=organ).first() or Intake(organ=organ)
    if channel == Channel.ONLINE and not intake.online_open:
        raise Refused(f"{organ.name}没有开通网上申请。请当面提交或者邮寄，这两种方式任何时候都受理。")
    if channel == Channel.FAX and not intake.fax_open:
        raise Refused(f"{organ.name}没有开通传真申请。请当面提交或者邮寄，这两种方式任何时候都受理。")


def next_number(organ: Organ, year: int) -> str:
    """The next number of the agency's counter; rolled back with the transaction, so none is lost and none given twice."""
    counter = ApplicationSequence.objects.select_for_update().get_or_create(organ=organ, year=year)[0]
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{organ.issuer_code or organ.short_name or organ.name}依申〔{year}〕{counter.last}号"

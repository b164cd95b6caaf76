"""Relations between cases: repeated applications (重复申请), splitting (拆分), one reply for several (合并答复)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import codes, policy
from gongkai.office.casework.actions.entering import Entry, enter, locked
from gongkai.office.casework.actions.follow import follow
from gongkai.office.casework.actions.receive import next_number
from gongkai.office.casework.facts import standing_rows
from gongkai.office.casework.kinds import LAW_KINDS
from gongkai.office.casework.models import Application, ApplicationEvent, RequestMark
from gongkai.office.casework.particulars import marks_of, tells_of_somebody

_BEFORE_SPLITTING = {"submitted", "confirmed", "correction_requested", "correction_received"}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the requests an application is split into: a line for lists, and the words of the request."""

    summary: str
    wanted: str


@transaction.atomic
def link_duplicate(
    application: Application, prior: Application, *, by: User, at: datetime, seen: int | None = None
) -> ApplicationEvent:
    """Say that an application repeats an earlier one of the same applicant, which has been answered.

    Errors: Refused for another applicant's or agency's, one that came later or is open, a second link, and without the role.
    Source: ogi-2019 art. 36(6).
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application, seen)
    _refuse_closed(application)
    if application.duplicate_of_id:
        raise Refused(f"这件申请已经认定为重复于{application.duplicate_of}。认定有误的，由审签人更正登记。")
    if prior.pk == application.pk or prior.organ_id != application.organ_id or prior.pk > application.pk:
        raise Refused("重复申请只能指向本机关更早收到的另一件申请。")
    if prior.applicant_mark != application.applicant_mark:
        raise Refused("两件申请的申请人不同。不同的人申请同样的信息不是重复申请，应当分别答复；可以考虑转为主动公开。")
    if prior.state != "replied":
        raise Refused(
            f"{prior.number}还没有答复。已经作出答复的申请，再次申请相同信息才是重复申请；没有答复的可以合并答复。"
        )
    application.duplicate_of = prior
    application.save(update_fields=["duplicate_of"])
    return enter(application, Entry("linked", localdate(at), {"prior": prior.number}), by=by, at=at)


@transaction.atomic
def merge(
    application: Application, into: Application, *, by: User, at: datetime, seen: int | None = None
) -> ApplicationEvent:
    """Have one reply answer several open applications of one applicant. Each stays a case, and is counted, of its own.

    Errors: Refused for cases of different applicants or agencies, closed ones, chains of merged ones, and without the role.
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application, into = locked(application, seen), locked(into)
    _refuse_closed(application)
    _refuse_closed(into)
    if into.pk == application.pk or into.organ_id != application.organ_id:
        raise Refused("只能与本机关的另一件申请合并答复。")
    if into.applicant_mark != application.applicant_mark:
        raise Refused("两件申请的申请人不同，不能合并答复：答复书会把一个人的申请告诉另一个人。")
    if application.merged_into_id or into.merged_into_id or application.joined.exists():
        raise Refused("其中一件已经与别的申请合并答复。请都合并到同一件上。")
    application.merged_into = into
    application.save(update_fields=["merged_into"])
    enter(into, Entry("noted", localdate(at), {"joined": application.number}), by=by, at=at)
    return enter(application, Entry("merged", localdate(at), {"into": into.number}), by=by, at=at)


@transaction.atomic
def split(
    application: Application, parts: Sequence[Part], *, by: User, at: datetime, seen: int | None = None
) -> list[Application]:
    """Make several cases of an application that asks for several things: the first part stays, each other becomes a case.

    The new ones have the same day of receipt and the same periods, because what happened so far happened to them too.
    Errors: Refused for fewer than two parts, after a consultation, an extension or a fee notice, and without the role.
    Source: fee-measure-2020 art. 4 (the smallest reasonable unit).
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application, seen)
    _refuse_closed(application)
    if len(parts) < 2 or not all(part.summary.strip() and part.wanted.strip() for part in parts):
        raise Refused("拆分至少要有两部分，每一部分都要写明概要和内容。")
    for part in parts:
        if tells_of_somebody(part.summary) or application.applicant_name.strip() in part.summary:
            raise Refused(
                "内容概要里有姓名、长号码或者邮箱。概要会出现在台账和列表里，请只写所需信息的名称、文号或者事项。"
            )
    rows = [row for row in standing_rows(application.events.all()) if row.kind in LAW_KINDS]
    if {row.kind for row in rows} - _BEFORE_SPLITTING or application.merged_into_id or application.joined.exists():
        raise Refused("已经征求意见、延期、通知收费或者合并答复的申请不再拆分。请在答复书里分别答复各项内容。")
    made = [_part_of(application, part, rows, by=by, at=at) for part in parts[1:]]
    application.summary = parts[0].summary.strip()
    application.save(update_fields=["summary"])
    detail = {"into": [each.number for each in made]}
    enter(application, Entry("split", localdate(at), detail, parts[0].wanted), by=by, at=at)
    return made


def _part_of(
    application: Application, part: Part, rows: Sequence[ApplicationEvent], *, by: User, at: datetime
) -> Application:
    """A new case for one part, with what happened so far."""
    columns = {
        field.name: getattr(application, field.name)
        for field in Application._meta.concrete_fields
        if field.editable and field.name not in ("id", "duplicate_of", "merged_into", "split_from")
    }
    code = codes.new_code()
    made = Application.objects.create(
        **{
            **columns,
            "applicant_column": application.applicant_column,
            "applicant_mark": application.applicant_mark,
            "number": next_number(application.organ, application.submitted_on.year),
            "query_code": code,
            "query_mark": codes.mark(code),
            "received_at": at,
            "summary": part.summary.strip(),
            "wanted": part.wanted.strip(),
            "wanted_title": "",
            "wanted_number": "",
            "split_from": application,
        }
    )
    RequestMark.objects.bulk_create([RequestMark(application=made, mark=mark) for mark in marks_of(part.wanted)])
    for follower in application.followers.all():
        follow(follower.account, made, was_sent_here=follower.was_sent_here, at=at)
    for row in rows:
        enter(made, Entry(row.kind, row.on, row.detail), by=by, at=at)
    return made


def _refuse_closed(application: Application) -> None:
    if application.closed_on is not None:
        raise Refused(f"{application.number}已于{application.closed_on}办结，不能再办理这一步。")

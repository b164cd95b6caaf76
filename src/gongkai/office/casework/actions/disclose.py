"""Turn an answer into proactive disclosure (转为主动公开): a draft in publishing, which goes through its reviews."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import files, policy
from gongkai.office.casework.actions.entering import Entry, enter, locked
from gongkai.office.casework.models import Application, ApplicationFile
from gongkai.office.publishing.actions import draft, store_file
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Column, Item

DISCLOSABLE = (ApplicationFile.Role.ANSWER, ApplicationFile.Role.REDACTED)
GRANTED = ("disclose", "partial")


@transaction.atomic
def disclose(
    application: Application,
    *,
    title: str,
    column: Column,
    by: User,
    at: datetime,
    attached: Sequence[ApplicationFile] = (),
    body: str = "",
) -> Item:
    """Begin an item from what was given to an applicant, so that nobody has to apply for it again.

    The item says nothing of who applied. It is a draft: three people pass it like any other.
    Errors: Refused for a case in which nothing was granted, a second time, for files that are no answer, and without the
    roles (of handling cases, and of writing). Source: ogi-2019 art. 44.
    """
    today = localdate(at)
    policy.require_application(by, "handle", application, on=today)
    application = locked(application)
    if application.state != "replied" or application.outcome not in GRANTED:
        raise Refused("只有已经予以公开或者部分公开的信息可以转为主动公开。")
    if application.events.filter(kind="disclosed", struck_by=None).exists():
        raise Refused("这件申请的信息已经转为主动公开的草稿。")
    if any(file.application_id != application.pk or file.role not in DISCLOSABLE for file in attached):
        raise Refused("只能附上提供给申请人的信息或者区分处理后的副本，原件和申请材料不能公开。")
    if not (attached or body.strip()):
        raise Refused("请写明公开的内容，或者附上提供给申请人的文件。")
    if application.outcome == "partial" and any(file.role != ApplicationFile.Role.REDACTED for file in attached):
        raise Refused("部分公开的信息只能附上区分处理后的副本。")
    stored = tuple(store_file(application.organ, [files.read(file)], file.name, by=by, at=at) for file in attached)
    item = draft(
        application.organ, Content(title=title, column=column.pk, body=body, attachments=stored), by=by, at=at
    ).item
    enter(application, Entry("disclosed", today, {"item": item.pk}), by=by, at=at)
    return item

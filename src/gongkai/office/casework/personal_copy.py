"""A copy of everything the installation holds of an applicant, to be given to him. Source: personal-information-2021 art. 45."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath

from django.db.models import QuerySet

from gongkai.office.applicants.models import Account
from gongkai.office.audit.actions import Act, record
from gongkai.office.casework import files
from gongkai.office.casework.belonging import files_of, sealed_of
from gongkai.office.casework.models import Application
from gongkai.office.casework.particulars import applicant_mark
from gongkai.office.casework.queries.mine import followed
from gongkai.office.personal.files import FileGone


def applications_of(identity_number: str) -> QuerySet[Application]:
    """The cases of whoever has that number."""
    mark = applicant_mark(identity_number, "", "")
    return Application.objects.filter(applicant_mark=mark, erased_at=None).order_by("pk")


def package(
    applications: Sequence[Application], *, by: str, purpose: str, at: datetime, account: Account | None = None
) -> bytes:
    """A ZIP: what stands of each case as JSON with Chinese names, and its files, and the account; the look is put on record."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        if account is not None:
            archive.writestr("账号.json", json.dumps(_of_account(account), ensure_ascii=False, indent=1))
        for number, application in enumerate(applications, start=1):
            record(
                Act(by, "personal.export", f"casework.application:{application.pk}", detail={"purpose": purpose}), at=at
            )
            said = json.dumps(_said(application), ensure_ascii=False, indent=1)
            archive.writestr(f"{number}/申请.json", said)
            for file in files_of(application):
                try:
                    archive.writestr(f"{number}/{file.pk}-{PurePath(file.name).name}", files.read(file))
                except FileGone:
                    continue
    return written.getvalue()


def _of_account(account: Account) -> dict[str, object]:
    return {
        "电子邮箱": account.email,
        "注册时间": account.made_at.isoformat(),
        "最近登录日期": account.seen_on.isoformat(),
        "列表里的申请": [row.application.number for row in followed(account)],
    }


def _said(application: Application) -> dict[str, object]:
    events = [
        {"日期": event.on.isoformat(), "事件": event.kind, "内容": event.detail} for event in application.events.all()
    ]
    values = [
        {"类别": str(each.model._meta.verbose_name)}
        | {str(each.model._meta.get_field(name).verbose_name): getattr(row, name) for name in each.fields}  # type: ignore[union-attr]
        for each in sealed_of(application)
        for row in each.rows
    ]
    return {
        "编号": application.number,
        "受理机关": application.organ.name,
        "提交方式": application.get_channel_display(),
        "收到日期": str(application.receipt_on or ""),
        "状态": application.get_state_display(),
        "办理记录": events,
        "个人信息": values,
    }

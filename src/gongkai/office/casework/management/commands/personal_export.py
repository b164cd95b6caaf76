"""Everything the installation holds of an applicant, as a ZIP."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.office.applicants.models import Account
from gongkai.office.applicants.queries import account_by_email
from gongkai.office.casework.models import Application
from gongkai.office.casework.personal_copy import applications_of, package
from gongkai.office.casework.queries import sent_from


class Command(BaseCommand):
    help = (
        "导出一位申请人的全部信息（依《个人信息保护法》第四十五条的查阅、复制请求）。用申请编号，或者从标准输入读证件号码："
        "证件号码不写在命令行上，以免留在历史记录和进程列表里。--account 从标准输入读申请人账号的邮箱，导出账号和用它提交的申请。"
    )

    def add_arguments(self, parser: Any) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--number", help="申请编号；不写就从标准输入读一行证件号码")
        which.add_argument("--account", action="store_true", help="从标准输入读一行申请人账号的邮箱")
        parser.add_argument("--purpose", required=True, help="事由，记入审计")
        parser.add_argument("--by", required=True, help="经办人工号，记入审计")
        parser.add_argument("-o", "--output", required=True, help="写到哪个 ZIP 文件；已有的文件不覆盖")

    def handle(
        self, *args: Any, number: str | None, account: bool, purpose: str, by: str, output: str, **options: Any
    ) -> None:
        owner = self._read_account() if account else None
        if owner is not None:
            applications = sent_from(owner)
        else:
            by_number = Application.objects.filter(number=number, erased_at=None)
            found = by_number if number else applications_of(self._read_identity())
            applications = list(found.select_related("organ"))
            if not applications:
                raise CommandError("没有找到：请核对申请编号或者证件号码；个人信息已经清除的申请不能导出。")
        data = package(applications, by=by, purpose=purpose, at=timezone.now(), account=owner)
        try:
            # Nobody else on the machine reads it.
            handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise CommandError(f"{output} 已经存在，没有覆盖。请换一个文件名。") from None
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        self.stdout.write(f"已导出 {len(applications)} 件申请。文件里是明文，交给申请人以后请删除。")

    def _read_account(self) -> Account:
        owner = account_by_email(input("账号邮箱："))
        if owner is None:
            raise CommandError("没有使用这个邮箱的账号。请核对。")
        return owner

    def _read_identity(self) -> str:
        return input("证件号码：").strip()

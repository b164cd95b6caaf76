"""Close the account of an applicant who asks for it other than on the site."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.office.applicants.actions import close
from gongkai.office.applicants.queries import account_by_email


class Command(BaseCommand):
    help = (
        "注销一个申请人账号（本人书面或者当面要求的）。邮箱从标准输入读一行，不写在命令行上，以免留在历史记录和进程列表里。"
        "以前的申请依法保存，不受影响。"
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--by", required=True, help="经办人工号，记入审计")
        parser.add_argument("--reason", default="本人要求", help="理由，记入审计；不写个人信息")

    def handle(self, *args: Any, by: str, reason: str, **options: Any) -> None:
        account = account_by_email(input("账号邮箱："))
        if account is None:
            raise CommandError("没有使用这个邮箱的账号。请核对。")
        close(account, at=timezone.now(), by=by, reason=reason)
        self.stdout.write("已经注销。")

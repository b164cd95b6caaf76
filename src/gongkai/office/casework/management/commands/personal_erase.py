"""Take the personal data out of cases."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions.erase import due_for_erasure, erase
from gongkai.office.casework.models import Application
from gongkai.office.personal.actions import StillInUse
from gongkai.office.personal.actions import compact as rewrite


class Command(BaseCommand):
    help = (
        "清除办结案件里的个人信息：姓名、证件、联系方式、申请内容、文书全文和附件。统计、日期和结果保留。不能恢复。"
        "--due 清除保存期限届满的（GONGKAI_CASE_RETENTION_YEARS），--number 清除一件。不加 --yes 只列出，不清除。"
    )

    def add_arguments(self, parser: Any) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--due", action="store_true", help="保存期限届满的")
        which.add_argument("--number", help="一件申请的编号")
        parser.add_argument("--reason", default="保存期限届满", help="理由，记入审计")
        parser.add_argument("--by", default="system", help="经办人工号，记入审计")
        parser.add_argument(
            "--compact",
            action="store_true",
            help="随后重写数据库文件，清除的内容连密文也不再留在其中（PostgreSQL 期间表被锁）",
        )
        parser.add_argument("--yes", action="store_true", help="确实清除")

    def handle(
        self, *args: Any, number: str | None, reason: str, by: str, yes: bool, compact: bool, **options: Any
    ) -> None:
        at = timezone.now()
        rows = Application.objects.filter(number=number) if number else due_for_erasure(on=timezone.localdate(at))
        found = list(rows)
        if number and not found:
            raise CommandError(f"没有编号为“{number}”的申请。请核对编号。")
        for application in found:
            if not yes:
                self.stdout.write(f"{application.number}，办结于 {application.closed_on}")
                continue
            try:
                emptied = erase(application, reason=reason, at=at, by=by)
            except Refused as refused:
                raise CommandError(str(refused)) from None
            self.stdout.write(f"{application.number}：清除了 {emptied} 个值和全部附件。")
        if not yes:
            self.stdout.write(f"共 {len(found)} 件。确实清除请加 --yes；清除以后不能恢复，请先核对备份的保存期限。")
        elif not compact:
            self.stdout.write(
                "数据库文件的空闲页、预写日志里可能还留有旧的密文：加 --compact 重写数据库文件。更早的备份不在内。"
            )
        else:
            try:
                rewrite()
            except StillInUse as busy:
                raise CommandError(str(busy)) from None
            self.stdout.write("数据库文件已经重写，清除的内容连密文也不再留在其中。更早的备份不在内，按保存期限销毁。")

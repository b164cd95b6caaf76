"""manage.py reconcile_renderings: delete public files that should not be there."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.office.renderings.actions import forget_all, reconcile


class Command(BaseCommand):
    help = "核对公开页面的文件：删除没有登记的、内容与登记不符的文件。页面下次被访问时重新生成。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--names-only", action="store_true", help="只看有没有登记，不逐个核对内容")
        parser.add_argument("--all", action="store_true", help="不核对，全部删除、重新生成（从备份恢复以后用）")

    def handle(self, *, names_only: bool, all: bool, **options: Any) -> None:
        if all:
            forget_all()
        deleted = reconcile(contents=not names_only)
        self.stdout.write("公开页面已全部删除，将重新生成。" if all else f"核对完毕，删除了 {deleted} 个文件。")

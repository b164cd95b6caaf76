"""Seal all personal data anew with the newest key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.office.personal.actions import StillInUse, rotate
from gongkai.office.personal.actions import compact as rewrite
from gongkai.office.personal.keys import new_key


class Command(BaseCommand):
    help = "更换密钥：把新密钥放在 GONGKAI_PERSONAL_KEYS 的最前面，重新启动，再运行本命令。--new 只生成一个新密钥。"
    compact_help = "随后重写数据库文件，旧密钥加密的内容不再留在其中（PostgreSQL 期间表被锁；备份和预写日志不在内）"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--new", action="store_true", help="只生成并显示一个新密钥，什么也不改")

        parser.add_argument("--compact", action="store_true", help=self.compact_help)

    def handle(self, *args: Any, new: bool, compact: bool, **options: Any) -> None:
        if new:
            self.stdout.write(new_key())
            return
        count = rotate(at=timezone.now())
        self.stdout.write(
            f"已用最新的密钥重新加密 {count} 个值和文件。指纹用密钥串的最后一个密钥计算：最后一个密钥须保留，中间的可以去掉。"
        )
        if compact:
            try:
                rewrite()
            except StillInUse as busy:
                raise CommandError(str(busy)) from None
            self.stdout.write("数据库文件已经重写，旧密钥加密的内容不再留在其中。")

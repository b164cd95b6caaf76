"""`follow_search`: the second process of a large import (`search.beside` starts it; it is of no use by hand)."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand

from gongkai.office.publishing.search.beside import follow


class Command(BaseCommand):
    help = "批量导入时由程序自己启动：边导入边编检索索引。不必手工运行。"
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        follow(sys.stdin.fileno())

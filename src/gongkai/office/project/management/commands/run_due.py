"""manage.py run_due: what is due by the clock, for installations where cron or systemd calls."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.office.project.due import run_due


class Command(BaseCommand):
    help = "办理到时的事项：定时发布、期限提醒等。gongkai serve 运行时自动办理，不用另外调用。"

    def handle(self, **options: Any) -> None:
        if failed := run_due(at=timezone.now()):
            raise CommandError(f"有 {failed} 项没有完成，原因见上；下次调用时重试。")

"""Bring in what an existing site has published (docs/importing.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing.importing.carrying_out import begin, carry_on, try_out
from gongkai.office.publishing.importing.reading import CannotImport


class Command(BaseCommand):
    help = "导入已有网站的政府信息：先用 --dry-run 试一遍，再正式导入；中断后重新执行同一条命令，从中断处继续。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="XLSX、CSV、JSON 或 NDJSON 文件")
        parser.add_argument("--source", required=True, help="信息来自哪个网站，例如“旧门户网站”")
        parser.add_argument("--as", dest="username", help="以谁的名义导入（网站主办机关的系统管理员）")
        parser.add_argument("--attachments", type=Path, help="附件所在的文件夹")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"没有这个文件：{path}")
        try:
            if options["dry_run"]:
                self._try(path, options)
            else:
                self._carry_out(path, options)
        except (CannotImport, Refused) as error:
            raise CommandError(str(error)) from error

    def _try(self, path: Path, options: dict[str, Any]) -> None:
        trial = try_out(path, options["attachments"], options["source"], self._progress)
        self._errors([(each.row, each.heading, each.message) for each in trial.errors], trial.refused)
        self.stdout.write(
            f"共 {trial.rows} 行：可以导入 {trial.ready}，早已导入 {trial.already_there}，有误 {trial.refused}。没有写入任何内容。"
        )
        if trial.refused:
            raise CommandError("有误的行不会导入。改正后再试，或者直接正式导入其余的行。")

    def _carry_out(self, path: Path, options: dict[str, Any]) -> None:
        by = User.objects.filter(username=options["username"] or "").first()
        if by is None:
            raise CommandError("请用 --as 写明以谁的名义导入（网站主办机关的系统管理员的用户名）。")
        now = timezone.now()
        run = begin(path, options["source"], by=by, at=now)
        if run.rows_done:
            self.stdout.write(f"接着上次的进度，从第 {run.rows_done + 1} 行开始。")
        run = carry_on(run, path, options["attachments"], by=by, at=now, progress=self._progress)
        self._errors([tuple(each) for each in run.errors], run.refused)
        self.stdout.write(
            f"导入完毕：共 {run.rows_done} 行，导入 {run.imported}，早已导入 {run.already_there}，有误未导入 {run.refused}。"
        )

    def _progress(self, rows: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r已处理 {rows} 行", ending="")

    def _errors(self, errors: list[tuple[Any, ...]], rows: int) -> None:
        if self.stderr.isatty():
            self.stderr.write("")
        for row, heading, message in errors:
            self.stdout.write(f"第 {row} 行　{heading}：{message}")
        if rows and not errors:
            self.stdout.write(f"另有 {rows} 行有误。")

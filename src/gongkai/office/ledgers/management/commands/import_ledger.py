"""Bring entries into a ledger from a file (docs/importing.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.ledgers import intake
from gongkai.office.ledgers.ledger import ledgers
from gongkai.office.publishing.importing.reading import CannotImport


class Command(BaseCommand):
    help = "导入台账：先用 --dry-run 试一遍，再正式导入；中断后重新执行同一条命令，从中断处继续。"

    def add_arguments(self, parser: CommandParser) -> None:
        listed = "、".join(f"{key}（{each.label}）" for key, each in ledgers().items())
        parser.add_argument("ledger", choices=sorted(ledgers()), help=f"哪本台账：{listed}")
        parser.add_argument("file", type=Path, help="XLSX、CSV、JSON 或 NDJSON 文件")
        parser.add_argument("--source", required=True, help="从哪里来，例如“旧门户网站”")
        parser.add_argument("--as", dest="username", required=True, help="以谁的名义导入（有登记权限的人的用户名）")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")

    def handle(self, *args: Any, **options: Any) -> None:
        path, ledger, at = options["file"], ledgers()[options["ledger"]], timezone.now()
        if not path.is_file():
            raise CommandError(f"没有这个文件：{path}")
        by = User.objects.filter(username=options["username"]).first()
        if by is None:
            raise CommandError(f"没有用户“{options['username']}”。请写有登记权限的人的用户名。")
        try:
            if options["dry_run"]:
                trial = intake.try_out(ledger, path, options["source"], by=by, at=at, progress=self._progress)
                self._errors([(each.row, each.heading, each.message) for each in trial.errors])
                self.stdout.write(
                    f"共 {trial.rows} 行：可以导入 {trial.ready}，早已导入 {trial.already_there}，"
                    f"有误 {trial.refused}。没有写入任何内容。"
                )
                if trial.refused:
                    raise CommandError("有误的行不会导入。改正后再试，或者直接正式导入其余的行。")
                return
            run = intake.bring_in(ledger, path, options["source"], by=by, at=at, progress=self._progress)
        except (CannotImport, Refused) as error:
            raise CommandError(str(error)) from error
        self._errors([tuple(each) for each in run.errors])
        self.stdout.write(
            f"导入完毕：共 {run.rows_done} 行，导入 {run.imported}，早已导入 {run.already_there}，"
            f"有误未导入 {run.refused}。"
        )

    def _progress(self, rows: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r已处理 {rows} 行", ending="")

    def _errors(self, errors: list[tuple[Any, ...]]) -> None:
        for row, heading, message in errors:
            self.stdout.write(f"第 {row} 行　{heading}：{message}" if heading else f"第 {row} 行　{message}")

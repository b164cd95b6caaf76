"""`gongkai restore`: an installation from a backup, all of it or nothing."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.console import Console, Stop
from gongkai.cli.office.settings import set_up
from gongkai.cli.progress import Meter

if TYPE_CHECKING:
    from gongkai.office.project.backup.restoring import Checked, Staged, Target


def run(options: argparse.Namespace, console: Console) -> int:
    """Restore; 0 when all is right, 1 when it is restored and something was wrong before, 2 when nothing was restored."""
    from gongkai.office.project.backup.layout import Problem
    from gongkai.office.project.disk import is_full

    try:
        return _restore(options, console)
    except Problem as problem:
        raise Stop(problem.chinese, problem.english) from problem
    except Exception as error:
        if not is_full(error):
            raise
        raise Stop(
            "磁盘已满，没有恢复任何内容。请腾出空间后重试。", "The disk is full; nothing was restored. Free some space."
        ) from error


def _restore(options: argparse.Namespace, console: Console) -> int:
    from gongkai.office.project.backup import restoring

    target = _target(options)
    if target.force and any(path.name != restoring.STAGING for path in _inside(target.data)):
        _ask(options, console, target.data)
    meter = Meter(console)
    try:
        staged = restoring.unpack(Path(options.file), target, meter)
    finally:
        meter.clear()
    console.note(
        console.say("已解开，摘要值全部相符；正在核对审计链 …", "Unpacked, all hashes agree; walking the chain …")
    )
    try:
        checked = _checked(staged, target)
    except BaseException:
        restoring.discard(staged)
        raise
    from django.utils import timezone

    aside = restoring.put_in_place(staged, target, stamp=f"{timezone.localtime():%Y%m%d-%H%M%S}")
    return _tell(console, staged, checked, target.data, aside)


def _target(options: argparse.Namespace) -> Target:
    """Where the environment says that the installation is; nothing is made there yet."""
    import dj_database_url

    from gongkai.office.project.backup.restoring import Target
    from gongkai.office.project.environment import data_directory

    url = os.environ.get("DATABASE_URL", "")
    told = dj_database_url.parse(url) if url else {}
    engine = str(told.get("ENGINE", "sqlite3"))
    vendor = "sqlite" if engine.endswith("sqlite3") else "postgresql"
    database = Path(str(told["NAME"])) if url and vendor == "sqlite" else None
    return Target(data_directory(), vendor, database, options.force, options.without_keys)


def _checked(staged: Staged, target: Target) -> Checked:
    """Read the settings as if the staged folder were the installation, and look at it."""
    from gongkai.office.project.backup import restoring

    os.environ["GONGKAI_DATA"] = str(staged.folder)
    if target.vendor == "sqlite":
        os.environ.pop("DATABASE_URL", None)
    set_up()
    return restoring.check(staged, force=target.force)


def _ask(options: argparse.Namespace, console: Console, data: Path) -> None:
    if options.yes:
        return
    if not sys.stdin.isatty():
        raise Stop(
            "要取代现有的内容须确认：请在终端里运行，或者加上 --yes。",
            "Replacing what is there has to be confirmed: run this in a terminal, or add --yes.",
        )
    console.err.write(
        console.say(
            f"{data} 里现有的内容将被取代（移到旁边的 replaced-… 文件夹）。输入 yes 继续：",
            f"What is in {data} will be replaced (and laid aside in a folder replaced-…). Type yes to go on: ",
        )
    )
    console.err.flush()
    if sys.stdin.readline().strip().lower() != "yes":
        raise Stop("没有恢复。", "Nothing was restored.")


def _tell(console: Console, staged: Staged, checked: Checked, data: Path, aside: Path | None) -> int:
    header = staged.header
    console.print(
        console.say(
            f"已恢复到 {data}：备份于 {header.made_at}（程序 {header.program}），审计链 {checked.chain_length} 条。",
            f"Restored to {data}: backed up at {header.made_at} (program {header.program}), {checked.chain_length} entries "
            "in the chain.",
        )
    )
    if checked.migrated:
        console.note(
            console.say(
                f"数据库已升级 {checked.migrated} 步，到本程序的版本。",
                f"The database was brought up {checked.migrated} steps to this program's version.",
            )
        )
    if aside is not None:
        console.note(console.say(f"原有的内容在 {aside}。", f"What was there before is in {aside}."))
    wrong = [
        (
            checked.broken > 0,
            f"审计链有 {checked.broken} 处断裂：备份以前就已如此。请运行 gongkai verify 查看。",
            f"The audit chain is broken in {checked.broken} places, and was so before the backup. See gongkai verify.",
        ),
        (
            not checked.chain_is_the_one,
            "审计链的末条与备份开始时记下的不同。",
            "The end of the chain is not the one noted when the backup began.",
        ),
        (
            not checked.keys_open,
            "现有的密钥打不开备份里的个人信息。请把原来的密钥加进 GONGKAI_PERSONAL_KEYS。",
            "The keys here don't open the personal data. Add the former keys to GONGKAI_PERSONAL_KEYS.",
        ),
    ]
    for applies, chinese, english in wrong:
        if applies:
            console.complain(console.say(f"✗ {chinese}", f"✗ {english}"))
    console.note(
        console.say(
            "现在可以运行 gongkai serve：公开页面在第一次启动后重新生成。",
            "Now run gongkai serve: public pages are made anew after its first start.",
        )
    )
    return int(any(applies for applies, _, _ in wrong))


def _inside(data: Path) -> list[Path]:
    return list(data.iterdir()) if data.is_dir() else []

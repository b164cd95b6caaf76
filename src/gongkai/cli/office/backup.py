"""`gongkai backup`: the whole installation in one file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.console import Console, Stop
from gongkai.cli.office.settings import set_up
from gongkai.cli.progress import Meter

if TYPE_CHECKING:
    from gongkai.office.project.backup.saving import Saved


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the backup and say what is, and what is not, in it; 0, or 2 when there is none."""
    set_up()
    from django.utils import timezone

    from gongkai.office.project.backup.layout import Problem
    from gongkai.office.project.backup.saving import save
    from gongkai.office.project.disk import is_full

    now, meter = timezone.localtime(), Meter(console)
    output = Path(options.output or f"gongkai-{now:%Y%m%d-%H%M%S}.tar.gz")
    try:
        saved = save(output, with_keys=not options.without_keys, at=now, tick=meter)
    except Problem as problem:
        raise Stop(problem.chinese, problem.english) from problem
    except Exception as error:
        if not is_full(error):
            raise
        raise Stop(
            f"磁盘已满，没有备份成，也没有留下写了一半的文件。请腾出空间，或者用 -o 换一个磁盘（{output.resolve().parent}）。",
            f"The disk is full; no backup was made, and no half-written file is left. Free some space, or choose another "
            f"disk with -o ({output.resolve().parent}).",
        ) from error
    finally:
        meter.clear()
    _tell(saved, console, without_keys=options.without_keys)
    return 0


def _tell(saved: Saved, console: Console, *, without_keys: bool) -> None:
    """What was made, and what has to be kept beside it or away from it."""
    size = f"{saved.size / 2**20:.1f} MB"
    console.print(
        console.say(
            f"已备份到 {saved.path}（{size}，数据库和 {saved.files} 个文件）。",
            f"Backed up to {saved.path} ({size}: the database and {saved.files} files).",
        )
    )
    console.print(f"SHA-256 {saved.sha256}")
    if saved.keys:
        console.note(
            console.say(
                "备份里有密钥：谁拿到它，就能读出申请人的个人信息，还能冒用本站的签名。请加密保存，或者用 --without-keys 另存密钥。",
                "The keys are in it: whoever has this file can read what applicants told, and sign in this site's name. Keep "
                "it encrypted, or keep the keys elsewhere and use --without-keys.",
            )
        )
    if without_keys:
        console.note(
            console.say(
                "密钥不在备份里：没有密钥，个人信息恢复以后打不开。请另行保存数据目录里的 *.secret 和 signing-key.pem。",
                "The keys are not in it: without them personal data can't be read after a restore. Keep *.secret and "
                "signing-key.pem of the data folder elsewhere.",
            )
        )
    if saved.keys_from_environment:
        names = "、".join(saved.keys_from_environment)
        console.note(
            console.say(
                f"由环境变量给出的密钥（{names}）不在备份里，请另行保存。",
                f"Keys that come from the environment ({', '.join(saved.keys_from_environment)}) are not in it; keep them "
                "elsewhere.",
            )
        )

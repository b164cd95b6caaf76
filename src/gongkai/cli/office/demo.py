"""`gongkai demo`: the demonstration county in an empty data folder."""

from __future__ import annotations

import argparse

from gongkai.cli.console import Console, Stop
from gongkai.cli.office.settings import set_up


def run(options: argparse.Namespace, console: Console) -> int:
    """Make the county, or say that it is there already; 0, or 2 where something real is."""
    set_up()
    from django.conf import settings
    from django.utils import timezone

    from gongkai.office.project import preparing
    from gongkai.office.project.demonstration import county

    preparing.migrate()
    if county.is_loaded():
        console.note(
            console.say(f"演示县已经在 {settings.DATA_DIR}。", f"The demonstration county is in {settings.DATA_DIR}.")
        )
    else:
        try:
            county.load(at=timezone.now(), tell=lambda chinese, english: console.note(console.say(chinese, english)))
        except county.NotEmpty as error:
            raise Stop(
                str(error),
                "There are agencies or staff here already; a demonstration is not mixed with them. "
                "Choose an empty folder (GONGKAI_DATA).",
            ) from error
    for username, role in county.SIGN_INS:
        console.print(f"  {username:<12}{role}")
    console.print(
        console.say(
            f"以上用户名登录工作平台，密码都是 {county.PASSWORD}（仅供演示）。",
            f"Sign in to the desk with these names; the password of each is {county.PASSWORD} (for the demonstration only).",
        )
    )
    return 0

"""The arguments of `gongkai due`. Nothing here imports the law."""

from __future__ import annotations

import argparse
from datetime import date

from gongkai.cli.arguments import Arguments


def add_due_command(commands: argparse._SubParsersAction[Arguments], parent: Arguments) -> None:
    """Add `due` to the `gongkai` parser."""
    say = parent.say
    summary = say(
        "一件依申请公开的状态和答复期限，逐日说明怎样算出",
        "where an application stands and when the reply is due, explained day by day",
    )
    due = commands.add_parser("due", language=parent.language, help=summary, description=summary)
    due.set_defaults(module="gongkai.cli.due.explain")
    due.add_argument(
        "file",
        metavar=say("事件文件", "EVENTS"),
        help=say("TOML 文件，列出申请经历的事件；- 表示标准输入", "a TOML file of what happened; - is standard input"),
    )

    def day(text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            wrong = say(f"要写成 2024-05-13 这样的日期，不能是“{text}”", f"a date like 2024-05-13, not '{text}'")
            raise argparse.ArgumentTypeError(wrong) from None

    due.add_argument(
        "--on",
        type=day,
        metavar=say("日期", "DATE"),
        help=say("看哪一天的情况；不写时是今天", "the day to look at; today by default"),
    )
    due.add_argument(
        "--format",
        choices=("table", "json"),
        default="table",
        help=say("给人看的表格（默认），或给程序用的 JSON", "a table for people (default), or JSON for programs"),
    )
    due.add_argument("--quiet", action="store_true", help=say("不显示附带说明", "no side notes"))
    due.add_argument("--no-color", action="store_true", help=say("不用颜色", "no colours"))

"""The arguments of the commands that run and look after an installation. Nothing here imports the office."""

from __future__ import annotations

import argparse

from gongkai.cli.arguments import Arguments


def add_office_commands(commands: argparse._SubParsersAction[Arguments], parent: Arguments) -> None:
    """Add `serve`, `demo`, `backup`, `restore`, `verify` and `doctor` to the `gongkai` parser."""
    _add_serve(commands, parent)
    _add_demo(commands, parent)
    _add_backup(commands, parent)
    _add_restore(commands, parent)
    _add_verify(commands, parent)
    _add_doctor(commands, parent)


def _add_serve(commands: argparse._SubParsersAction[Arguments], parent: Arguments) -> None:
    say = parent.say
    summary = say("运行网站、工作平台和后台任务", "run the site, the desk and the work in the background")
    serve = commands.add_parser("serve", language=parent.language, help=summary, description=summary)
    serve.set_defaults(module="gongkai.cli.office.serve")

    def port(text: str) -> int:
        if not text.isdigit() or not 0 < int(text) < 65536:
            wrong = say(f"端口要是 1 到 65535 的整数，不能是“{text}”", f"a port between 1 and 65535, not '{text}'")
            raise argparse.ArgumentTypeError(wrong)
        return int(text)

    def some(text: str) -> int:
        if not text.isdigit() or not 0 < int(text) <= 64:
            wrong = say(f"要是 1 到 64 的整数，不能是“{text}”", f"a number between 1 and 64, not '{text}'")
            raise argparse.ArgumentTypeError(wrong)
        return int(text)

    serve.add_argument(
        "--host",
        default="127.0.0.1",
        metavar=say("地址", "ADDRESS"),
        help=say("在哪个地址上接受访问，默认 127.0.0.1（只限本机）", "the address to listen on; 127.0.0.1 by default"),
    )
    serve.add_argument(
        "--port", type=port, default=8000, metavar="N", help=say("端口，默认 8000", "the port; 8000 by default")
    )
    serve.add_argument(
        "--workers",
        type=some,
        metavar="N",
        help=say("网站用几个进程，默认与处理器核数相同，至多 8", "processes for the site; one a processor, 8 at most"),
    )
    serve.add_argument(
        "--migrate",
        action="store_true",
        help=say("先把数据库升级到这个版本", "first bring the database up to this version"),
    )
    _add_common(serve, say("不显示启动信息", "say nothing at the start"))


def _add_doctor(commands: argparse._SubParsersAction[Arguments], parent: Arguments) -> None:
    say = parent.say
    summary = say(
        "检查这套安装：有什么、缺什么、怎样补上",
        "look over the installation: what is there, what is missing, what to do",
    )
    doctor = commands.add_parser("doctor", language=parent.language, help=summary, description=summary)
    doctor.set_defaults(module="gongkai.cli.office.doctor")
    doctor.add_argument(
        "--format",
        choices=("table", "json"),
        default="table",
        help=say("给人看的表格（默认），或给程序用的 JSON", "a table for people (default), or JSON for programs"),
    )
    _add_common(doctor, say("只显示有问题的项目", "only what is wrong"))


def _add_demo(commands: argparse._SubParsersAction[Arguments], parent: Arguments) -> None:
    say = parent.say
    summary = say("建立演示县“青溪县”的数据", "make the demonstration county")
    demo = commands.add_parser("demo", language=parent.language, help=summary, description=summary)
    demo.set_defaults(module="gongkai.cli.office.demo")
    _add_common(demo, say("不显示进度", "show no progress"))


def _add_backup(commands: argparse._SubParsersAction[Arguments], parent: Arguments) -> None:
    say = parent.say
    summary = say("把整套安装备份成一个文件，不必停下网站", "back up the installation into one file, while it runs")
    backup = commands.add_parser("backup", language=parent.language, help=summary, description=summary)
    backup.set_defaults(module="gongkai.cli.office.backup")
    backup.add_argument(
        "-o",
        "--output",
        metavar=say("输出", "OUT"),
        help=say("备份文件，默认是当前文件夹里带时间的文件名", "the file; one named after the time by default"),
    )
    backup.add_argument(
        "--without-keys",
        action="store_true",
        help=say("不备份密钥（另行保存）", "leave the keys out (kept elsewhere)"),
    )
    _add_common(backup, say("不显示进度和提醒", "no progress, no reminders"))


def _add_restore(commands: argparse._SubParsersAction[Arguments], parent: Arguments) -> None:
    say = parent.say
    summary = say("从备份恢复一套安装", "restore an installation from a backup")
    restore = commands.add_parser("restore", language=parent.language, help=summary, description=summary)
    restore.set_defaults(module="gongkai.cli.office.restore")
    restore.add_argument("file", metavar=say("备份", "BACKUP"), help=say("备份文件", "the backup"))
    restore.add_argument(
        "--force",
        action="store_true",
        help=say("取代现有的内容（移到旁边，不删除）", "replace what is there (laid aside, not deleted)"),
    )
    restore.add_argument("--yes", action="store_true", help=say("取代时不再询问", "replace without asking"))
    restore.add_argument(
        "--without-keys",
        action="store_true",
        help=say("没有密钥也恢复（个人信息打不开）", "restore without the keys (personal data stays closed)"),
    )
    _add_common(restore, say("不显示进度和提醒", "no progress, no reminders"))


def _add_verify(commands: argparse._SubParsersAction[Arguments], parent: Arguments) -> None:
    say = parent.say
    summary = say("逐条核对审计链", "walk the audit chain")
    verify = commands.add_parser("verify", language=parent.language, help=summary, description=summary)
    verify.set_defaults(module="gongkai.cli.office.verify")
    verify.add_argument(
        "--format",
        choices=("table", "json"),
        default="table",
        help=say("给人看的表格（默认），或给程序用的 JSON", "a table for people (default), or JSON for programs"),
    )
    _add_common(verify, say("只显示有问题的地方", "only what is wrong"))


def _add_common(parser: Arguments, quiet: str) -> None:
    parser.add_argument("--quiet", action="store_true", help=quiet)
    parser.add_argument("--no-color", action="store_true", help=parser.say("不用颜色", "no colours"))

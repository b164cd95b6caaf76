"""The `gongkai` command: arguments in, exit status out. A command's own code is imported when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from gongkai.cli.arguments import Arguments
from gongkai.cli.console import Language, Stop, console, language, speak_utf8
from gongkai.cli.due.commands import add_due_command
from gongkai.cli.office.commands import add_office_commands
from gongkai.cli.report.commands import add_report_commands

INTERRUPTED = 130
BROKEN_PIPE = 141
"""What a shell reports for a program ended by SIGINT and by SIGPIPE."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0, 1 or 2 as documented in docs/command-line.md."""
    speak_utf8()
    options = command_line(language(os.environ)).parse_args(arguments)
    speaker = console(colour=not options.no_color, quiet=options.quiet)
    try:
        status: int = import_module(options.module).run(options, speaker)
        sys.stdout.flush()
    except Stop as stop:
        speaker.complain(f"gongkai: {speaker.say(stop.chinese, stop.english)}")
        return 2
    except BrokenPipeError:
        _forget_output()
        return BROKEN_PIPE
    except OSError as error:
        _forget_output()
        what = f"{error.strerror}{f' ({error.filename})' if error.filename else ''}"
        speaker.complain(speaker.say(f"gongkai: 读写失败：{what}", f"gongkai: input or output failed: {what}"))
        return 2
    except KeyboardInterrupt:
        speaker.complain(speaker.say("\n已中断。", "\nInterrupted."))
        return INTERRUPTED
    return status


def _forget_output() -> None:
    """Nobody takes our output any more; what is still buffered must not complain when Python closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def command_line(language: Language) -> Arguments:
    """The parser of every command and option."""
    parser = Arguments(language=language, prog="gongkai")
    parser.description = parser.say(
        "公开：政府信息公开工作平台。运行网站；读取、核对、比较、重排年度报告；推算依申请公开的期限。",
        "Gongkai: a platform for government information disclosure. Run the site; read, check, compare and render "
        "annual reports; count the days of applications.",
    )
    commands = parser.add_subparsers(
        title=parser.say("命令", "commands"), metavar=parser.say("命令", "COMMAND"), required=True
    )
    report = commands.add_parser("report", language=language, help=parser.say("年度报告", "annual reports"))
    report.description = parser.say(
        "政府信息公开工作年度报告。", "Annual reports on government information disclosure."
    )
    add_report_commands(report)
    add_due_command(commands, parser)
    add_office_commands(commands, parser)
    return parser

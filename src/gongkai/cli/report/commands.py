"""The arguments of `gongkai report …`. Nothing here imports a reader, a writer or the law."""

from __future__ import annotations

import argparse
from pathlib import Path

from gongkai.cli.arguments import Arguments

FORMATS = ("html", "docx", "pdf", "xlsx", "csv", "json", "text")
"""What `render --to` takes: the formats of `gongkai.documents.writers`, and the report as data."""

TABLES = ("csv", "xlsx", "parquet")
"""What `aggregate -o` writes, told by the file name."""


def add_report_commands(report: Arguments) -> None:
    """Add `read`, `check`, `render`, `compare`, `aggregate` and `compile` to the `gongkai report` parser."""
    say = report.say
    commands = report.add_subparsers(title=say("命令", "commands"), metavar=say("命令", "COMMAND"), required=True)
    for add in (_add_read, _add_check, _add_render, _add_compare, _add_aggregate, _add_compile):
        add(commands, report)


def _add_read(commands: argparse._SubParsersAction[Arguments], report: Arguments) -> None:
    say = report.say
    read = _command(
        commands,
        report,
        "read",
        say(
            "读取一份报告：表格、文字中的数字、问题",
            "read a report: its tables, the figures in its prose, what is wrong",
        ),
    )
    read.add_argument(
        "file", metavar=say("文件", "FILE"), help=say("报告文件；- 表示标准输入", "the report; - is standard input")
    )
    _add_format(read)
    _add_identity(read)
    _add_previous(read)
    _add_siblings(read)


def _add_check(commands: argparse._SubParsersAction[Arguments], report: Arguments) -> None:
    say = report.say
    check = _command(commands, report, "check", say("核对许多报告，只列问题", "check many reports, findings only"))
    check.add_argument(
        "files",
        metavar=say("文件", "FILE"),
        nargs="+",
        help=say("报告文件，或装有报告的文件夹", "reports, or folders of reports"),
    )
    _add_format(check)
    _add_identity(check)
    _add_previous(check)
    _add_siblings(check)
    _add_jobs(check)


def _add_render(commands: argparse._SubParsersAction[Arguments], report: Arguments) -> None:
    say = report.say
    render = _command(
        commands, report, "render", say("按法定格式重排一份报告", "the same report in the statutory layout")
    )
    render.add_argument(
        "file", metavar=say("文件", "FILE"), help=say("报告文件；- 表示标准输入", "the report; - is standard input")
    )
    render.add_argument(
        "--to",
        choices=FORMATS,
        help=say("输出格式；不写时看输出文件的扩展名", "output format; without it, that of the output file's name"),
    )
    _add_output(render, say("输出文件；- 表示标准输出", "the file to write; - is standard output"))
    _add_identity(render)


def _add_compare(commands: argparse._SubParsersAction[Arguments], report: Arguments) -> None:
    say = report.say
    compare = _command(
        commands, report, "compare", say("比较上年与本年的报告", "last year's report against this year's")
    )
    compare.add_argument(
        "previous", metavar=say("上年报告", "PREVIOUS"), help=say("上一年的报告", "the report of the year before")
    )
    compare.add_argument(
        "current", metavar=say("本年报告", "CURRENT"), help=say("本年的报告", "the report of this year")
    )
    _add_format(compare)


def _add_aggregate(commands: argparse._SubParsersAction[Arguments], report: Arguments) -> None:
    say = report.say
    aggregate = _command(
        commands,
        report,
        "aggregate",
        say("汇总许多报告：合计、缺报、异常值", "many reports: totals, missing ones, outliers"),
    )
    aggregate.add_argument(
        "folder", metavar=say("文件夹", "FOLDER"), help=say("装有报告的文件夹", "the folder of reports")
    )
    _add_output(
        aggregate,
        say("汇总表，格式由扩展名定：.csv、.xlsx 或 .parquet", "the table; .csv, .xlsx or .parquet by its name"),
    )
    aggregate.add_argument(
        "--expected",
        type=Path,
        metavar=say("名单", "LIST"),
        help=say(
            "应报机关名单，每行一个名称，用来找缺报", "agencies that must report, one name a line, to find missing ones"
        ),
    )
    _add_format(aggregate)
    _add_jobs(aggregate)


def _add_compile(commands: argparse._SubParsersAction[Arguments], report: Arguments) -> None:
    say = report.say
    compile_ = _command(
        commands,
        report,
        "compile",
        say("从本机的台账编制年度报告", "the annual report from the ledger of this installation"),
    )
    compile_.add_argument(
        "--agency",
        metavar=say("机关代码", "CODE"),
        help=say("哪个机关的报告，默认是网站的主办机关", "whose report; by default the agency that runs the site"),
    )
    compile_.add_argument(
        "--year",
        type=int,
        required=True,
        metavar=say("年度", "YEAR"),
        help=say("报告的年度", "the year it is about"),
    )
    compile_.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar=say("文件夹", "DIR"),
        help=say(
            "写入这个文件夹：JSON、HTML、DOCX、PDF、XLSX、CSV 各一份",
            "the folder to write to: JSON, HTML, DOCX, PDF, XLSX and CSV",
        ),
    )


def _command(commands: argparse._SubParsersAction[Arguments], report: Arguments, name: str, summary: str) -> Arguments:
    command = commands.add_parser(name, language=report.language, help=summary, description=summary)
    command.set_defaults(module=f"gongkai.cli.report.{name}")
    command.add_argument(
        "--quiet", action="store_true", help=report.say("不显示进度和附带说明", "no progress, no side notes")
    )
    command.add_argument("--no-color", action="store_true", help=report.say("不用颜色", "no colours"))
    return command


def _add_format(command: Arguments) -> None:
    command.add_argument(
        "--format",
        choices=("table", "json"),
        default="table",
        help=command.say(
            "给人看的表格（默认），或给程序用的 JSON", "a table for people (default), or JSON for programs"
        ),
    )


def _add_identity(command: Arguments) -> None:
    say = command.say
    command.add_argument(
        "--agency",
        metavar=say("名称", "NAME"),
        help=say("报告的行政机关，文中读不出时用", "the reporting agency, where the text does not say"),
    )
    command.add_argument(
        "--year",
        type=int,
        metavar=say("年度", "YEAR"),
        help=say("报告年度，文中读不出时用", "the reporting year, where the text does not say"),
    )


def _add_previous(command: Arguments) -> None:
    command.add_argument(
        "--previous",
        type=Path,
        metavar=command.say("文件", "FILE"),
        help=command.say("上一年的报告，用来核对跨年关系", "the report of the year before, for the rules across years"),
    )


def _add_siblings(command: Arguments) -> None:
    command.add_argument(
        "--siblings",
        type=Path,
        metavar=command.say("文件夹", "FOLDER"),
        help=command.say(
            "其他机关的报告，用来查找照抄的段落", "reports of other agencies, to find passages copied from them"
        ),
    )


def _add_jobs(command: Arguments) -> None:
    say = command.say

    def jobs(text: str) -> int:
        if not text.isdecimal() or int(text) < 1:
            raise argparse.ArgumentTypeError(
                say(f"要是 1 或更大的整数，不能是“{text}”", f"an integer from 1 up, not '{text}'")
            )
        return int(text)

    command.add_argument(
        "--jobs",
        type=jobs,
        metavar="N",
        help=say("同时用几个进程；默认与处理器核数相同", "how many processes; by default as many as processors"),
    )


def _add_output(command: Arguments, explained: str) -> None:
    command.add_argument("-o", "--output", required=True, metavar=command.say("输出", "OUT"), help=explained)

"""`gongkai report compile`: the annual report from the ledger, in every format."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from gongkai.cli.console import Console, Stop
from gongkai.cli.office.settings import set_up_database
from gongkai.cli.output import written_whole
from gongkai.cli.report.judging import CLEAN, FAULTY

if TYPE_CHECKING:
    from gongkai.office.organs.models import Organ


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the files; 0, or 1 when the checker finds an error. Errors: Stop."""
    set_up_database()
    from django.utils import timezone

    from gongkai.office.reporting.files import FORMATS
    from gongkai.office.reporting.from_ledger import NoForm, file_of_compiled, from_ledger
    from gongkai.regulation.annual_report import message

    organ = _organ(options.agency)
    try:
        compiled = from_ledger(organ, options.year, today=timezone.localdate())
    except NoForm:
        raise Stop(
            f"{options.year}年没有统一的年度报告格式，统一格式自2019年度起施行。",
            f"There is no statutory form for {options.year}; the first one is that of 2019.",
        ) from None
    try:
        options.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(
            f"建不了文件夹“{options.output}”：{error.strerror}。",
            f"The folder '{options.output}' can't be made: {error.strerror}.",
        ) from error
    for name in FORMATS:
        target = options.output / f"{organ.code}-{options.year}.{name}"
        try:
            content = file_of_compiled(compiled, name, at=timezone.now())
        except ValueError as error:
            raise Stop(str(error), f"The report can't be written as {name}: {error}") from error
        with written_whole(str(target)) as path:
            path.write_bytes(content)
    source = ("现在的台账", "the ledger as it stands")
    if compiled.is_locked:
        source = ("已锁定的数据", "locked figures")
    if compiled.published is not None:
        source = ("与公开的文件相同", "the same files as the public has")
    console.note(
        console.say(
            f"{organ.name}{options.year}年度报告已写入 {options.output}（{source[0]}，{'、'.join(FORMATS)}）",
            f"The {options.year} report of {organ.code} is in {options.output} ({source[1]}; {', '.join(FORMATS)})",
        )
    )
    errors = [each for each in compiled.findings if each.severity == "error"]
    for each in errors:
        console.complain(message(each, console.language))
    return FAULTY if errors else CLEAN


def _organ(code: str | None) -> Organ:
    """The agency of a code, or the one that runs the site. Errors: Stop."""
    from gongkai.office.organs.models import Organ
    from gongkai.office.organs.queries import site

    if code is None:
        organ = site().organ
        if organ is None:
            raise Stop(
                "还没有设置网站的主办机关。请用 --agency 写明机关代码，或者先在工作平台设置网站。",
                "No agency runs the site yet. Name one with --agency, or set up the site on the desk first.",
            )
        return organ
    found = Organ.objects.filter(code=code).first()
    if found is None:
        raise Stop(
            f"没有代码为“{code}”的机关。机关代码见工作平台的“机关信息”。",
            f"There is no agency with the code '{code}'. The desk lists the codes under 机关信息.",
        )
    return found

"""`gongkai report render`: the same report in the statutory layout."""

from __future__ import annotations

import argparse
from pathlib import Path

from gongkai.cli.console import Console, Stop
from gongkai.cli.output import STANDARD_STREAM, written_whole
from gongkai.cli.report.commands import FORMATS
from gongkai.cli.report.judging import CLEAN, REFUSED, Judged, judge
from gongkai.cli.report.loading import opened
from gongkai.cli.report.read import as_text
from gongkai.documents.model import Refusal


def run(options: argparse.Namespace, console: Console) -> int:
    wanted = options.to or _format_of(options.output)
    with opened(options.file, options.agency, options.year) as source:
        judged = judge(source)
    if isinstance(judged, Refusal):
        console.complain(f"{options.file}: {judged.in_language(console.language)}")
        return REFUSED
    with written_whole(options.output, sources=(options.file,)) as path:
        _write(judged, path, wanted, console.language)
    if options.output != STANDARD_STREAM:
        console.note(console.say(f"已写入 {options.output}", f"Wrote {options.output}"))
    return CLEAN


def _write(judged: Judged, path: Path, wanted: str, language: str) -> None:
    if wanted == "json":
        path.write_text(as_text(judged.as_json(language)) + "\n", encoding="utf-8")
        return
    from gongkai.documents.writers import render
    from gongkai.regulation.annual_report import compose

    try:
        path.write_bytes(render(compose(judged.report), wanted))
    except ValueError as error:
        # Such as characters that no font at hand can draw; the writer says which.
        raise Stop(str(error), f"The report can't be written as {wanted}: {error}") from error


def _format_of(output: str) -> str:
    """The format an output file's name asks for. Errors: Stop, with the formats there are."""
    suffix = Path(output).suffix.lower().lstrip(".")
    known = {**{name: name for name in FORMATS}, "htm": "html", "txt": "text"}
    if suffix not in known:
        raise Stop(
            f"从输出文件名“{output}”看不出格式。请加上 --to，可以是：{'、'.join(FORMATS)}。",
            f"The output name '{output}' does not tell the format. Add --to with one of: {', '.join(FORMATS)}.",
        )
    return known[suffix]

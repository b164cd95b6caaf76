"""`gongkai report read`: one report as a person, or a program, wants to see it."""

from __future__ import annotations

import argparse
import json

from gongkai.cli.console import Console
from gongkai.cli.report.judging import REFUSED, judge, previous_report, refused_as_json
from gongkai.cli.report.loading import opened
from gongkai.documents.model import Refusal


def run(options: argparse.Namespace, console: Console) -> int:
    previous = previous_report(options.previous)
    with opened(options.file, options.agency, options.year) as source:
        judged = judge(source, previous, options.siblings)
    if isinstance(judged, Refusal):
        if options.format == "json":
            console.print(as_text(refused_as_json(judged, console.language)))
        else:
            console.complain(f"{options.file}: {judged.in_language(console.language)}")
        return REFUSED
    if options.format == "json":
        console.print(as_text(judged.as_json(console.language)))
    else:
        from gongkai.cli.report.view import show

        show(judged.as_json(console.language), console)
    return judged.status


def as_text(value: object) -> str:
    """JSON for people to read too: Chinese as Chinese, two spaces a level."""
    return json.dumps(value, ensure_ascii=False, indent=2)

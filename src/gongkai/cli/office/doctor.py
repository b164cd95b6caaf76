"""`gongkai doctor`: what is there, what is missing, and what to do about it."""

from __future__ import annotations

import argparse
import json

from gongkai.cli.console import Console
from gongkai.cli.office.settings import set_up

_SIGNS = {"ok": ("✓", "green"), "missing": ("·", "yellow"), "broken": ("✗", "red")}


def run(options: argparse.Namespace, console: Console) -> int:
    """Print what was found; 0 when nothing is broken, otherwise 1."""
    set_up()
    from gongkai.office.project.health import examine

    symptoms = list(examine())
    broken = [each for each in symptoms if each.state == "broken"]
    if options.format == "json":
        found = [
            {
                "code": each.code,
                "state": each.state,
                "message": console.say(*each.found),
                "advice": console.say(*each.advice),
            }
            for each in symptoms
        ]
        console.print(json.dumps({"schema": 1, "ok": not broken, "symptoms": found}, ensure_ascii=False, indent=1))
        return bool(broken)
    for each in symptoms:
        if options.quiet and each.state == "ok":
            continue
        sign, colour = _SIGNS[each.state]
        console.print(f"{console.paint(sign, colour)} {console.say(*each.found)}")
        if advice := console.say(*each.advice):
            console.print(f"  {console.say('怎样办：', 'what to do: ')}{advice}")
    if not options.quiet:
        console.print()
        console.print(
            console.say(f"有 {len(broken)} 处要修。", f"{len(broken)} to mend.")
            if broken
            else console.say("可以运行。", "Ready to run.")
        )
    return bool(broken)

"""`gongkai verify`: whether the log of acts is what was written, entry by entry."""

from __future__ import annotations

import argparse
import json

from gongkai.cli.console import Console
from gongkai.cli.office.settings import set_up_database

_KINDS = {
    "altered": ("被改动", "altered"),
    "missing": ("之前有缺失", "something missing before it"),
    "cut": ("之后被截去，或者链尾的记录被改动", "cut off after it, or the note of the end altered"),
}


def run(options: argparse.Namespace, console: Console) -> int:
    """Walk the chain; 0 when it is whole, otherwise 1."""
    set_up_database()
    from gongkai.office.audit.queries import broken_places, end_of_chain

    broken = list(broken_places())
    length, last = end_of_chain()
    if options.format == "json":
        places = [{"sequence": place.sequence, "kind": place.kind} for place in broken]
        console.print(
            json.dumps(
                {"schema": 1, "ok": not broken, "length": length, "hash": last, "broken": places}, ensure_ascii=False
            )
        )
        return bool(broken)
    for place in broken:
        chinese, english = _KINDS[place.kind]
        console.print(
            f"{console.paint('✗', 'red')} {console.say(f'第 {place.sequence} 条{chinese}', f'entry {place.sequence}: {english}')}"
        )
    if not broken and not options.quiet:
        console.print(
            console.say(
                f"审计链完整：{length} 条，末条摘要值 {last or '（空）'}。",
                f"The chain is whole: {length} entries, the last hash is {last or '(empty)'}.",
            )
        )
    return bool(broken)

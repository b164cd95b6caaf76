"""How findings and reports are put into words on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.cli.console import Console
from gongkai.cli.text import wrapped
from gongkai.documents.model import chinese_place

MARKS = {"error": "✗", "warning": "!", "info": "·"}
"""The visible marks of severities; colour only repeats them."""

COLOURS = {"error": "red", "warning": "yellow", "info": "dim"}
_PLACES = 4
"""More places than this of one finding help nobody on a terminal; the JSON has them all."""

_NAMES = {"error": ("错误", "error"), "warning": ("警告", "warning"), "info": ("提示", "note")}


def severity_name(severity: str, console: Console) -> str:
    return console.say(*_NAMES[severity])


def severities(counts: Mapping[str, int], console: Console) -> str:
    """`错误 2 · 警告 1`, or that nothing was found."""
    parts = [
        console.paint(f"{severity_name(severity, console)} {counts[severity]}", COLOURS[severity])
        for severity in MARKS
        if counts.get(severity)
    ]
    return " · ".join(parts) if parts else console.paint(console.say("未发现问题", "nothing found"), "green")


def identity(report: Mapping[str, Any], console: Console) -> str:
    """Agency, year and edition of a report, or that the text does not say."""
    agency = report["agency"] or console.say("机关不明", "agency unknown")
    year = (
        console.say(f"{report['year']}年", str(report["year"]))
        if report["year"]
        else console.say("年度不明", "year unknown")
    )
    return f"{agency}  {year}  {edition_name(report['edition'], console)}"


def edition_name(edition: str | None, console: Console) -> str:
    if edition is None:
        return console.say("未见法定表格", "no statutory table")
    if edition == "mixed":
        return console.say("两版格式混用", "mixed editions")
    return console.say(f"{edition}年版格式", f"{edition} edition")


def finding_lines(
    finding: Mapping[str, Any], console: Console, *, indent: int, where: str = "", advice: bool = False
) -> Iterator[str]:
    """A finding of the JSON contract in words: mark, code, what is wrong, where; with `advice`, what to do too."""
    severity = finding["severity"]
    head = f"{MARKS[severity]} {severity_name(severity, console)} {finding['code']}"
    if finding["verdict"] == "not_assessable":
        head += console.say("（无法判断）", " (not assessable)")
    yield " " * indent + console.paint(head, COLOURS[severity])
    places = [place(spot, console) for spot in (finding["where"] or [where])[:_PLACES] if spot]
    told = [finding["message"]]
    if places:
        told.append(console.say("位置：", "at: ") + console.say("；", "; ").join(places))
    if advice:
        told.append(console.say("怎么办：", "what to do: ") + finding["advice"])
    for text in told:
        for line in wrapped(text, console.width - indent - 2):
            yield " " * (indent + 2) + line


def place(where: str, console: Console) -> str:
    """A place in the source in the language of the console: the report keeps places in English and without boxes."""
    return where if console.language == "en" else chinese_place(where)

"""Where an application stands, for a person at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from gongkai.cli.console import Console
from gongkai.cli.report.sayings import COLOURS, MARKS, severities, severity_name
from gongkai.cli.text import left, wrapped
from gongkai.regulation.application import Standing, advice, message, name, outcome, why_step

_WEEKDAYS = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LABEL = 18


def show(explained: Standing, console: Console) -> None:
    """Print state, dates, what may be done next, findings and the derivation."""
    for line in _lines(explained, console):
        console.print(line)


def _lines(explained: Standing, console: Console) -> Iterator[str]:
    say = console.say
    yield console.paint(name("states", explained.state, console.language), "bold")
    for label, text in _facts(explained, console):
        first, *more = wrapped(text, console.width - _LABEL)
        yield left(label, _LABEL) + first
        yield from (" " * _LABEL + line for line in more)
    yield ""
    counted = severities(Counter(finding.severity for finding in explained.findings), console)
    yield console.paint(say("问题：", "Findings: "), "bold") + counted
    yield from _findings(explained, console)
    yield ""
    yield console.paint(say("逐日推算", "Day by day"), "bold")
    for step in explained.derivation():
        number = str(step.number) if step.number is not None else "·"
        line = f"  {_day(step.on, console)} {number:>3}  {why_step(step, console.language)}"
        yield line if step.number is not None else console.paint(line, "dim")


def _facts(explained: Standing, console: Console) -> Iterator[tuple[str, str]]:
    say, language = console.say, console.language
    yield say("截至", "As of"), _day(explained.on, console)
    yield say("渠道", "Channel"), name("channels", explained.channel, language)
    if explained.receipt_on:
        yield say("收到之日", "Received on"), _day(explained.receipt_on, console)
    if explained.due_on:
        yield say("答复期限", "Reply due"), _day(explained.due_on, console) + _left(explained, console)
    elif explained.is_open:
        yield say("答复期限", "Reply due"), say("期限没有在计算", "the clock is not running")
    if explained.waiting_until:
        yield say("最迟等到", "Waiting until"), _day(explained.waiting_until, console)
    if explained.expected_due_on:
        expected = say("（意见一直不来时）", " (if the opinion never comes)")
        yield say("预计答复期限", "Expected due"), _day(explained.expected_due_on, console) + expected
    if explained.provisional:
        note = "所到年份的放假安排尚未公布或者载入，公布后重新计算"
        yield (
            say("暂定", "Provisional"),
            say(note, "the notice on days off for that year is not loaded; it may still move"),
        )
    if explained.closed_on:
        yield say("办结", "Closed on"), _day(explained.closed_on, console) + _outcome(explained, console)
    verbs = [name("verbs", verb, language) for verb in explained.lawful_next]
    yield say("依法可以办理", "Lawful next"), say("、", ", ").join(verbs) or say("无", "nothing")


def _left(explained: Standing, console: Console) -> str:
    days = explained.days_left
    if days is None:
        return ""
    if days < 0:
        return console.say(f"，已超过 {-days} 个工作日", f", {-days} working days overdue")
    if days == 0:
        return console.say("，今天是最后一日", ", today is the last day")
    return console.say(f"，还有 {days} 个工作日", f", {days} working days left")


def _outcome(explained: Standing, console: Console) -> str:
    if explained.outcome is None:
        return ""
    chosen = outcome(explained.outcome)
    return console.say(f"，{chosen.label}", f", {chosen.label_en}")


def _findings(explained: Standing, console: Console) -> Iterator[str]:
    for finding in explained.findings:
        head = f"{MARKS[finding.severity]} {severity_name(finding.severity, console)} {finding.code}"
        yield "  " + console.paint(head, COLOURS[finding.severity])
        told = console.say("怎么办：", "what to do: ") + advice(finding, console.language)
        for text in (message(finding, console.language), told):
            yield from ("    " + line for line in wrapped(text, console.width - 4))


def _day(day: date, console: Console) -> str:
    return console.say(f"{day}（{_WEEKDAYS[day.weekday()]}）", f"{day} {_WEEKDAYS_EN[day.weekday()]}")

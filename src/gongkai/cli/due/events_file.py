"""The file of events: TOML with a channel and `[[event]]` tables. What is wrong in it is told with the place.

channel = "online"

[[event]]
kind = "submitted"
on = 2024-04-12
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, get_args

from gongkai.cli.console import Stop
from gongkai.regulation.application import EVENTS, KINDS, ConsultationSent, Event, Party, Submitted, outcomes
from gongkai.regulation.deadlines import CHANNELS

_NOTE = "note"
"""A key that every event may carry, for the reader of the file."""


@dataclass(frozen=True, slots=True)
class EventsFile:
    """The events of one application in order; `unused` are keys that mean nothing here, each with its place."""

    events: tuple[Event, ...]
    unused: tuple[tuple[_Place, str], ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Which event of the file, counted from 1, and on which line it begins (0 when that is not known)."""

    number: int
    line: int

    def stop(self, chinese: str, english: str) -> Stop:
        return Stop(f"{self.in_chinese()}：{chinese}", f"{self.in_english()}: {english}")

    def in_chinese(self) -> str:
        return f"第 {self.number} 个事件" + (f"（第 {self.line} 行）" if self.line else "")

    def in_english(self) -> str:
        return f"event {self.number}" + (f" (line {self.line})" if self.line else "")


def read_events(text: str) -> EventsFile:
    """The events of a file. Errors: Stop, with what is wrong, where, and what to write instead."""
    table = _parsed(text)
    entries = table.get("event")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise Stop(
            '文件里没有事件。每个事件写成一段：[[event]]，下面是 kind = "submitted" 和 on = 2024-04-12。',
            'The file has no events. Write each as [[event]] with kind = "submitted" and on = 2024-04-12.',
        )
    lines = [number for number, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*event\s*\]\]", line)]
    known_lines = lines if len(lines) == len(entries) else [0] * len(entries)
    places = [_Place(number, line) for number, line in enumerate(known_lines, 1)]
    # The channel stands once for the file; the event that it belongs to carries it in the law.
    submission = {"channel": _channel(table)}
    read = [_event(entry, place, submission) for entry, place in zip(entries, places, strict=True)]
    events = [event for event, _ in read]
    _refuse_no_history(events, places)
    unused = [(place, key) for (_, keys), place in zip(read, places, strict=True) for key in keys]
    return EventsFile(tuple(events), tuple(unused))


def _parsed(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        where, where_en = (
            (f"第 {found[1]} 行第 {found[2]} 列", f"at line {found[1]}, column {found[2]}")
            if found
            else ("文件末尾", "at the end")
        )
        raise Stop(
            f"这不是正确的 TOML：{where}写错了。文字要加英文引号，日期不加引号（on = 2024-04-12）。",
            f"This is not TOML: wrong {where_en}. Words stand in straight quotes, dates in none (on = 2024-04-12).",
        ) from error


def _channel(table: Mapping[str, Any]) -> str:
    channel = table.get("channel")
    if channel not in CHANNELS:
        told, told_en = (
            ("缺少 channel（申请渠道）", "channel is missing")
            if channel is None
            else (f"不认识的渠道“{channel}”", f"unknown channel '{channel}'")
        )
        raise Stop(
            f'{told}。在文件开头、第一个 [[event]] 之前写 channel = "online"，可以是：{"、".join(CHANNELS)}。',
            f'{told_en}. Write channel = "online" at the top, before the first [[event]]; '
            f"one of {', '.join(CHANNELS)}.",
        )
    return str(channel)


def _event(entry: Mapping[str, Any], place: _Place, submission: Mapping[str, Any]) -> tuple[Event, list[str]]:
    made = EVENTS[_kind(entry, place)]
    given = {**entry, **(submission if made is Submitted else {})}
    values = {}
    for field in fields(made):
        if field.name in given:
            values[field.name] = _value(field.name, given[field.name], place)
        elif field.name in ("on", "party", "working_days") and field.default is not None:
            raise _missing(field.name, place)
    unused = [key for key in entry if key not in values and key not in ("kind", _NOTE)]
    return made(**values), unused


def _kind(entry: Mapping[str, Any], place: _Place) -> str:
    kind = entry.get("kind")
    if kind is None:
        raise place.stop(
            f"缺少 kind（事件种类），可以是：{'、'.join(EVENTS)}。", f"kind is missing; one of {', '.join(EVENTS)}."
        )
    if kind not in EVENTS:
        close = get_close_matches(str(kind), EVENTS, n=1)
        hint = f"是不是 {close[0]}？" if close else ""
        hint_en = f"Did you mean {close[0]}? " if close else ""
        raise place.stop(
            f"不认识的事件种类“{kind}”。{hint}可以是：{'、'.join(EVENTS)}。",
            f"unknown kind '{kind}'. {hint_en}Known are {', '.join(EVENTS)}.",
        )
    return str(kind)


def _missing(key: str, place: _Place) -> Stop:
    examples = {
        "on": ("日期", "on = 2024-04-12"),
        "party": ("征求谁的意见", 'party = "third_party"'),
        "working_days": ("延长几个工作日", "working_days = 20"),
    }
    meaning, example = examples[key]
    return place.stop(f"缺少 {key}（{meaning}），例如 {example}。", f"{key} is missing, for example {example}.")


def _value(key: str, value: Any, place: _Place) -> Any:
    if key in ("on", "received_on"):
        return _day(key, value, place)
    if key == "working_days" and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise place.stop(
            f"{key} 要是 1 或更大的整数，不能是 {value!r}。", f"{key} is an integer from 1 up, not {value!r}."
        )
    if key in ("justified", "approved") and not isinstance(value, bool):
        raise place.stop(f"{key} 只能是 true 或 false。", f"{key} is true or false.")
    allowed = {"party": get_args(Party), "outcome": tuple(outcomes())}.get(key)
    if allowed and value not in allowed:
        raise place.stop(
            f"{key} 不能是“{value}”，可以是：{'、'.join(allowed)}。",
            f"{key} can't be '{value}'; one of {', '.join(allowed)}.",
        )
    return str(value) if key in ("id", "reason") else value


def _day(key: str, value: Any, place: _Place) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise place.stop(
            f"{key} 要是日期，写成 {key} = 2024-04-12，不能是 {value!r}。",
            f"{key} is a date, written {key} = 2024-04-12, not {value!r}.",
        ) from None


def _refuse_no_history(events: Sequence[Event], places: Sequence[_Place]) -> None:
    """A history begins with the one submission, goes on in the order of its days, and names each consultation once."""
    if not isinstance(events[0], Submitted):
        raise places[0].stop("第一个事件要是 submitted（提交）。", "the first event must be submitted.")
    ids: set[str] = set()
    for earlier, event, place in zip(events, events[1:], places[1:], strict=False):
        if isinstance(event, Submitted):
            raise place.stop("一件申请只提交一次；新的申请写成另一个文件。", "one application is submitted once.")
        if event.on < earlier.on:
            raise place.stop(
                f"{KINDS[type(event)]} 在 {event.on}，早于前一个事件的 {earlier.on}。事件按发生的先后排列。",
                f"{KINDS[type(event)]} on {event.on} comes before the event above it, {earlier.on}. "
                "Events stand in the order they happened.",
            )
        if isinstance(event, ConsultationSent):
            if event.id in ids:
                raise place.stop(
                    f"征求意见的 id “{event.id}”用了两次。每次征求意见写不同的 id。",
                    f"the id '{event.id}' is used twice. Give each consultation its own.",
                )
            ids.add(event.id)

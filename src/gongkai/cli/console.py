"""Where a command speaks: in which language, how wide, in colour or not."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TextIO

Language = Literal["zh", "en"]

_COLOURS = {"red": "31", "yellow": "33", "green": "32", "dim": "2", "bold": "1"}
_WIDEST = 120
"""Longer lines are hard to follow, however wide the terminal is."""


class Stop(Exception):
    """A command can't go on, for a reason the person can mend; exit status 2.

    The message says what happened and what to do, in Chinese and in English.
    """

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(chinese, english)
        self.chinese = chinese
        self.english = english


@dataclass(frozen=True, slots=True)
class Console:
    """Standard output and standard error as the commands use them; `width` is in terminal columns."""

    language: Language
    out: TextIO
    err: TextIO
    colour: bool
    err_colour: bool
    width: int
    quiet: bool = False

    @property
    def err_is_terminal(self) -> bool:
        return self.err.isatty()

    def say(self, chinese: str, english: str) -> str:
        """The wording for the language of this console."""
        return english if self.language == "en" else chinese

    def print(self, text: str = "") -> None:
        self.out.write(text + "\n")

    def note(self, text: str) -> None:
        """Something beside the result: to standard error, and not at all with `--quiet`."""
        if not self.quiet:
            self.err.write(text + "\n")

    def complain(self, text: str) -> None:
        self.err.write((_painted(text, "red") if self.err_colour else text) + "\n")

    def paint(self, text: str, colour: str) -> str:
        return _painted(text, colour) if self.colour and colour else text


def console(environ: Mapping[str, str] = os.environ, *, colour: bool = True, quiet: bool = False) -> Console:
    """The console of this process. Colours only on a terminal, and not where NO_COLOR or `--no-color` says so."""
    colour = colour and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    return Console(
        language=language(environ),
        out=sys.stdout,
        err=sys.stderr,
        colour=colour and sys.stdout.isatty(),
        err_colour=colour and sys.stderr.isatty(),
        width=min(_WIDEST, shutil.get_terminal_size((100, 24)).columns),
        quiet=quiet,
    )


def language(environ: Mapping[str, str]) -> Language:
    """`en` where the locale is C, POSIX or English, otherwise `zh`; where no locale is set, Chinese.

    LC_ALL goes before LC_MESSAGES before LANG, and an empty variable counts as not set (POSIX.1-2017, 8.2).
    >>> language({"LANG": "zh_CN.UTF-8"}), language({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}), language({})
    ('zh', 'en', 'zh')
    """
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "zh")
    name = locale.split(".")[0].split("_")[0].split("@")[0]
    return "en" if name in ("C", "POSIX", "en") else "zh"


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says: Chinese under LANG=C would otherwise be question marks or an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _painted(text: str, colour: str) -> str:
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"

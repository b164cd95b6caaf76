"""Arguments and their help, in Chinese or English: argparse with words of our own."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from gongkai.cli.console import Language

# What argparse says in English, and the same in Chinese with what to do about it.
_COMPLAINTS = {
    r"the following arguments are required: (.+)": "还缺少参数：{0}",
    r"unrecognized arguments: (.+)": "不认识的参数：{0}",
    r"argument (.+?): invalid choice: '(.*)' \(choose from (.+)\)": "{0} 不能是“{1}”，可以是：{2}",
    r"argument (.+?): expected one argument": "{0} 后面要有一个值",
    r"argument (.+?): expected at least one argument": "{0} 至少要有一个",
    r"argument (.+?): invalid int value: '(.*)'": "{0} 要是整数，不能是“{1}”",
    r"argument (.+?): (.+)": "{0}：{1}",
    r"ambiguous option: (.+?) could match (.+)": "选项 {0} 不明确，可能是：{1}",
}


class _ChineseHelp(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Arguments(argparse.ArgumentParser):
    """A parser that explains itself in the person's language; wrong arguments end with status 2."""

    def __init__(self, *, language: Language, **options: Any) -> None:
        self.language = language
        formatter = argparse.RawDescriptionHelpFormatter if language == "en" else _ChineseHelp
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=formatter, **options)
        if language != "en":
            self._positionals.title = "参数"
            self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help=self.say("显示这段说明", "show this help"))

    def say(self, chinese: str, english: str) -> str:
        return english if self.language == "en" else chinese

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        hint = self.say(f"说明见 {self.prog} --help", f"see {self.prog} --help")
        self.exit(2, f"{self.prog}: {self._worded(message)}\n{hint}\n")

    def _worded(self, message: str) -> str:
        if self.language == "en":
            return message
        for pattern, chinese in _COMPLAINTS.items():
            if found := re.fullmatch(pattern, message, re.DOTALL):
                return chinese.format(*found.groups())
        return message


def described(parser: Arguments) -> Mapping[str, tuple[str, ...]]:
    """Every command with its options, for the contract test that the documentation is complete.

    Positional arguments stand under their printed name.
    """
    found: dict[str, tuple[str, ...]] = {}
    own: list[str] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                found.update(described(child))
        else:
            own.extend(action.option_strings or [str(action.metavar)])
    if not any(isinstance(action, argparse._SubParsersAction) for action in parser._actions):
        found[parser.prog] = tuple(own)
    return found

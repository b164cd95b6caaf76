import io

import pytest

from gongkai.cli import console as consoles
from gongkai.cli.console import console, language


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "C", "LC_ALL": "zh_CN"}, "zh"),
        ({"LANG": "C", "LC_ALL": ""}, "en"),
    ],
)
def test_the_first_locale_variable_that_is_set_decides_the_language(environ, expected):
    assert language(environ) == expected


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals_only(monkeypatch):
    monkeypatch.setattr(consoles.sys, "stdout", io.StringIO())
    assert console({}).paint("错误", "red") == "错误"
    monkeypatch.setattr(consoles.sys, "stdout", Terminal())
    assert console({}).paint("错误", "red") == "\x1b[31m错误\x1b[0m"


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_the_environment_can_turn_colours_off(monkeypatch, environ):
    monkeypatch.setattr(consoles.sys, "stdout", Terminal())
    assert console(environ).paint("错误", "red") == "错误"


def test_quiet_silences_notes_but_not_complaints(capsys):
    quiet = console({}, quiet=True)
    quiet.note("已写入")
    quiet.complain("无法写入")
    assert capsys.readouterr().err == "无法写入\n"

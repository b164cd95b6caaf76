"""The command line's documentation is complete, and names nothing that is not there."""

import ast
import re
from collections.abc import Iterator

import pytest

from gongkai.cli.arguments import described
from gongkai.cli.main import command_line
from gongkai.cli.report.commands import FORMATS, TABLES
from gongkai.documents.writers import FORMATS as WRITERS
from tests.samples import REPOSITORY

PAGE = (REPOSITORY / "docs" / "command-line.md").read_text("utf-8")
COMMANDS = described(command_line("zh"))


def section(command: str) -> str:
    found = re.search(rf"^## {re.escape(command)}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"{command} has no section in docs/command-line.md"
    return found[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_stands_in_its_usage_line(command):
    usage = section(command).strip().splitlines()[0]
    for option in COMMANDS[command]:
        if option not in ("-h", "--help", "--output"):
            assert option in usage, f"{option} is missing from the usage of {command}"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_usage_line_names_no_option_that_is_not_there(command):
    usage = section(command).strip().splitlines()[0]
    assert set(re.findall(r"(?<!\w)--?[a-z]+(?:-[a-z]+)*", usage)) <= set(COMMANDS[command])


def test_every_option_is_explained():
    for option in {option for options in COMMANDS.values() for option in options if option.startswith("--")}:
        assert f"`{option}" in PAGE, f"{option} is not explained in docs/command-line.md"


def test_every_command_is_in_the_overview():
    for command in COMMANDS:
        assert f"[`{command}`](#{command.replace(' ', '-')})" in PAGE


def test_render_writes_what_there_is_a_writer_for_and_json():
    assert set(FORMATS) == {*WRITERS, "json"}
    assert "|".join(FORMATS) in PAGE
    assert all(f"`.{table}`" in PAGE for table in TABLES)


def refusal_codes() -> Iterator[str]:
    """Every code given to a Refusal, directly or through a table of refusals."""
    for path in (REPOSITORY / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Refusal"), args=[ast.Constant(value=str(code)), *_]):
                    yield code
                case ast.Assign(targets=[ast.Name(id="_REFUSALS")], value=ast.Dict(keys=keys)):
                    yield from (key.value for key in keys if isinstance(key, ast.Constant))
                case ast.AnnAssign(target=ast.Name(id="_REFUSALS"), value=ast.Dict(keys=keys)):
                    yield from (key.value for key in keys if isinstance(key, ast.Constant))


def test_every_reason_for_a_refusal_is_explained():
    assert {"SCAN", "NO-TABLES", "CRASHED"} <= set(refusal_codes())
    assert [code for code in sorted(set(refusal_codes())) if f"`{code}`" not in PAGE] == []


def test_help_is_there_in_both_languages():
    for language in ("zh", "en"):
        parser = command_line(language)
        assert parser.format_help()
        assert set(described(parser)) == set(COMMANDS)


def test_english_help_has_no_chinese_and_commands_are_described_in_both():
    han = re.compile(r"[\u4e00-\u9fff]")
    assert not han.search(command_line("en").format_help())
    assert han.search(command_line("zh").format_help())

"""Write what is made from data: findings, the map of the law, workday counting, the index of the decisions, translations.

`make docs` runs this as `python -m docs.generate`; `tests/contracts/test_generated_pages.py` fails when a page is not
what this would write.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from docs.generators.law_map import law_map
from docs.generators.translations import compiled
from docs.generators.workday_counting import workday_counting
from gongkai.regulation.annual_report.forms import EDITIONS, form

DOCS = Path(__file__).resolve().parent
_SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
_ROOMS = {
    "regulation/annual_report": "年度报告的其他判断",
    "regulation/application": "依申请公开的办理",
    "regulation/letters": "告知书和答复书",
    "regulation/disclosure": "主动公开的信息",
    "regulation/review": "三审三校",
    "office/publishing": "主动公开：办公平台的发布前检查",
}
"""The rooms that return findings of their own, in the order of the page."""

_KINDS = {"arithmetic": "勾稽关系", "plausibility": "合理性", "cross_year": "跨年关系"}


def pages() -> dict[Path, str]:
    """The text of every generated page by its path."""
    return {
        DOCS / "findings.md": "\n".join(_findings_page()) + "\n",
        DOCS / "law-map.md": law_map(),
        DOCS / "workday-counting.md": workday_counting(),
        DOCS / "rooms.md": "\n".join(_rooms_page()) + "\n",
        DOCS / "decisions" / "README.md": "\n".join(_decisions_page()) + "\n",
    }


def _findings_page() -> Iterator[str]:
    yield "# 核对结果一览"
    yield ""
    yield "<!-- 由 docs/generate.py 生成，请勿手改；改数据后运行 make docs。 -->"
    yield ""
    yield "每条结果有稳定的代码。轻重：**错误**说明数字不可能都对；**警告**需要人看一眼；**提示**供参考。"
    yield "判断有两种：不成立，或无法判断（列出缺哪些单元格）；成立的不列。"
    yield ""
    yield "## 表格中的关系"
    yield ""
    yield "出自 `src/gongkai/regulation/annual_report/forms/`。"
    yield ""
    yield "| 代码 | 版本 | 种类 | 轻重 | 关系 | 依据 |"
    yield "|---|---|---|---|---|---|"
    for code, rules in form_rules().items():
        editions, rule = "、".join(rules), next(iter(rules.values()))
        yield (
            f"| `{code}` | {editions} | {_KINDS[rule['kind']]} | {_SEVERITIES[rule['severity']]} "
            f"| {rule['title']} | {rule['authority']} |"
        )
    yield ""
    yield "花括号中的词在显示时换成具体内容。"
    for room, entries in findings_by_room().items():
        yield ""
        yield f"## {_ROOMS[room]}"
        yield ""
        yield f"出自 `src/gongkai/{room}/findings.toml`。"
        for code, entry in entries.items():
            yield from _finding(code, entry)


def _finding(code: str, entry: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield f"### {code}"
    yield ""
    severity = f"（{_SEVERITIES[entry['severity']]}）" if "severity" in entry else ""
    yield f"**{entry['title']}**{severity}"
    yield ""
    yield f"> {entry['message']}"
    for name, label in (("advice", "怎么办"), ("source", "依据")):
        if entry.get(name):
            yield ""
            yield f"{label}：{entry[name]}"


def form_rules() -> dict[str, dict[str, Mapping[str, Any]]]:
    """The rules of the forms by code, each with its entry in every edition that has it."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for edition in EDITIONS:
        for rule in form(edition).raw["rules"]:
            found.setdefault(rule["id"], {})[edition] = rule
    return found


def findings_by_room() -> dict[str, Mapping[str, Mapping[str, Any]]]:
    """The entries of each room's findings.toml by code."""
    package = files("gongkai")
    return {
        room: tomllib.loads(path.read_text("utf-8"))
        for room in _ROOMS
        if (path := package.joinpath(room, "findings.toml")).is_file()
    }


def worded_findings() -> Mapping[str, Mapping[str, Any]]:
    """The entries of every findings.toml by code."""
    return {code: entry for entries in findings_by_room().values() for code, entry in entries.items()}


def _decisions_page() -> Iterator[str]:
    yield "# Decisions"
    yield ""
    yield "One page each: context, decision, consequences. A decision that no longer holds is marked and kept."
    yield ""
    for path in sorted((DOCS / "decisions").glob("[0-9]*.md")):
        title = path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
        yield f"- [{title}]({path.name})"


_HOUSES = {
    "regulation": "法规内核：只用标准库，给它事实，它给出判断",
    "office": "办公室：Django 和 Wagtail 的房间，存事实，办事情",
}


def _rooms_page() -> Iterator[str]:
    """Every room with the first sentence of its own page, so that a newcomer finds the right one."""
    yield "# 房间一览"
    yield ""
    yield "<!-- 由 docs/generate.py 生成，请勿手改；改各房间的 README.md 后运行 make docs。 -->"
    yield ""
    yield "每个房间的目的取自它自己的 README。方向（谁可以用谁）写在 `pyproject.toml` 的 import-linter 约定里，由 `make check` 执行。"
    source = DOCS.parent / "src" / "gongkai"
    for house, label in _HOUSES.items():
        yield ""
        yield f"## {house}：{label}"
        yield ""
        yield "| 房间 | 目的 |"
        yield "|---|---|"
        for page in sorted((source / house).glob("*/README.md")):
            title = page.read_text("utf-8").partition("\n")[0].removeprefix("# ")
            yield f"| [{title}](../{page.relative_to(DOCS.parent).as_posix()}) | {purpose(page)} |"


def purpose(page: Path) -> str:
    """The first sentence of a room's page, after its title."""
    paragraph = (
        page.read_text("utf-8")
        .split("\n\n")[1]
        .replace("\n", " ")
        .removeprefix("**Purpose.** ")
        .removeprefix("**做什么**：")
    )
    found = re.match(r".+?(?:。|\.(?= |$))", paragraph)
    return found[0] if found else paragraph


def main() -> None:
    for path, text in pages().items():
        path.write_text(text, "utf-8")
    for path, content in compiled().items():
        path.write_bytes(content)


if __name__ == "__main__":
    main()

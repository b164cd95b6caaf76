"""The page docs/law-map.md: from each article to the data, the code and the tests that rest on it.

Data is found by its `source`; code by what its docstrings cite: `ogi-2019 art. 49`, `ogi-2019#49` or the number of the
instrument (〔2021〕30号); findings by the `source` of their words. A module's tests are the file at its mirrored path.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.law import Article, Instrument, MonthDay, Parameter, Tariff, Value, instruments, parameters

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCE = REPOSITORY / "src" / "gongkai"
_CERTAINTIES = {"certain": "确定", "high": "高", "medium": "中"}
_UNITS = {
    "edition": "年版",
    "working_day": "个工作日",
    "natural_day": "日（自然日）",
    "hour": "小时",
    "month": "个月",
    "year": "年",
}
_RECEIPT = {"submission": "提交之日", "confirmation": "双方确认之日"}
_RECONSIDERATION_BODIES = {
    "own_government": "本级人民政府",
    "own_government_or_superior": "本级人民政府或者上一级主管部门",
    "superior": "上一级机关",
    "itself": "本机关",
}


def law_map() -> str:
    """The text of the page."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield "# 法条对照"
    yield ""
    yield "<!-- 由 docs/generators/law_map.py 生成，请勿手改；改数据后运行 make docs。 -->"
    yield ""
    yield "从条款到数据、代码和测试。条款内容是用自己的话写的大意，以正式文本为准；“把握”说明大意有多可靠。"
    cited = dict(_docstrings())
    for instrument in sorted(instruments().values(), key=lambda instrument: instrument.in_force_from):
        yield ""
        yield f"## 《{instrument.title}》"
        yield ""
        yield f"{instrument.number}，`{instrument.key}`，{_in_force(instrument)}。{instrument.note}".rstrip("。") + "。"
        modules = sorted(path for path, text in cited.items() if _short_number(instrument) in text)
        whole = [*_code(modules), *_rules_of(instrument)]
        if whole:
            yield ""
            yield f"整件引用：{'、'.join(whole)}"
        yield ""
        yield "| 条款 | 大意 | 把握 | 数据 | 代码 | 测试 |"
        yield "|---|---|---|---|---|---|"
        for article in instrument.articles.values():
            yield _article_row(instrument, article, cited)


def _article_row(instrument: Instrument, article: Article, cited: dict[str, str]) -> str:
    pattern = re.compile(rf"{re.escape(instrument.key)}(?:#| art\. ){re.escape(article.key)}(?![-\w])")
    modules = sorted(path for path, text in cited.items() if pattern.search(text))
    data = [*_parameters_of(f"{instrument.key}#{article.key}"), *_findings_of(instrument, article)]
    tests = sorted({test for path in modules if (test := _test_of(path))})
    return " | ".join(
        [
            f"| {article.label}",
            article.gist,
            _CERTAINTIES[article.certainty],
            "<br>".join(data),
            "、".join(_code(modules)),
            f"{'、'.join(_code(tests))} |",
        ]
    )


def _docstrings() -> Iterator[tuple[str, str]]:
    """Every module with all the docstrings in it, by its path below src/gongkai."""
    for path in sorted(SOURCE.rglob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
        texts = [ast.get_docstring(node) or "" for node in nodes if isinstance(node, documented)]
        # Doctests show sources as values; what a rule rests on stands in the prose.
        lines = [line for text in texts for line in text.splitlines() if not line.lstrip().startswith((">>>", "'"))]
        yield path.relative_to(SOURCE).as_posix(), "\n".join(lines)


def _parameters_of(source: str) -> Iterator[str]:
    for values in parameters().values():
        for value in values:
            if value.source == source:
                yield f"`{value.key}`：{value.label}，{value.since}起为{_shown(value)}"


def _shown(parameter: Parameter[Value]) -> str:
    value = parameter.value
    if isinstance(value, MonthDay):
        return f"{value.month}月{value.day}日"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Tariff):
        rising = f"，此后每{value.then_every}一档、每档加{value.then_yuan_more}元" if value.then_every else ""
        return "、".join(f"第{bracket.first}起每{bracket.yuan_each}元" for bracket in value.brackets) + rising
    if parameter.unit == "receipt_event":
        return _RECEIPT[str(value)]
    if parameter.unit == "reconsideration_body":
        return _RECONSIDERATION_BODIES[str(value)]
    return f"{value}{_UNITS[parameter.unit]}"


def _findings_of(instrument: Instrument, article: Article) -> Iterator[str]:
    """Findings of any room whose words cite the article by the regulation's usual short title (the text in force)."""
    if instrument.in_force_until or "条例" not in instrument.title:
        return
    short_title = instrument.title.removeprefix("中华人民共和国")
    for room in sorted(files("gongkai.regulation").iterdir(), key=lambda entry: entry.name):
        table = room.joinpath("findings.toml")
        if table.is_file():
            for code, entry in tomllib.loads(table.read_text("utf-8")).items():
                if f"《{short_title}》{article.label}" in entry["source"]:
                    yield f"[{code}](findings.md)"


def _rules_of(instrument: Instrument) -> list[str]:
    """Relations of the forms whose authority is the instrument."""
    relations = (relation for edition in EDITIONS for relation in form(edition).relations)
    codes = dict.fromkeys(relation.code for relation in relations if instrument.number in relation.authority)
    return [f"[{code}](findings.md)" for code in codes]


def _short_number(instrument: Instrument) -> str:
    return instrument.number.partition("函")[2] or instrument.number


def _in_force(instrument: Instrument) -> str:
    until = f"至{instrument.in_force_until}" if instrument.in_force_until else "起"
    return f"适用期 {instrument.in_force_from} {until}"


def _test_of(module: str) -> str | None:
    path = Path(module)
    test = Path("tests") / path.parent / f"test_{path.name}"
    return test.as_posix() if (REPOSITORY / test).exists() else None


def _code(paths: list[str]) -> list[str]:
    return [f"`{path}`" for path in paths]

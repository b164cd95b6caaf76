"""A read report on a terminal: its tables with failing cells marked, what is wrong, what its prose claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gongkai.cli.console import Console
from gongkai.cli.report.grid import Grid, GridRow, Shown, drawn
from gongkai.cli.report.sayings import MARKS, edition_name, finding_lines, place, severities, severity_name
from gongkai.cli.text import wrapped
from gongkai.regulation.annual_report.figures import catalogue as figures
from gongkai.regulation.annual_report.forms import EDITIONS, Column, Form, FormTable, Row, form

Whole = Mapping[str, Any]
"""The JSON object of `report read`."""


def show(whole: Whole, console: Console) -> None:
    """Print a report from its JSON object."""
    for line in _lines(whole, console):
        console.print(line)


def _lines(whole: Whole, console: Console) -> Iterator[str]:
    yield from _title(whole, console)
    marks = _marks(whole["findings"])
    for edition, table in _tables(whole["table_editions"]):
        yield ""
        yield console.paint(_caption(edition, table, whole, console), "bold")
        yield from drawn(_grid(table, whole["cells"], marks, console), console)
    yield from _legend(whole, marks, console)
    yield from _claims(whole["narrative"]["claims"], console)
    yield from _topics(whole, console)
    yield from _findings(whole, console)


def _title(whole: Whole, console: Console) -> Iterator[str]:
    agency = whole["agency"] or console.say(
        "（文中没有写明行政机关，可用 --agency 指定）", "(agency not stated; give it with --agency)"
    )
    year = (
        console.say(f"{whole['year']}年度", str(whole["year"]))
        if whole["year"]
        else console.say("（年度不明，可用 --year 指定）", "(year not stated; give it with --year)")
    )
    yield console.paint(f"{agency}  {year}", "bold")
    counts = Counter(cell["state"] for cell in whole["cells"].values())
    states = [f"{name} {counts[state]}" for state, name in _states(console).items() if counts[state]]
    yield edition_name(whole["edition"], console) + "  " + console.say("单元格：", "cells: ") + "、".join(states)


def _states(console: Console) -> dict[str, str]:
    say = console.say
    return {
        "number": say("数字", "numbers"),
        "blank": say("空白", "blank"),
        "mark": say("符号", "marks"),
        "unreadable": say("读不出", "unreadable"),
    }


def _marks(findings: list[Whole]) -> dict[str, str]:
    """The gravest severity about each cell. Of a relation only the printed total, its last cell, is marked."""
    marks: dict[str, str] = {}
    for severity in reversed(MARKS):
        for finding in findings:
            if finding["severity"] == severity and finding["cells"]:
                marks[finding["cells"][-1]] = severity
    return marks


def _tables(editions: Mapping[str, str]) -> Iterator[tuple[Form, FormTable]]:
    # The older form has every table there is, in the order they are printed.
    order = [table.key for edition in EDITIONS for table in form(edition).tables]
    for key in sorted(editions, key=order.index):
        edition = form(editions[key])
        yield edition, edition.table(key)


def _caption(edition: Form, table: FormTable, whole: Whole, console: Console) -> str:
    if console.language == "en":
        section = next(section for section in edition.sections if section.key == table.section)
        caption = (
            f"Article 20 ({table.key.removeprefix('art20_')})" if table.key.startswith("art20") else section.label_en
        )
    else:
        caption = table.caption.split("\n")[0].split("（本列数据")[0].strip()
    return f"{caption}  [{edition_name(edition.edition, console)}]" if whole["edition"] == "mixed" else caption


def _grid(table: FormTable, cells: Mapping[str, Whole], marks: Mapping[str, str], console: Console) -> Grid:
    def shown(row: Row, column: Column) -> Shown:
        address = f"{table.key}.{row.key}.{column.key}"
        return Shown(_cell_text(cells.get(address), console), marks.get(address, ""))

    if all(column.group for column in table.columns):
        return _grid_by_group(table, shown, console)
    return Grid(
        corner=console.say(table.row_header_label, "") if not table.column_super_header else "",
        headings=tuple(_heading(column, console) for column in table.columns),
        rows=tuple(
            GridRow(
                _row_label(row, console),
                _depth(table, row),
                tuple(shown(row, column) for column in table.columns) if row.is_data else (),
            )
            for row in table.rows
        ),
    )


def _grid_by_group(table: FormTable, shown: Callable[[Row, Column], Shown], console: Console) -> Grid:
    """The remedies table, one row of fifteen columns in three groups, turned into three rows of five."""
    groups: dict[str, list[Column]] = {}
    for column in table.columns:
        groups.setdefault(column.group, []).append(column)
    (row,) = table.data_rows
    return Grid(
        corner="",
        headings=tuple(_heading(column, console) for column in next(iter(groups.values()))),
        rows=tuple(
            GridRow(
                console.say(group[0].group_label, key.replace("_", " ")),
                0,
                tuple(shown(row, column) for column in group),
            )
            for key, group in groups.items()
        ),
    )


def _heading(column: Column, console: Console) -> str:
    label = console.say(column.label, column.label_en)
    if column.decimal and console.language != "en" and column.unit not in label:
        return f"{label}（{column.unit}）"
    return label


def _row_label(row: Row, console: Console) -> str:
    if console.language == "en":
        return row.label_en
    between = "、" if row.numbering and row.numbering[-1] not in "）." else ""
    return f"{row.numbering}{between}{row.short_label or row.label}"


def _depth(table: FormTable, row: Row) -> int:
    parents = {other.key: other.parent for other in table.rows}
    depth, key = 0, row.parent
    while key:
        depth, key = depth + 1, parents[key]
    return depth


def _cell_text(cell: Whole | None, console: Console) -> str:
    if cell is None or cell["state"] == "unreadable":
        return "?"
    if cell["state"] == "blank":
        return console.say("空", "□")
    return str(cell["value"]) if cell["state"] == "number" else str(cell["text"]).strip()


def _legend(whole: Whole, marks: Mapping[str, str], console: Console) -> Iterator[str]:
    """What the marks in the tables mean, those that occur."""
    say = console.say
    occurring = {*marks.values(), *(cell["state"] for cell in whole["cells"].values())}
    meanings = {
        "blank": say("空 = 印出而未填", "□ = printed and left blank"),
        "unreadable": say("? = 读不出", "? = could not be read"),
        **{severity: f"{mark} = {severity_name(severity, console)}" for severity, mark in MARKS.items()},
    }
    told = [meaning for state, meaning in meanings.items() if state in occurring]
    if told:
        yield ""
        yield console.paint("   ".join(told), "dim")


def _claims(claims: list[Whole], console: Console) -> Iterator[str]:
    if not claims:
        return
    yield ""
    yield console.paint(console.say(f"文字中的数字（{len(claims)}）", f"Figures in the prose ({len(claims)})"), "bold")
    for claim in claims:
        where = place(claim["where"], console)
        text = f"{claim['text']} → {_meaning(claim, console)}" + console.say(f"（{where}）", f" ({where})")
        for index, line in enumerate(wrapped(text, console.width - 4)):
            yield ("  " if index == 0 else "    ") + line


def _meaning(claim: Whole, console: Console) -> str:
    figure = figures().get(claim["figure"])
    if figure is None:
        return console.say("（没有对应的指标）", "(no figure of this form)")
    return f"{console.say(figure.label, figure.label_en)} = {claim['value']}"


def _topics(whole: Whole, console: Console) -> Iterator[str]:
    yield ""
    overview = form(EDITIONS[-1]).sections[0]
    found = whole["narrative"]["topics"]
    told = [
        f"{'✓' if topic.key in found else '—'} {console.say(topic.label, topic.label_en)}" for topic in overview.topics
    ]
    yield from wrapped(console.say("总体情况各项：", "Topics of the overview: ") + "  ".join(told), console.width)


def _findings(whole: Whole, console: Console) -> Iterator[str]:
    findings = whole["findings"]
    yield ""
    counted = severities(Counter(finding["severity"] for finding in findings), console)
    yield console.paint(console.say("核对结果：", "Findings: "), "bold") + counted
    advised: set[str] = set()
    for finding in findings:
        last = whole["cells"].get(finding["cells"][-1], {}) if finding["cells"] else {}
        is_new = finding["advice"] not in advised
        advised.add(finding["advice"])
        yield from finding_lines(finding, console, indent=2, where=last.get("where", ""), advice=is_new)

"""Reports made for the command line's tests, as files this tool can read."""

import json
from dataclasses import replace
from pathlib import Path

from gongkai.regulation.annual_report import to_json
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.report import Cell, Narrative, Passage, Report, State

TOPICS = ("proactive_disclosure", "disclosure_on_application")


def made_report(year: int = 2022, agency: str | None = "青溪县教育局", **cells: int | str) -> Report:
    """A 2021-edition report of zeros; `applications__granted__total=3` sets a cell, a text sets what is printed."""
    edition = form("2021")
    overview = (Passage("一、总体情况", level=2), *(Passage("全年公开信息120条。", topic) for topic in TOPICS))
    sections = {section.key: (Passage("无。"),) for section in edition.sections if section.content == "narrative"}
    report = Report(
        year=year,
        agency=agency,
        table_editions={table.key: "2021" for table in edition.tables},
        cells={address: Cell(0, "number", "0", where="line 7") for address in edition.addresses()},
        narrative=Narrative(sections={**sections, "overview": overview}),
    )
    changed = {name.replace("__", "."): _cell(value) for name, value in cells.items()}
    assert changed.keys() <= report.cells.keys()
    return replace(report, cells={**report.cells, **changed})


def made_file(folder: Path, name: str = "report.json", **report: int | str) -> Path:
    """The report as the JSON this tool writes."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(to_json(made_report(**report), []), ensure_ascii=False), encoding="utf-8")
    return path


def _cell(value: int | str) -> Cell:
    if isinstance(value, int):
        return Cell(value, "number", str(value), where="page 3, table 2, row 4, column 5")
    state: State = "blank" if value == "" else "unreadable" if value == "?" else "mark"
    return Cell(None, state, value, where="line 9")

"""Reading a published report: from a document to checked cells, never guessing.

Labels are found within their group, columns by header text, editions by each table's own headings; the arithmetic of the
form chooses between rival readings. See the README of `annual_report`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gongkai.documents.model import Document, Refusal
from gongkai.regulation.annual_report.forms import EDITIONS, form, form_for_year
from gongkai.regulation.annual_report.reading.assembling import PlacedRow, assemble
from gongkai.regulation.annual_report.reading.choosing import MISSING, ReadRow, read_row
from gongkai.regulation.annual_report.reading.refusals import refused
from gongkai.regulation.annual_report.reading.remarks import remarks_on, row_names
from gongkai.regulation.annual_report.reading.rows import Prose, Row, Stream
from gongkai.regulation.annual_report.reading.streaming import stream_of
from gongkai.regulation.annual_report.reading.telling import is_value
from gongkai.regulation.annual_report.report import Cell, Report, statutory_title
from gongkai.regulation.annual_report.sections import agency_of, split, year_of
from gongkai.regulation.finding import Finding

_TWICE_MEANS_TWO_REPORTS = 10
_OVERDUE = frozenset({"other_correction_overdue", "other_fee_unpaid", "other_misc"})
_REPORT_TITLE = re.compile(
    r"(?:19|20)\d\d年.{0,12}政府信息公开.{0,6}年度报告$|政府信息公开.{0,6}年度报告[（(](?:19|20)\d\d年?.{0,4}[)）]$"
)

_NOTHING: Mapping[str, Cell] = {}


def read(document: Document, *, agency: str | None = None, year: int | None = None) -> Report | Refusal:
    """The report a document holds, or why it holds none that can be read.

    `agency` and `year` are what the caller knows; they take precedence over what the text says.
    """
    stream = stream_of(document)
    assembly = assemble(element for element in stream if isinstance(element, Row))
    read_rows = [(placed, read_row(placed)) for placed in assembly.rows]
    tables, observations, repeated = _gathered(read_rows)
    for table in assembly.headless:
        tables.setdefault(table, {})
    prose = _prose(stream)
    narrative = split(prose)
    if assembly.side_by_side or (repeated and _several_titles(prose)) or repeated == "conflict":
        return refused("MULTIPLE-REPORTS")
    if not any(tables.values()):
        return refused("NOT-A-REPORT" if not _mentions_form(stream) else "NO-TABLES")
    found_year, year_where, year_findings = year_of(narrative)
    found_agency, agency_where = agency_of(narrative, document.title)
    editions = _editions(tables, year or found_year)
    cells = _cells(tables, editions)
    report = Report(
        year=year or found_year,
        agency=agency or found_agency,
        table_editions=editions,
        cells=cells,
        narrative=narrative,
        agency_where="" if agency else agency_where,
        year_where="" if year else year_where,
        observations=(*observations, *remarks_on(read_rows), *year_findings),
    )
    if narrative.title == statutory_title(report):
        # Only another title is a fact of its own; the statutory one follows from agency and year.
        report = replace(report, narrative=replace(narrative, title=""))
    return report


_Tables = dict[str, dict[str, ReadRow]]


def _gathered(rows: Sequence[tuple[PlacedRow, ReadRow | None]]) -> tuple[_Tables, list[Finding], str]:
    """Rows by table and key. A row that stands twice with other values is unreadable; a whole table twice is two reports."""
    tables: _Tables = {}
    twice: dict[tuple[str, str], bool] = {}
    for _placed, row in rows:
        if row is None:
            continue
        table = tables.setdefault(row.table, {})
        earlier = table.get(row.key)
        if earlier is None or not earlier.cells:
            table[row.key] = row
        elif row.table == "remedies" and not set(earlier.cells) & set(row.cells):
            table[row.key] = ReadRow(row.table, row.key, row.edition, {**earlier.cells, **row.cells})
        elif row.cells and _filled(row):
            differs = row.values() != earlier.values() and _filled(earlier)
            twice[(row.table, row.key)] = twice.get((row.table, row.key), False) or differs
            if not _filled(earlier):
                table[row.key] = row
    observations = []
    conflicts = [address for address, differs in twice.items() if differs]
    for table_key, row_key in conflicts:
        row = tables[table_key][row_key]
        unreadable = dict.fromkeys(row.cells, MISSING)
        tables[table_key][row_key] = ReadRow(table_key, row_key, row.edition, unreadable)
        cells = tuple(f"{table_key}.{row_key}.{column}" for column in row.cells)
        observations.append(Finding("ROW-TWICE", "warning", cells=cells, values=row_names(table_key, row_key)))
    repeated = ""
    if sum(table == "applications" for table, _ in twice) >= _TWICE_MEANS_TWO_REPORTS:
        repeated = "conflict" if conflicts else "same"
    return tables, observations, repeated


def _filled(row: ReadRow) -> bool:
    return any(cell.state != "blank" for cell in row.cells.values())


def _editions(tables: _Tables, year: int | None) -> dict[str, str]:
    """The edition of each table, from its own headings; 复议诉讼表 is the same in both and goes with 申请表."""
    by_year = form_for_year(year) if year else None
    editions: dict[str, str] = {}
    for key, rows in tables.items():
        told = {row.edition for row in rows.values() if row.edition}
        if key == "applications":
            if _OVERDUE & set(rows):
                told = {"2021"}
            elif "other_handling" in rows and rows["other_handling"].cells:
                told = {"2019"}
        if len(told) == 1:
            editions[key] = told.pop()
    rest = (
        editions.get("applications") or next(iter(editions.values()), None) or (by_year.edition if by_year else "2021")
    )
    for key in tables:
        # 第二十条第（九）项 is in one edition only, whatever the tables around it are.
        having = [edition for edition in EDITIONS if any(table.key == key for table in form(edition).tables)]
        editions.setdefault(key, rest if rest in having else having[0])
    order = [table.key for table in (*form("2019").tables,)]
    return {key: editions[key] for key in order if key in editions}


def _cells(tables: _Tables, editions: Mapping[str, str]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for key, edition in editions.items():
        rows = {row_key: row.cells for row_key, row in tables[key].items()}
        for row_key, column_key, address in form(edition).table(key).cells:
            cells[address] = rows.get(row_key, _NOTHING).get(column_key, MISSING)
    return cells


def _prose(stream: Stream) -> list[tuple[str, str, int]]:
    """The paragraphs outside the tables, with the rows that turned out to be no table's put back as text."""
    prose = []
    for element in stream:
        if isinstance(element, Prose):
            prose.append((element.text, str(element.at), element.level))
        elif not element.used:
            for item in element.items:
                if not item.carried and item.text.strip() and not is_value(item.text):
                    prose.append((item.text, str(item.at), 0))
    return prose


def _several_titles(prose: Sequence[tuple[str, str, int]]) -> bool:
    titles = {re.sub(r"\s", "", text) for text, _, _ in prose if len(text) < 60}
    return sum(bool(_REPORT_TITLE.search(title)) for title in titles) > 1


def _mentions_form(stream: Stream) -> bool:
    return any(isinstance(element, Prose) and "政府信息公开" in element.text for element in stream)

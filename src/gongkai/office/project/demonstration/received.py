"""Reports of others in the demonstration: what agencies below have handed in, what neighbours published, the year before.

The agencies' own are counted from the ledger by the same code that compiles the county's, written to files of several kinds,
and taken in from these files by the reader, as anybody's would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from gongkai.documents.writers import render
from gongkai.office.accounts.models import User
from gongkai.office.organs.models import Organ
from gongkai.office.project.demonstration.items import YEAR
from gongkai.office.project.demonstration.wording import data
from gongkai.office.reporting.actions import deciding, receiving
from gongkai.office.reporting.actions.opening import edition_of
from gongkai.office.reporting.from_ledger import from_ledger
from gongkai.office.reporting.models import ReceivedReport
from gongkai.office.reporting.received.isolated import Reader
from gongkai.regulation.annual_report import Cell, Narrative, Passage, Report, compose
from gongkai.regulation.annual_report.compiling import compile_report, input_cells
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.report import statutory_title
from gongkai.regulation.tally import Number

_DAYS_TO_HAND_IN_AGAIN = 10
_MISCOUNTED = "applications.new_received.total"
_ENDINGS = {"text": "txt"}


@dataclass(frozen=True, slots=True)
class _HandedIn:
    """A report as a file, of whom it is, and how far it goes."""

    report: Report
    format: str
    organ: Organ | None
    then: str


def receive_reports(organs: Mapping[str, Organ], people: Mapping[str, User], *, at: datetime) -> int:
    """Take in all of them at a moment, and decide upon most; gives how many."""
    county, officer = organs["qingxi"], people["officer"]
    handed_in = list(_handed_in(organs, localdate(at)))
    with Reader() as reader:
        for each in handed_in:
            name = f"{statutory_title(each.report)}.{_ENDINGS.get(each.format, each.format)}"
            content = render(compose(each.report), each.format)
            row = receiving.receive_file(county, [content], name, year=None, by=officer, at=at, reader=reader)
            assert row.report is not None, row.message
            _decide(row.report, each, officer, at)
    return len(handed_in)


def _handed_in(organs: Mapping[str, Organ], today: date) -> Iterator[_HandedIn]:
    listed = data("received.toml")
    yield _HandedIn(_year_before(organs["qingxi"], listed["before"], today), "html", organs["qingxi"], "accepted")
    for each in listed["neighbour"]:
        report = _of(each["agency"], each["year"], each["cells"])
        yield _HandedIn(report, each["format"], None, "accepted")
    for number, each in enumerate(listed["handed_in"]):
        organ = organs[each["organ"]]
        report = _worded(from_ledger(organ, YEAR, today=today).report, number)
        if each["then"] == "returned":
            report = _miscounted(report)
        yield _HandedIn(report, each["format"], organ, each["then"])


def _year_before(county: Organ, more: Mapping[str, int], today: date) -> Report:
    counted = from_ledger(county, YEAR - 1, today=today).report
    documents: dict[str, Number] = {
        address: counted.value(address) or 0
        for address in input_cells(edition_of(YEAR - 1))
        if address.startswith("art20_1.")
    }
    return _of(county.name, YEAR - 1, {**documents, **more})


def _of(agency: str, year: int, counts: Mapping[str, Number]) -> Report:
    return _worded(compile_report(counts, edition=edition_of(year), year=year, agency=agency), year + len(counts))


def _worded(report: Report, number: int) -> Report:
    """With a sentence in each section that has no table and none of its own."""
    sentences = data("received.toml")["problems"]
    edition = edition_of(report.year or YEAR)
    tables = {table.section for table in form(edition).tables}
    own = {key: passages for key, passages in report.narrative.sections.items() if passages}
    said = {
        "overview": f"{report.year}年，{report.agency}按照《中华人民共和国政府信息公开条例》公开政府信息，办理公众的申请。",
        "problems": sentences[number % len(sentences)],
        "other_matters": "没有其他需要报告的事项。",
    }
    missing = {
        section.key: (Passage(said[section.key]),)
        for section in form(edition).sections
        if section.key in said and section.key not in own and section.key not in tables
    }
    narrative = Narrative(report.narrative.title, report.narrative.preamble, {**own, **missing})
    return replace(report, narrative=narrative)


def _miscounted(report: Report) -> Report:
    value = (report.cells[_MISCOUNTED].value or 0) + 1
    return replace(report, cells={**report.cells, _MISCOUNTED: Cell(value, "number", str(value))})


def _decide(report: ReceivedReport, each: _HandedIn, officer: User, at: datetime) -> None:
    agency, year = each.report.agency, each.report.year
    assert agency is not None
    assert year is not None
    if not each.then:
        return
    report = deciding.identify(report, organ=each.organ, agency=agency, year=year, by=officer, at=at)
    if each.then == "accepted":
        deciding.accept(report, is_public=True, by=officer, at=at)
    elif each.then == "returned":
        due = localdate(at) + timedelta(days=_DAYS_TO_HAND_IN_AGAIN)
        note = "申请收到件数的总计与各类申请人之和不一致，请核对登记台账后重新报送。"
        deciding.give_back(report, note=note, due_on=due, by=officer, at=at)

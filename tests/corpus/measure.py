"""How well the corpus is read: every cell of every file against what a careful person reads there.

right: the same number, blank or mark. wrong: another number or another state. invented: a number where the file has
none. missed: unread although the file shows it. abstained: unread where the file no longer says which number is whose.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from gongkai.documents.model import Refusal
from gongkai.documents.readers import read as read_file
from gongkai.regulation import annual_report
from gongkai.regulation.annual_report.report import Cell, Report
from tests.corpus.family import Case
from tests.corpus.truth import LOST, Expected

KINDS = ("right", "wrong", "invented", "missed", "abstained")
PATIENCE_SECONDS = 60
FAULTS = frozenset({"wrong", "invented", "missed"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell (or the agency, the year, the refusal of the file) that was not read as it should be."""

    kind: str
    address: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.address} expected {self.expected}, got {self.got}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one file. `agency` and `year` are right, wrong or null; `refused` is the code of a refusal."""

    case: Case
    cells: Mapping[str, int]
    agency: str = ""
    year: str = ""
    refused: str = ""
    wrongly_read: bool = False
    faults: tuple[Fault, ...] = field(default=())


def read(path: Path) -> Report | Refusal:
    """A file as the product reads it: the document first, then the report in it."""
    document = read_file(path)
    return document if isinstance(document, Refusal) else annual_report.read(document)


def judge(case: Case, folder: Path) -> Judgement:
    """Reads one file of the corpus and compares it with what it says."""
    path = folder / case.file_name
    path.write_bytes(case.data)
    try:
        with _patience():
            result = read(path)
    except _OutOfPatienceError:
        result = Refusal("ENDLESS", f"{PATIENCE_SECONDS}秒没有读完", f"not read within {PATIENCE_SECONDS} seconds")
    finally:
        path.unlink()
    return judged(case, result)


class _OutOfPatienceError(BaseException):
    """Not an Exception, so that no reader takes it for a broken file."""


@contextmanager
def _patience() -> Iterator[None]:
    """Gives up on a file that is read without end, so that the others are still measured. Where there are no timers it waits."""

    def give_up(*_: object) -> None:
        raise _OutOfPatienceError

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def judged(case: Case, result: Report | Refusal) -> Judgement:
    if isinstance(result, Refusal):
        return _refused(case, result)
    if case.printed.must_refuse:
        return _wrongly_read(case, result)
    addresses = [*case.printed.expected, *(a for a in result.cells if a not in case.printed.expected)]
    counts: Counter[str] = Counter()
    faults = []
    for address in addresses:
        expected, got = case.printed.expected.get(address, LOST), result.cells.get(address)
        kind = compare(expected, got)
        counts[kind] += 1
        if kind in FAULTS:
            faults.append(Fault(kind, address, _shown_expected(expected), _shown(got)))
    agency = _named(result.agency, case.printed.agencies)
    year = _named(result.year, case.printed.years)
    for name, verdict, wanted, value in (
        ("agency", agency, case.printed.agencies, result.agency),
        ("year", year, case.printed.years, result.year),
    ):
        if verdict != "right":
            faults.append(Fault(verdict, name, "/".join(map(str, wanted)), str(value)))
    return Judgement(case, counts, agency, year, faults=tuple(faults))


def compare(expected: Expected, got: Cell | None) -> str:
    """Which of the five kinds a cell is."""
    if got is None or got.state == "unreadable":
        return "missed" if expected.certain and expected.state != "lost" else "abstained"
    if got.state != expected.state:
        return "invented" if got.state == "number" else "wrong"
    return "right" if got.value == expected.value else "wrong"


def _named(value: str | int | None, wanted: frozenset[str | None] | frozenset[int | None]) -> str:
    if value in wanted:
        return "right"
    return "null" if value is None else "wrong"


def _refused(case: Case, refusal: Refusal) -> Judgement:
    """All that could have been read for certain is missed; nothing is wrong."""
    kinds = Counter(
        "abstained" if case.printed.must_refuse else compare(expected, None)
        for expected in case.printed.expected.values()
    )
    faults = (
        (Fault("missed", "the whole file", "a report", f"{refusal.code} {refusal.message}"),) if kinds["missed"] else ()
    )
    return Judgement(case, kinds, refused=refusal.code, faults=faults)


def _wrongly_read(case: Case, result: Report) -> Judgement:
    """Numbers read from a file that should have been refused are all wrong."""
    numbers = sum(cell.state == "number" for cell in result.cells.values())
    kinds = Counter({"wrong": numbers, "abstained": max(0, len(case.printed.expected) - numbers)})
    fault = Fault("wrong", "the whole file", "a refusal", f"a report with {numbers} numbers")
    return Judgement(case, kinds, wrongly_read=True, faults=(fault,))


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return "no cell"
    return f"{cell.state} {cell.value if cell.state == 'number' else ''} {cell.text!r} ({cell.where})"


def _shown_expected(expected: Expected) -> str:
    return f"{expected.state} {expected.value if expected.state == 'number' else ''} {expected.text!r}"


def total(judgements: Iterable[Judgement]) -> Counter[str]:
    """The kinds of all cells of several files, and `files`."""
    counts: Counter[str] = Counter()
    for judgement in judgements:
        counts.update(judgement.cells)
        counts["files"] += 1
    return counts

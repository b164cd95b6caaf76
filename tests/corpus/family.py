"""A family: the files that show one thing that occurs in published reports, each with what should be read in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from tests.corpus.grids import STATUTORY, Style
from tests.corpus.layout import Printed
from tests.corpus.outputs import OUTPUTS
from tests.corpus.printing import printed
from tests.corpus.truth import SCALES, Scale, truth

SEED = "青溪2026"
EDITIONS = ("2019", "2021")
SIZES: tuple[Scale, ...] = SCALES[1:]

Mess = Callable[[Printed, Random], Printed]


@dataclass(frozen=True)
class Case:
    """One file of the corpus. `format` is the name it is counted under; the bytes are made when they are asked for."""

    family: str
    name: str
    format: str
    suffix: str
    printed: Printed
    write: Callable[[Printed], bytes]

    @cached_property
    def data(self) -> bytes:
        return self.write(self.printed)

    @property
    def file_name(self) -> str:
        return f"{self.family}-{self.name}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Family:
    """`line` is the line of the list of occurrences it belongs to (0: clean files), `title` says in Chinese what it shows."""

    key: str
    line: int
    title: str
    cases: Callable[[], Iterable[Case]]


def clean(report: Printed, rng: Random) -> Printed:
    return report


@dataclass(frozen=True, slots=True)
class Origin:
    """Which report a family's files are made of."""

    editions: Sequence[str] = EDITIONS
    scales: Sequence[Scale] = SIZES
    style: Style = STATUTORY
    applications: str = ""
    year: int = 0

    def report(self, edition: str, seed: str) -> Printed:
        rng = Random(f"{SEED}/{seed}/scale")
        report = truth(
            f"{SEED}/{seed}", edition, scale=rng.choice(self.scales), applications=self.applications, year=self.year
        )
        return printed(report, self.style, seed)


def messed(key: str, title: str, mess: Mess, outputs: Sequence[str], origin: Origin | None = None) -> Family:
    """A family whose mess is in the print: the same mess in every format and edition named."""
    origin = origin or Origin()
    return Family(key, int(key[:2]), title, lambda: tuple(_messed(key, mess, outputs, origin)))


def _messed(key: str, mess: Mess, outputs: Sequence[str], origin: Origin) -> Iterable[Case]:
    for edition in origin.editions:
        for name in outputs:
            output = OUTPUTS[name]
            seed = f"{key}/{edition}/{name}"
            report = mess(origin.report(edition, seed), Random(f"{SEED}/{seed}/mess"))
            yield Case(key, f"{edition}-{name}", name, output.suffix, report, output.write)


@dataclass(frozen=True, slots=True)
class Way:
    """A special way to write a file; `format` is the name it is counted under."""

    name: str
    format: str
    suffix: str
    write: Callable[[Printed], bytes]


def written(key: str, title: str, ways: Sequence[Way], mess: Mess = clean, origin: Origin | None = None) -> Family:
    """A family whose mess is in the bytes: each way of writing, in every edition."""
    origin = origin or Origin()

    def cases() -> Iterable[Case]:
        for edition in origin.editions:
            for way in ways:
                seed = f"{key}/{edition}/{way.name}"
                report = mess(origin.report(edition, seed), Random(f"{SEED}/{seed}/mess"))
                yield Case(key, f"{edition}-{way.name}", way.format, way.suffix, report, way.write)

    return Family(key, int(key[:2]), title, lambda: tuple(cases()))


def must_be_refused(report: Printed, rng: Random) -> Printed:
    return replace(report, must_refuse=True)


def nothing_certain(report: Printed, rng: Random) -> Printed:
    """The file keeps its numbers but not their places: calling any of them unreadable is right."""
    return report.unsure_of(report.expected)

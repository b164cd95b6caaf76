"""Files that only an office suite writes: DOC, ODT, RTF, and PDF as LibreOffice prints it. One conversion for each format."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from random import Random

from tests.corpus.families.paper import paged
from tests.corpus.families.zeros import mark, zeros_as
from tests.corpus.family import SEED, Case, Family, Mess, Origin, clean
from tests.corpus.formats import word
from tests.corpus.layout import Printed
from tests.corpus.splitting import repeated

CONVERSIONS = {"doc": "doc:MS Word 97", "odt": "odt", "rtf": "rtf", "pdf": "pdf"}
SOURCES: dict[str, tuple[Mess, word.Paper]] = {
    "clean": (clean, word.Paper()),
    "dashes": (zeros_as(mark("—")), word.Paper()),
    "letters": (paged(repeated, header=True, seams=1), word.Paper(word.letters)),
}
PATIENCE_SECONDS = 180


def office() -> str | None:
    """The office suite's program, None where there is none."""
    return shutil.which("soffice")


@cache
def _sources() -> dict[str, Printed]:
    reports = {}
    for edition in ("2019", "2021"):
        for name, (mess, _) in SOURCES.items():
            seed = f"office/{edition}/{name}"
            reports[f"{edition}-{name}"] = mess(Origin().report(edition, seed), Random(f"{SEED}/{seed}"))
    return reports


@cache
def _converted(suffix: str) -> dict[str, bytes]:
    """Every source in one format, by name."""
    with tempfile.TemporaryDirectory() as folder:
        for name, report in _sources().items():
            paper = SOURCES[name.split("-", 1)[1]][1]
            Path(folder, f"{name}.docx").write_bytes(word.word(report, paper))
        names = [f"{name}.docx" for name in _sources()]
        command = [
            office() or "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
        ]
        subprocess.run(
            [*command, CONVERSIONS[suffix], *names],
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
        )
        return {name: Path(folder, f"{name}.{suffix}").read_bytes() for name in _sources()}


def _cases(suffix: str) -> Iterable[Case]:
    if office() is None:
        return
    for name, report in _sources().items():
        made = "pdf-office" if suffix == "pdf" else suffix
        yield Case(f"41-{suffix}", name, made, f".{suffix}", report, lambda _, name=name: _converted(suffix)[name])  # type: ignore[misc]


def _family(suffix: str, title: str) -> Family:
    return Family(f"41-{suffix}", 41, title, lambda: tuple(_cases(suffix)))


FAMILIES: tuple[Family, ...] = (
    _family("doc", "由LibreOffice另存为DOC"),
    _family("odt", "由LibreOffice另存为ODT"),
    _family("rtf", "由LibreOffice另存为RTF"),
    _family("pdf", "由LibreOffice打印成PDF"),
)

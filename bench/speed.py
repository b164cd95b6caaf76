"""How fast reports are read and checked, on this machine: ratios first, because they travel.

Run: python -m bench.speed [--write] [--quick]
Results go to the terminal; with --write to docs/performance.md as well.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.libraries import LIBRARIES
from bench.memory import run_and_watch
from bench.samples import FORMATS, files, mixed
from gongkai.documents import readers
from gongkai.documents.model import Document, Refusal
from gongkai.regulation import annual_report
from gongkai.regulation.annual_report.report import Report
from tests.corpus.measure import read

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
SECONDS = 2.0
FILES = {"text": 20, "html": 20, "html-word": 20, "docx": 20, "xlsx": 10, "pdf": 6}
CORPUS = 2000
GROWTH = (20, 200, 2000)
COMMAND = (sys.executable, "-c", "import sys; from gongkai.cli.main import main; sys.exit(main())", "report", "check")
SHARES_NOTE = """
“格式库所占”是格式库单独取出全部单元格的时间与全程之比，其余是本项目所占；三步各自单独量得，合计比全程略少。
PDF 在另一个进程里读，PDFium 只给出字和位置，表格、段落都由本项目拼成。
为什么网页到不了格式库的两倍以内：[决定 0006](decisions/0006-speed.md)。
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command line: wall-clock seconds, and the peak memory of all its processes together."""

    count: int
    seconds: float
    megabytes: float | None

    @property
    def memory(self) -> str:
        return "—" if self.megabytes is None else f"{self.megabytes:.0f}"


def machine() -> str:
    return f"{_processor()}，{os.cpu_count()} 核，{platform.system()}，Python {platform.python_version()}"


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def seconds_each(step: Callable[[Path], object], paths: Sequence[Path], seconds: float) -> float:
    """Seconds of wall-clock for one file: the mean over the files of each one's fastest round, after one to warm up."""
    for path in paths[:2]:
        step(path)
    best = [float("inf")] * len(paths)
    until = time.perf_counter() + seconds
    while True:
        for at, path in enumerate(paths):
            started = time.perf_counter()
            step(path)
            best[at] = min(best[at], time.perf_counter() - started)
        if time.perf_counter() >= until:
            return sum(best) / len(best)


def read_and_check(path: Path) -> None:
    report = read(path)
    if isinstance(report, Refusal):
        raise SystemExit(f"{path}: {report.message}")
    annual_report.check(report)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one report costs in a format, in seconds: the whole, its three steps alone, and what libraries take alone.

    The steps are measured with their input at hand, each on its own; that is a little less than they take in a row.
    """

    kind: str
    whole: float
    document: float
    report: float
    check: float
    libraries: Mapping[str, float]

    def summary(self) -> str:
        needed = "；".join(f"{name} {value * 1000:.2f}" for name, value in self.libraries.items()) or "—"
        ratio = "；".join(f"{self.whole / value:.2f}" for value in self.libraries.values()) or "—"
        return f"| {self.kind} | {self.whole * 1000:.2f} | {1 / self.whole:.0f} | {needed} | {ratio} |"

    def shares(self) -> str:
        steps = " | ".join(f"{value * 1000:.2f}" for value in (self.document, self.report, self.check))
        name, alone = next(iter(self.libraries.items()), ("—", 0.0))
        share = f"{min(alone / self.whole, 1):.0%}" if alone else "0%"
        own = f"{max(1 - alone / self.whole, 0):.0%}"
        return f"| {self.kind} | {steps} | {self.whole * 1000:.2f} | {name} {share} | {own} |"


def cost(folder: Path, kind: str, seconds: float) -> Cost:
    paths = files(folder / kind, kind, FILES[kind])
    documents = {path: document for path in paths if isinstance(document := readers.read(path), Document)}
    reports = {path: report for path in paths if isinstance(report := read(path), Report)}
    if len(documents) < len(paths) or len(reports) < len(paths):
        raise SystemExit(f"{kind}: not every report was read")
    return Cost(
        kind,
        seconds_each(read_and_check, paths, seconds),
        seconds_each(readers.read, paths, seconds),
        seconds_each(lambda path: annual_report.read(documents[path]), paths, seconds),
        seconds_each(lambda path: annual_report.check(reports[path]), paths, seconds),
        {name: seconds_each(step, paths, seconds) for name, step in LIBRARIES[kind].items()},
    )


def formats(costs: Sequence[Cost]) -> list[str]:
    """Reports per second and core by format, and how many times what the format's library alone takes."""
    head = [
        "| 格式 | 每份（毫秒） | 每核每秒（份） | 格式库单独（毫秒） | 全程为格式库的倍数 |",
        "|---|---|---|---|---|",
    ]
    return [*head, *(each.summary() for each in costs)]


def shares(costs: Sequence[Cost]) -> list[str]:
    """Where the time goes: reader, law, checker; and the share that would be needed for the library alone."""
    head = [
        "| 格式 | 读成文档 | 读成报告 | 核对 | 全程 | 格式库所占 | 本项目所占 |",
        "|---|---|---|---|---|---|---|",
    ]
    return [*head, *(each.shares() for each in costs)]


def first_and_second(folder: Path, count: int) -> tuple[float, float]:
    """Seconds to read and check pages never seen before, and the same pages once more: the mean of each.

    What is remembered between reports (the meaning of labels) is warm from other reports, as it is after a few files.
    """
    paths = files(folder, "html", 2 * count)
    for path in paths[:count]:
        read_and_check(path)
    rounds = []
    for _ in range(2):
        started = time.perf_counter()
        for path in paths[count:]:
            read_and_check(path)
        rounds.append((time.perf_counter() - started) / count)
    return rounds[0], rounds[1]


def run(paths: Sequence[Path], jobs: int) -> Run:
    """`gongkai report check` over a folder as a process of its own."""
    seconds, megabytes = run_and_watch([*COMMAND, str(paths[0].parent), "--jobs", str(jobs)])
    return Run(len(paths), seconds, megabytes)


def growth(folder: Path, counts: Sequence[int]) -> list[str]:
    """The cost of one file and the peak memory as the number of files grows."""
    rows = ["| 文件数 | 用时（秒） | 每份（毫秒） | 内存峰值（MB） |", "|---|---|---|---|"]
    for count in counts:
        done = run(mixed(folder / str(count), count), jobs=1)
        rows.append(f"| {count} | {done.seconds:.1f} | {done.seconds / count * 1000:.1f} | {done.memory} |")
    return rows


def page(folder: Path, *, quick: bool) -> str:
    seconds, scale = (0.3, 10) if quick else (SECONDS, 1)
    costs = [cost(folder, kind, seconds) for kind in FORMATS]
    checks = [each.check for each in costs]
    first, second = first_and_second(folder / "first", 100 // scale)
    many = run(mixed(folder / "many", CORPUS // scale), jobs=2)
    return "\n".join(
        [
            "# 速度\n",
            f"`python -m bench.speed{' --quick' if quick else ''} --write` 写成。机器：{machine()}。"
            f"{'（--quick：许多文件的两节只用十分之一的文件。）' if quick else ''}\n",
            "## 读取并核对一份报告\n",
            *formats(costs),
            f"\n只核对（已读取的报告）：每份 {min(checks) * 1000:.2f} 至 {max(checks) * 1000:.2f} 毫秒。\n",
            f"没有见过的网页第一次读：每份 {first * 1000:.2f} 毫秒；同一批再读一次：{second * 1000:.2f} 毫秒"
            "（平均值；上表是每份最快一次的平均）。\n",
            "## 时间花在哪里（毫秒）\n",
            *shares(costs),
            SHARES_NOTE,
            "## 许多文件\n",
            f"`gongkai report check 文件夹 --jobs 2`，{many.count} 个混合文件（网页六成，DOCX 两成，文本一成，XLSX、PDF 各半成）："
            f"{many.seconds:.1f} 秒，每秒 {many.count / many.seconds:.0f} 份，各进程共用内存至多 {many.memory} MB。\n",
            "## 文件多十倍、百倍（--jobs 1）\n",
            *growth(folder, [count // scale for count in GROWTH]),
            "",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--quick", action="store_true", help="a tenth of the files, for trying the script")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        results = page(Path(folder), quick=chosen.quick)
    print(results)
    if chosen.write:
        PAGE.write_text(results, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.libraries import LIBRARIES
from bench.memory import run_and_watch
from bench.samples import FORMATS, files, mixed
from gongkai.documents.model import Refusal
from gongkai.regulation import annual_report
from gongkai.regulation.annual_report.report import Report
from tests.corpus.measure import read

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
SECONDS = 2.0
FILES = {"text": 20, "html": 20, "html-word": 20, "docx": 20, "xlsx": 10, "pdf": 6}
CORPUS = 2000
GROWTH = (20, 200, 2000)
COMMAND = (sys.executable, "-c", "import sys; from gongkai.cli.main import main; sys.exit(main())", "report", "check")


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


def formats(folder: Path, seconds: float) -> list[str]:
    """Reports per second and core by format, and how much of it the format's library alone takes."""
    rows = [
        "| 格式 | 每份（毫秒） | 每核每秒（份） | 格式库单独（毫秒） | 全程为格式库的倍数 |",
        "|---|---|---|---|---|",
    ]
    for kind in FORMATS:
        paths = files(folder / kind, kind, FILES[kind])
        ours = seconds_each(read_and_check, paths, seconds)
        alone = {name: seconds_each(step, paths, seconds) for name, step in LIBRARIES[kind].items()}
        needed = "；".join(f"{name} {value * 1000:.2f}" for name, value in alone.items()) or "—"
        ratio = "；".join(f"{ours / value:.2f}" for value in alone.values()) or "—"
        rows.append(f"| {kind} | {ours * 1000:.2f} | {1 / ours:.0f} | {needed} | {ratio} |")
    return rows


def check_only(folder: Path, seconds: float) -> float:
    """Seconds of one `check` of a report that has been read."""
    reports = [report for report in map(read, files(folder, "html", 20)) if isinstance(report, Report)]
    by_path = {Path(str(at)): report for at, report in enumerate(reports)}
    return seconds_each(lambda path: annual_report.check(by_path[path]), list(by_path), seconds)


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
    many = run(mixed(folder / "many", CORPUS // scale), jobs=2)
    return "\n".join(
        [
            "# 速度\n",
            f"`python -m bench.speed --write` 写成。机器：{machine()}。\n",
            "## 读取并核对一份报告\n",
            *formats(folder, seconds),
            f"\n只核对（已读取的报告）：每份 {check_only(folder / 'check', seconds) * 1000:.3f} 毫秒。\n",
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

"""Two thousand mixed reports received in the background while the public site answers.

Run as `python -m bench.receive [FILES] [--write]`. An office of its own in a temporary folder: granian with the front, as in
operation, and the background process reading. Public pages are asked for one after another, first while nothing is going
on, then while the files are read. Printed: files a minute, and the 95th percentile of both. The background pauses between
its rounds: of the second, only pages count that were asked for within a second of a file that was read. A ratio to an idle
site needs an idle machine: `--write` is refused on a busy one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from urllib.request import urlopen

from bench import office_page
from bench.speed import machine

FILES = 2_000
PORT = 8597
IDLE_REQUESTS = 400
FORMATS = ("html",) * 12 + ("docx",) * 4 + ("text",) * 2 + ("xlsx", "pdf")
"""As reports come: most are pages, few are scans of nothing; the mix of bench.speed."""
LIMIT = 2.0
NEAR_SECONDS = 1.0
MOST_LOAD = 1.0
"""Processes that may want a processor, on average of the last minute, before this begins."""
PAGES = ("/", "/report-data/", "/disclosure/annual-reports/", "/organs/")


def main() -> None:
    files = next((int(each) for each in sys.argv[1:] if each.isdigit()), FILES)
    load = os.getloadavg()[0]
    if "--write" in sys.argv and load > MOST_LOAD:
        raise SystemExit(f"the machine is busy (load {load:.1f}): nothing measured now would be worth writing down")
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        os.environ.update(GONGKAI_DATA=folder, DJANGO_SETTINGS_MODULE="gongkai.office.project.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        batch = _handed_in(files)
        server = subprocess.Popen(
            [sys.executable, "-m", "gongkai", "serve", "--port", str(PORT)],
            env=os.environ.copy(),
            stdout=subprocess.DEVNULL,
        )
        try:
            text = _measure(batch, files, load)
        finally:
            server.terminate()
            server.wait()
        print(text)
        if "--write" in sys.argv:
            office_page.write("receive", text)


def _handed_in(files: int) -> int:
    """A batch of reports in all formats, every twentieth broken, that nobody has read; its primary key."""
    from gongkai.office.reporting.actions.receiving import begin_batch
    from tests.office.cast import NOW, assemble
    from tests.office.reporting.papers import paper, report

    cast = assemble()

    def made(number: int) -> tuple[str, list[bytes]]:
        format = FORMATS[number % len(FORMATS)]
        found = report(f"青溪县第{number}镇人民政府", 2023)
        data = paper(found, format)
        return f"{number}.{format}", [data[: len(data) // 3] if number % 20 == 0 else data]

    started = time.perf_counter()
    batch = begin_batch(
        cast.county, (made(number) for number in range(files)), name="bench", year=2023, by=cast.officer, at=NOW
    )
    print(f"made and stored {files} files in {time.perf_counter() - started:.0f} s", flush=True)
    # Not yet: the site is measured at rest first.
    batch.files.update(outcome="unpacked")
    return int(batch.pk)


def _measure(pk: int, files: int, load: float) -> str:
    from gongkai.office.reporting.actions.receiving import SLICE_SECONDS
    from gongkai.office.reporting.models import ReceivedFile

    rows = ReceivedFile.objects.filter(batch=pk)
    _wait_for_site()
    idle = _asked(lambda: False, IDLE_REQUESTS)
    rows.update(outcome="waiting")
    started = time.perf_counter()
    busy = _asked(lambda: not rows.filter(outcome="waiting").exists(), None)
    seconds = time.perf_counter() - started
    outcomes = {label: rows.filter(outcome=key).count() for key, label in ReceivedFile.Outcome.choices}
    told = "，".join(f"{label}{count}份" for label, count in outcomes.items() if count)
    read = sorted(done.timestamp() for done in rows.values_list("done_at", flat=True) if done)
    at_rest = _p95([taken for _, taken in idle])
    reading = _p95([taken for at, taken in busy if _near(at, read)])
    return "\n".join(
        [
            "## 后台接收年度报告，网站照常（SQLite）",
            "",
            f"{machine()}，开始时负载{load:.1f}。`gongkai serve` 对外服务，后台逐份读取{files:,}个混合文件（网页六成，DOCX 两成，"
            "文本一成，XLSX、PDF 各半成，二十份里一份残缺），同时每秒请求二十次公开页面，只计前后一秒内有文件读完的请求（每轮读"
            f"{SLICE_SECONDS:g}秒，轮间停顿）。要求：读取时公开页面的 p95 不超过空闲时的"
            f"{LIMIT:g}倍。",
            "",
            "| 文件 | 用时（秒） | 每分钟（份） | 结果 | 空闲 p95（毫秒） | 读取时 p95（毫秒） | 倍数 |",
            "|---|---|---|---|---|---|---|",
            f"| {files:,} | {seconds:.0f} | {files / seconds * 60:.0f} | {told} | {at_rest:.1f} | {reading:.1f} "
            f"| {reading / at_rest:.2f} |",
        ]
    )


def _wait_for_site() -> None:
    for _ in range(240):
        try:
            for page in PAGES:
                urlopen(f"http://127.0.0.1:{PORT}{page}").read()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the site did not start")


def _asked(is_over: Callable[[], bool], count: int | None) -> list[tuple[float, float]]:
    """When (seconds of the epoch) and how long (milliseconds), twenty requests a second, so many or until it is over."""
    asked: list[tuple[float, float]] = []
    while (count is None or len(asked) < count) and not (len(asked) % 20 == 19 and is_over()):
        at, started = time.time(), time.perf_counter()
        urlopen(f"http://127.0.0.1:{PORT}{PAGES[len(asked) % len(PAGES)]}").read()
        taken = time.perf_counter() - started
        asked.append((at, taken * 1000))
        time.sleep(max(0.0, 0.05 - taken))
    return asked


def _near(at: float, read: list[float]) -> bool:
    following = bisect_left(read, at - NEAR_SECONDS)
    return following < len(read) and read[following] <= at + NEAR_SECONDS


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    main()

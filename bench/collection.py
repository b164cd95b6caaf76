"""Time and memory of one national table from packed reports in the database.

Run as `python -m bench.collection [COUNT …] [--write]`, on PostgreSQL behind `python -m tests.office.postgresql`. Rows of
`SettledReport` in a database of its own, 200 cells each, one in five not 0; then the collection as the screen makes
it: read, columns, totals, outliers, a ranking. Each size in its own process. Seconds are the processor's: of this
process, and on PostgreSQL of the clock, because the server works elsewhere.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from bench import office_page
from bench.aggregate import reports
from bench.speed import machine

SIZES = (1_000, 10_000, 100_000)
YEAR = 2022
LIMIT_S = 5.0


def measure(count: int) -> str:
    """One line of the table for one size: processor and clock."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        office_page.start_django(Path(folder))
        _fill(count)
        before = _peak_mib()
        from gongkai.office.reporting.collection import Wanted, collected

        clock, processor = perf_counter(), process_time()
        found = collected(Wanted(YEAR, YEAR))
        collecting = process_time() - processor
        totals = found.totals(YEAR)
        found.ranking("applications.new_received.total", YEAR)
        together, waited = process_time() - processor, perf_counter() - clock
        assert len(found.rows) == count
        assert totals
        # Below the peak of filling the database nothing can be seen.
        more = _peak_mib() - before
        return (
            f"| {count:,} | {collecting:.2f} | {together - collecting:.2f} | {together:.2f} | {waited:.2f} "
            f"| {f'{more:.0f}' if more >= 1 else '—'} |"
        )


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _fill(count: int) -> None:
    from django.utils.timezone import now

    from gongkai.office.organs.models import Organ
    from gongkai.office.reporting.models import ReportYear, SettledReport
    from gongkai.regulation.annual_report.packing import pack
    from tests.office.cast import assemble

    # A server's database is that of the sizes before too: the office stays, the reports are others.
    county = Organ.objects.filter(code="qingxi").first() or assemble().county
    SettledReport.objects.all().delete()
    days = {"hand_in_by": now().date(), "publish_by": now().date(), "opened_at": now()}
    year, _ = ReportYear.objects.get_or_create(organ=county, year=YEAR, defaults={"edition": "2021", **days})
    batch: list[SettledReport] = []
    for _, report in reports(count):
        packed = pack(report)
        batch.append(
            SettledReport(
                agency=report.agency or "",
                agency_key=report.agency or "",
                year=YEAR,
                table_editions=dict(packed.table_editions),
                numbers=packed.numbers,
                report_year=year,
                settled_at=now(),
            )
        )
        if len(batch) == 1_000:
            SettledReport.objects.bulk_create(batch)
            batch = []
    SettledReport.objects.bulk_create(batch)


def main() -> None:
    sizes = [int(each) for each in sys.argv[1:] if each.isdigit()]
    if len(sizes) == 1 and "--write" not in sys.argv:
        print(measure(sizes[0]))
        return
    lines = []
    for size in sizes or list(SIZES):
        command = [sys.executable, "-m", "bench.collection", str(size)]
        lines += [subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()]
        print(lines[-1], flush=True)
    if "--write" in sys.argv:
        engine = "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
        office_page.write(f"collection {engine}", _told(engine, lines))


def _told(engine: str, lines: list[str]) -> str:
    return "\n".join(
        [
            f"## 汇总收到的年度报告（{engine}）",
            "",
            f"{machine()}。每份约200格，从数据库里读出打包的报告、排成列、查找远离同类的数、算合计和排名，限{LIMIT_S:g}秒。"
            "前三列是本进程的处理器时间"
            + ("，不含服务器的一半；" if engine == "PostgreSQL" else "；")
            + "钟面时间随机器上的其他工作变长。",
            "",
            "| 报告 | 读出并成列（秒） | 合计和排名（秒） | 共（秒） | 钟面（秒） | 多占内存（MiB） |",
            "|---|---|---|---|---|---|",
            *lines,
        ]
    )


if __name__ == "__main__":
    main()

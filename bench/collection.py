"""Time and memory of one national table from packed reports in the database.

Run as `python -m bench.collection [COUNT …]`. Rows of `SettledReport` in a database of its own, about 200 cells each, one in
five not 0; then the collection as the screen makes it: read, columns, totals, outliers. Each size in its own process.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from time import perf_counter

from bench.aggregate import reports

SIZES = (1_000, 10_000, 100_000)
YEAR = 2022


def measure(count: int) -> str:
    """One line of the table for one size."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        os.environ.update(GONGKAI_DATA=folder, DJANGO_SETTINGS_MODULE="gongkai.office.project.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _fill(count)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        from gongkai.office.reporting.collection import Wanted, collected

        started = perf_counter()
        found = collected(Wanted(YEAR, YEAR))
        collecting = perf_counter() - started
        started = perf_counter()
        totals = found.totals(YEAR)
        found.ranking("applications.new_received.total", YEAR)
        totalling = perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        assert len(found.rows) == count
        assert totals
        return (
            f"| {count:,} | {collecting:.2f} | {totalling:.2f} | {collecting + totalling:.2f} | {peak - before:.0f} |"
        )


def _fill(count: int) -> None:
    from django.utils.timezone import now

    from gongkai.office.reporting.models import ReportYear, SettledReport
    from gongkai.regulation.annual_report.packing import pack
    from tests.office.cast import assemble

    county = assemble().county
    year = ReportYear.objects.create(
        organ=county, year=YEAR, edition="2021", hand_in_by=now().date(), publish_by=now().date(), opened_at=now()
    )
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
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    if len(sizes) == 1:
        print(measure(sizes[0]))
        return
    print("| reports | collect (s) | totals and ranking (s) | together (s) | memory (MiB) |")
    print("|---|---|---|---|---|")
    sys.stdout.flush()
    for size in sizes:
        subprocess.run([sys.executable, "-m", "bench.collection", str(size)], check=True)


if __name__ == "__main__":
    main()

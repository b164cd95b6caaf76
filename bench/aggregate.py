"""Processor time and memory of aggregating many reports: a thousand, ten thousand, a hundred thousand.

Run as `python -m bench.aggregate [COUNT …]`. Reports are made one by one as they are asked for; each size runs in a
process of its own, so that its peak is its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from random import Random
from time import process_time

from gongkai.regulation.annual_report.aggregate import aggregate
from gongkai.regulation.annual_report.dataset import dataset_rows
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.report import Cell, Report

SIZES = (1_000, 10_000, 100_000)


def reports(count: int) -> Iterator[tuple[str, Report]]:
    """Reports on the form of 2021 in which one cell in five is not 0, from a fixed seed."""
    random = Random(2021)
    tables = {table.key: "2021" for table in form("2021").tables}
    addresses = form("2021").addresses()
    nothing = Cell(0, "number", "0")
    for rank in range(count):
        cells = dict.fromkeys(addresses, nothing)
        for address in random.sample(addresses, len(addresses) // 5):
            value = int(random.lognormvariate(2, 1))
            cells[address] = Cell(value, "number", str(value))
        yield f"{rank}.docx", Report(2022, f"青溪县第{rank}镇人民政府", tables, cells)


def measure(count: int) -> str:
    """One line of the table for one size."""
    started = process_time()
    made = sum(1 for _ in reports(count))
    making = process_time() - started
    before = _peak_mib()
    started = process_time()
    result = aggregate(reports(count), judge=lambda report: ())
    collecting = process_time() - started - making
    started = process_time()
    result.totals("2021")
    totalling = process_time() - started
    peak = _peak_mib()
    started = process_time()
    rows = sum(1 for _ in dataset_rows(result))
    writing = process_time() - started
    assert made == rows == count
    return (
        f"| {count:,} | {collecting:.2f} | {totalling:.2f} | {writing:.2f} | {peak:.0f} "
        f"| {(peak - before) * 1024 / count:.2f} |"
    )


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    if len(sizes) == 1:
        print(measure(sizes[0]))
        return
    print("| reports | collect (CPU s) | totals (CPU s) | rows of the dataset (CPU s) | peak (MiB) | KiB a report |")
    print("|---|---|---|---|---|---|")
    sys.stdout.flush()
    for size in sizes:
        subprocess.run([sys.executable, "-m", "bench.aggregate", str(size)], check=True)


if __name__ == "__main__":
    main()

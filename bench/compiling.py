"""How long a report takes: one agency's year, and a county's, over a growing ledger of items and cases.

Run: python -m bench.compiling [--items 100000 1000000] [--cases 100000] [--write]
(on PostgreSQL: python -m tests.office.postgresql python -m bench.compiling)
The items lie in ten years and two agencies, the cases too. Measured is `actions.collect` (every room is asked, every figure
kept with its records) and the report made of it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import office_page
from bench.speed import machine

if TYPE_CHECKING:
    from tests.office.cast import Cast

YEARS = range(2015, 2025)
YEAR = 2024
NOW = datetime(2025, 1, 6, 1, 0, tzinfo=UTC)
LIMIT_S = 2.0
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """A report over a ledger of so many items: how many it counted, and the seconds of the middle round."""

    ledger: int
    whose: str
    counted: int
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--write", action="store_true", help="put the result into docs/performance-office.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        office_page.start_django(Path(name))
        people = office_page.office()
        _cases(people, options.cases)
        rows, have = [], 0
        for size in sorted(options.items):
            _items(people, have, size)
            have = size
            rows += [_measured(people, size, organ, label) for organ, label in _reports(people)]
        text = _told(rows, options.cases)
    print(text)
    if options.write:
        office_page.write(f"compiling {office_page.engine_name().split()[0]}", text)
    return 0 if all(each.seconds <= LIMIT_S for each in rows) else 1


def _reports(people: Cast) -> list[tuple[Any, str]]:
    return [(people.education, "一个部门"), (people.county, "全县汇总")]


def _measured(people: Cast, size: int, organ: Any, label: str) -> Measured:
    from gongkai.office.reporting import actions
    from gongkai.office.reporting.compiled import report_of
    from gongkai.office.reporting.models import ReportYear

    actions.open_year(organ, YEAR, by=people.officer, at=NOW, with_subordinates=False)
    owed = ReportYear.objects.get(organ=organ, year=YEAR)
    seconds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        compilation = actions.collect(owed, by=people.officer, at=NOW)
        report_of(owed)
        seconds.append(time.perf_counter() - begun)
    counted = int(compilation.figures.get(key="items_disclosed").value)
    return Measured(size, label, counted, sorted(seconds)[ROUNDS // 2])


def _items(people: Cast, have: int, size: int) -> None:
    """Bring the items up to a number: copies of one, an agency and a year in turn."""
    from gongkai.office.publishing.models import Item
    from tests.office.public_items import public_item

    one = Item.objects.order_by("pk").first() or public_item(people.education, people.column, 0, at=NOW)
    organs = f"CASE (n / 10) % 2 WHEN 0 THEN {people.education.pk} ELSE {people.water.pk} END"
    _copies(
        Item,
        one.pk,
        have + 1,
        size,
        {
            "organ_id": organs,
            "index_number": "'bench/' || n",
            "published_at": _moment(),
            "grassroots_field": "CASE n % 7 WHEN 0 THEN 'health' WHEN 1 THEN 'education' ELSE '' END",
        },
    )


def _cases(people: Cast, size: int) -> None:
    """Cases of the same agencies and years, most of them answered."""
    from gongkai.office.casework.models import Application
    from tests.office.casework.cases import officers, received

    one = received(people, officers(people).case, on=date(2024, 4, 1))
    outcomes = "CASE n % 3 WHEN 0 THEN 'disclose' WHEN 1 THEN 'petition' ELSE 'deny_process' END"
    _copies(
        Application,
        one.pk,
        1,
        size,
        {
            "organ_id": f"CASE (n / 10) % 2 WHEN 0 THEN {people.education.pk} ELSE {people.water.pk} END",
            "number": "'bench/' || n",
            "query_mark": "'bench/' || n",
            "receipt_on": _day(0),
            "counted_on": _day(15),
            "counted_outcome": outcomes,
            "closed_on": _day(15),
            "state": "'closed'",
        },
    )


def _copies(model: Any, source: int, first: int, last: int, changed: dict[str, str]) -> None:
    """Rows like one that is there, by one statement; `n` counts them."""
    from django.db import connection

    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    values = ", ".join(changed.get(column, f"{table}.{column}") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE series(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM series WHERE n < {last}) "
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} CROSS JOIN series "
            f"WHERE {table}.id = {source}"
        )
        cursor.execute("ANALYZE")


def _day(later: int) -> str:
    """A day of January to November in one of the years, by n."""
    from django.db import connection

    offset = f"(n % {len(YEARS)}) * 365 + n % 330 + {later}"
    if connection.vendor == "sqlite":
        return f"date('{YEARS[0]}-01-01', '+' || ({offset}) || ' days')"
    return f"(date '{YEARS[0]}-01-01' + ({offset})::int)"


def _moment() -> str:
    from django.db import connection

    return f"datetime({_day(0)}, '+3 hours')" if connection.vendor == "sqlite" else f"({_day(0)} + time '03:00')"


def _told(rows: Sequence[Measured], cases: int) -> str:
    lines = [
        f"## 编制年度报告（{office_page.engine_name()}）",
        "",
        f"{machine()}。台账里另有{cases:,}件申请；信息和申请分布在十个年度、两个部门。"
        f"计时从统计全部数据、连同所统计的记录存下，到排成报告；每行量{ROUNDS}次取中间值，限{LIMIT_S:g}秒。",
        "",
        "| 台账中的信息 | 报告 | 计入的信息 | 秒 |",
        "|---|---|---|---|",
    ]
    lines += [f"| {each.ledger:,} | {each.whose} | {each.counted:,} | {each.seconds:.2f} |" for each in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

"""A million applications: the desk's lists, the statutory table of a year, the public statistics; and the law core's speed.

Run: python -m bench.casework [--cases N] [--write]   (PostgreSQL: python -m tests.office.postgresql python -m bench.casework)
The cases are spread over forty agencies and eight years; half a per cent of them is open, with a due date around today.
Lists are asked for as the browser does, with the page around them; a hundredth and a tenth of the cases come first.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import office_page
from bench.filling import chosen, day, fill
from bench.speed import machine

PAGE = Path(__file__).parent.parent / "docs" / "performance-casework.md"
NOW = datetime.now(UTC)
FIRST, TODAY = date(2019, 1, 1), NOW.date()
AGENCIES, OFFICERS = 40, 100
ROUNDS, FEWER = 40, 10
"""How often a list is asked for with the most cases, and with fewer, where only the growth is of interest."""
LIST_MS, YEAR_MS, STANDINGS = 100, 300, 20_000
"""The targets: p95 of a list, the statistics of a year, cases a second and core."""
_TITLE = """# 依申请公开的性能 · Speed of casework

由 `python -m bench.casework --write` 生成。Written by the bench; the database and the machine stand with each part.
"""
_OUTCOMES = ("disclose", "partial", "deny_process", "not_exist", "petition", "already_public", "withdrawn", "duplicate")
_KINDS = ("natural_person", "natural_person", "natural_person", "commercial_enterprise", "legal_service_institution")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000, help="the largest of the three sizes")
    parser.add_argument("--write", action="store_true", help=f"put the result into docs/{PAGE.name}")
    options = parser.parse_args(arguments)
    os.environ["GONGKAI_REQUIRE_SECOND_FACTOR"] = "no"
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        office_page.start_django(Path(name))
        cast = people()
        runs = [_run(options.cases // less, cast, FEWER) for less in (100, 10)]
        runs.append(_run(options.cases, cast, ROUNDS))
        rate = _standings()
        text = _told(runs, rate)
    print(text)
    if options.write:
        write(f"casework {office_page.engine_name().split()[0]}", text)
    last = runs[-1]
    fast = all(ms <= LIST_MS for ms in last.lists.values()) and all(ms <= YEAR_MS for ms in last.years.values())
    return 0 if fast and rate >= STANDINGS else 1


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured with so many cases: seconds to make them, milliseconds of each list and of each year's count."""

    cases: int
    filled: float
    lists: Mapping[str, float]
    years: Mapping[str, float]


def _run(cases: int, people: Mapping[str, Any], rounds: int) -> Run:
    began = time.perf_counter()
    _fill(cases)
    filled = time.perf_counter() - began
    lists = {label: timed_list(path, people[who], rounds) for label, (path, who) in _LISTS.items()}
    return Run(cases, filled, lists, _years())


_LISTS = {
    "在办，经办人": ("/desk/cases/?list=mine", "officer"),
    "在办，一个机关": ("/desk/cases/?list=open", "officer"),
    "在办，全县": ("/desk/cases/?list=open", "approver"),
    "已经逾期，全县": ("/desk/cases/?list=overdue", "approver"),
    "全部，一个机关": ("/desk/cases/?list=all", "officer"),
    "全部，全县": ("/desk/cases/?list=all", "approver"),
    "已办结，全县，第40页": ("/desk/cases/?list=closed&page=40", "approver"),
    "积压和堵点，全县": ("/desk/cases/arrears/", "approver"),
    "到期日历，全县": ("/desk/calendar/", "approver"),
}


def people() -> dict[str, Any]:
    """Forty agencies below a county, an officer of one of them, an approver for all, and as many other officers."""
    from gongkai.office.accounts.models import Appointment, Role, User
    from gongkai.office.organs.models import Organ
    from gongkai.office.publishing.models import Column

    cast = office_page.office()
    assert Column.objects.exists()
    Organ.objects.bulk_create(
        Organ(
            code=f"agency-{number}",
            name=f"第{number}局",
            kind=Organ.Kind.DEPARTMENT,
            parent=cast.county,
            path=f"{cast.county.path}{number + 1000:04d}.",
        )
        for number in range(AGENCIES)
    )
    User.objects.bulk_create(
        User(username=f"o{number}", staff_number=f"O{number}", name="某经办", password="!")
        for number in range(OFFICERS)
    )
    officer, approver = User.objects.get(username="o0"), User.objects.get(username="o1")
    first = Organ.objects.get(code="agency-0")
    since = date(2010, 1, 1)
    Appointment.objects.create(user=officer, organ=first, role=Role.CASE_OFFICER, from_date=since)
    Appointment.objects.create(
        user=approver, organ=cast.county, role=Role.CASE_APPROVER, with_subordinates=True, from_date=since
    )
    return {"officer": officer, "approver": approver}


def _fill(count: int) -> None:
    """The cases of eight years, in the place of those that are there."""
    from gongkai.office.accounts.models import User
    from gongkai.office.casework.models import Application
    from gongkai.office.organs.models import Organ

    first_organ = Organ.objects.filter(code__startswith="agency-").order_by("pk")[0].pk
    first_officer = User.objects.filter(username__startswith="o").order_by("pk")[0].pk
    days, is_open = (TODAY - FIRST).days, f"i >= {int(count * 0.995)}"
    received = f"(CAST(i AS BIGINT) * {days} / {count})"
    received_on, ended_on = day(FIRST, received), day(FIRST, f"{received} + 3 + i % 27")
    crosses = f"({is_open} OR substr(CAST({ended_on} AS TEXT), 1, 4) > substr(CAST({received_on} AS TEXT), 1, 4))"

    def unless_open(expression: str, otherwise: str = "NULL") -> str:
        return f"CASE WHEN {is_open} THEN {otherwise} ELSE {expression} END"

    expressions = {
        # Neighbours in time belong to different agencies, as they do in life.
        "organ_id": f"{first_organ} + (CAST(i AS BIGINT) * 7919) % {AGENCIES}",
        "officer_id": f"{first_officer} + (CAST(i AS BIGINT) * 7919) % {AGENCIES}",
        "number": "'青依申' || (10000000 + i) || '号'",
        "query_mark": "'mark' || (10000000 + i)",
        "applicant_mark": "'who' || (i % 300000)",
        "applicant_column": chosen(_KINDS, "i"),
        "submitted_on": received_on,
        "receipt_on": received_on,
        "crosses_years": crosses,
        "state": unless_open("'replied'", "'under_review'"),
        "due_on": f"CASE WHEN {is_open} THEN {day(FIRST, f'{days} - 10 + i % 45')} ELSE {day(FIRST, f'{received} + 29')} END",
        "closed_on": unless_open(ended_on),
        "counted_on": unless_open(ended_on),
        "outcome": unless_open(chosen(_OUTCOMES, "i / 5"), "''"),
        "counted_outcome": unless_open(chosen(_OUTCOMES, "i / 5"), "''"),
        "handled_in": "i % 27",
    }
    plain = Application(
        channel="online",
        received_at=NOW,
        applicant_kind="natural_person",
        summary="《供水管网改造实施方案》",
        calendar_mark="0" * 16,
        derived_on=TODAY,
    )
    fill(plain, count, expressions)


def timed_list(path: str, user: Any, rounds: int) -> float:
    """The 95th percentile of a page, in milliseconds."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.headers}"
    return p95(lambda: client.get(path), rounds)


def p95(do: Callable[[], object], rounds: int) -> float:
    """The 95th percentile in milliseconds of processor time."""
    clock = processor_clock()
    taken = []
    for _ in range(rounds):
        began = clock()
        do()
        taken.append(1000 * (clock() - began))
    return statistics.quantiles(taken, n=20)[-1]


def processor_clock() -> Callable[[], float]:
    """Seconds of the processor: this process's, and the database server's for it. The wall clock would measure whatever
    else the machine does. The server answers in one process, so that all of its work is counted."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        its = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: time.process_time() + int(its.read_text().split()[0]) / 1e9


def _years() -> dict[str, float]:
    """The statutory table and the public statistics of a year for all agencies, in milliseconds: the median of nine."""

    from gongkai.office.casework.queries import tally, yearly
    from gongkai.office.organs.models import Organ

    organs = list(Organ.objects.values_list("pk", flat=True))
    asked: dict[str, Callable[[], object]] = {
        "年度报告表三，全县，含每格的案件": lambda: tally(organs, date(2022, 1, 1), date(2022, 12, 31), "2021"),
        "公开统计一年，全县": lambda: yearly(organs, [2022]),
        "年度报告表三，一个机关": lambda: tally(organs[-1:], date(2022, 1, 1), date(2022, 12, 31), "2021"),
    }
    clock = processor_clock()
    found = {}
    for label, do in asked.items():
        do()
        taken = []
        for _ in range(9):
            began = clock()
            do()
            taken.append(1000 * (clock() - began))
        found[label] = statistics.median(taken)
    return found


def _standings() -> float:
    """Cases a second whose standing is asked of the law core, on one core: the best of five, over mixed histories."""
    from gongkai.regulation import application as law
    from gongkai.regulation.workdays import provisional_workdays

    days, chance, histories = provisional_workdays(), random.Random(5), []
    for number in range(4000):
        came = date(2020, 1, 1) + timedelta(days=chance.randrange(1800))
        events: list[law.Event] = [law.Submitted(came, "in_person")]
        if number % 10 == 0:
            events += [law.CorrectionRequested(came, 10), law.CorrectionReceived(came + timedelta(days=5))]
        if number % 10 == 1:
            sent = came + timedelta(days=4)
            events += [law.ConsultationSent(sent, "third_party", "1"), law.ConsultationAnswered(sent, "1")]
        if number % 10 == 2:
            events.append(law.Extended(came + timedelta(days=10), 20, "在案"))
        if number % 3:
            events.append(law.Replied(came + timedelta(days=14), "disclose"))
        histories.append((events, came + timedelta(days=16)))
    best = 0.0
    for _ in range(5):
        began = time.process_time()
        for history, on in histories:
            law.standing(history, days, on)
        best = max(best, len(histories) / (time.process_time() - began))
    return best


def _told(runs: Sequence[Run], rate: float) -> str:
    last = runs[-1]
    sizes = " | ".join(f"{run.cases:,}件" for run in runs)

    def rows(measured: Callable[[Run], Mapping[str, float]]) -> list[str]:
        return [
            f"| {label} | {' | '.join(f'{measured(run)[label]:.0f}' for run in runs)} |" for label in measured(last)
        ]

    lines = [
        f"## {office_page.engine_name()}，{last.cases:,}件申请",
        "",
        f"{machine()}。写入{last.cases:,}件用了{last.filled:.0f}秒。计处理器时间（PostgreSQL 连同其服务进程，不并行）。",
        "",
        f"| 页面，p95（毫秒，目标≤{LIST_MS}） | {sizes} |",
        f"|---|{'---:|' * len(runs)}",
        *rows(lambda run: run.lists),
        "",
        f"| 统计（毫秒，目标≤{YEAR_MS}） | {sizes} |",
        f"|---|{'---:|' * len(runs)}",
        *rows(lambda run: run.years),
        "",
        f"`standing`：每核每秒{rate:,.0f}件（目标≥{STANDINGS:,}件）。",
    ]
    return "\n".join(lines)


def write(part: str, text: str) -> None:
    page, office_page.PAGE = office_page.PAGE, PAGE
    try:
        if not PAGE.exists():
            PAGE.write_text(_TITLE, "utf-8")
        office_page.write(part, text)
    finally:
        office_page.PAGE = page


if __name__ == "__main__":
    sys.exit(main())

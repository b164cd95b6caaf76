"""A million applications: the desk's lists, the statutory table of a year, the public statistics; and the law core's speed.

Run: python -m bench.casework [--cases N] [--write]   (PostgreSQL: python -m tests.office.postgresql python -m bench.casework)
The cases are spread over forty agencies and eight years; half a per cent of them is open, with a due date around today.
Lists are asked for as the browser does, with the page around them.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import office_page
from bench.speed import machine

PAGE = Path(__file__).parent.parent / "docs" / "performance-casework.md"
NOW = datetime.now(UTC)
FIRST, TODAY = date(2019, 1, 1), NOW.date()
AGENCIES, OFFICERS, ROUNDS = 40, 100, 40
LIST_MS, YEAR_MS, STANDINGS = 100, 300, 20_000
"""The targets: p95 of a list, the statistics of a year, cases a second and core."""
_TITLE = """# 依申请公开的性能 · Speed of casework

由 `python -m bench.casework --write` 生成。Written by the bench; the database and the machine stand with each part.
"""
_OUTCOMES = ("disclose", "partial", "deny_process", "not_exist", "petition", "already_public", "withdrawn", "duplicate")
_KINDS = ("natural_person", "natural_person", "natural_person", "commercial_enterprise", "legal_service_institution")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help=f"put the result into docs/{PAGE.name}")
    options = parser.parse_args(arguments)
    os.environ["GONGKAI_REQUIRE_SECOND_FACTOR"] = "no"
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        office_page.start_django(Path(name))
        people = _people()
        began = time.perf_counter()
        _fill(options.cases)
        filled = time.perf_counter() - began
        lists = {label: _list(path, people[who]) for label, (path, who) in _LISTS.items()}
        years = _years()
        rate = _standings()
        text = _told(options.cases, filled, lists, years, rate)
    print(text)
    if options.write:
        _write(f"casework {office_page.engine_name().split()[0]}", text)
    fast = all(ms <= LIST_MS for ms in lists.values()) and all(ms <= YEAR_MS for ms in years.values())
    return 0 if fast and rate >= STANDINGS else 1


_LISTS = {
    "在办，经办人": ("/desk/cases/?list=mine", "officer"),
    "在办，一个机关": ("/desk/cases/?list=open", "officer"),
    "在办，全县": ("/desk/cases/?list=open", "approver"),
    "已经逾期，全县": ("/desk/cases/?list=overdue", "approver"),
    "全部，一个机关": ("/desk/cases/?list=all", "officer"),
    "全部，全县": ("/desk/cases/?list=all", "approver"),
    "已办结，全县，第40页": ("/desk/cases/?list=closed&page=40", "approver"),
    "积压和堵点，全县": ("/desk/cases/arrears/", "approver"),
    "到期日历，全县": ("/desk/cases/calendar/", "approver"),
}


def _people() -> dict[str, Any]:
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
    """The rows, made by the database itself: what is measured is reading."""
    from django.db import connection

    from gongkai.office.accounts.models import User
    from gongkai.office.casework.models import Application
    from gongkai.office.organs.models import Organ

    first_organ = Organ.objects.filter(code__startswith="agency-").order_by("pk")[0].pk
    first_officer = User.objects.filter(username__startswith="o").order_by("pk")[0].pk
    days, is_open = (TODAY - FIRST).days, f"i >= {int(count * 0.995)}"
    is_postgresql = connection.vendor == "postgresql"

    def day(expression: str) -> str:
        if is_postgresql:
            return f"(DATE '{FIRST}' + ({expression})::int)"
        return f"date('{FIRST}', '+' || ({expression}) || ' days')"

    def chosen(values: Sequence[str], divisor: int) -> str:
        cases = " ".join(f"WHEN {place} THEN '{value}'" for place, value in enumerate(values))
        return f"CASE (i / {divisor}) % {len(values)} {cases} END"

    received = f"(CAST(i AS BIGINT) * {days} / {count})"
    ended = f"({received} + 3 + i % 27)"
    crosses = f"({is_open} OR substr(CAST({day(ended)} AS TEXT), 1, 4) > substr(CAST({day(received)} AS TEXT), 1, 4))"
    asked = {
        # Neighbours in time belong to different agencies, as they do in life.
        "organ_id": f"{first_organ} + (CAST(i AS BIGINT) * 7919) % {AGENCIES}",
        "officer_id": f"{first_officer} + (CAST(i AS BIGINT) * 7919) % {AGENCIES}",
        "number": "'青依申' || i || '号'",
        "query_mark": "'mark' || i",
        "applicant_mark": "'who' || (i % 300000)",
        "applicant_column": chosen(_KINDS, 1),
        "submitted_on": day(received),
        "receipt_on": day(received),
        "crosses_years": crosses,
        "state": f"CASE WHEN {is_open} THEN 'under_review' ELSE 'replied' END",
        "due_on": f"CASE WHEN {is_open} THEN {day(f'{days} - 10 + i % 45')} ELSE {day(f'{received} + 29')} END",
        "closed_on": f"CASE WHEN {is_open} THEN NULL ELSE {day(ended)} END",
        "counted_on": f"CASE WHEN {is_open} THEN NULL ELSE {day(ended)} END",
        "outcome": f"CASE WHEN {is_open} THEN '' ELSE {chosen(_OUTCOMES, 5)} END",
        "counted_outcome": f"CASE WHEN {is_open} THEN '' ELSE {chosen(_OUTCOMES, 5)} END",
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
    columns, expressions, values = [], [], []
    for field in Application._meta.concrete_fields:
        if field.primary_key:
            continue
        columns.append(field.column)
        if field.column in asked:
            expressions.append(asked[field.column])
        else:
            expressions.append("%s")
            values.append(field.get_db_prep_save(getattr(plain, field.attname), connection))
    numbers = f"generate_series(0, {count - 1}) AS n(i)"
    recursion = f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count - 1}) "
    before, source = ("", numbers) if is_postgresql else (recursion, "n")
    # A literal % is written twice beside parameters.
    made = [each if each == "%s" else each.replace("%", "%%") for each in expressions]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Application._meta.db_table} ({', '.join(columns)}) {before}SELECT {', '.join(made)} FROM {source}",
            values,
        )
        cursor.execute("VACUUM ANALYZE" if is_postgresql else "ANALYZE")


def _list(path: str, user: Any) -> float:
    """The 95th percentile of a page, in milliseconds."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.headers}"
    return _p95(lambda: client.get(path))


def _p95(do: Callable[[], object]) -> float:
    """Of this process's time where the database lives in it, of the wall clock's otherwise: a machine at work elsewhere
    would be measured too."""
    from django.db import connection

    clock = time.perf_counter if connection.vendor == "postgresql" else time.process_time
    taken = []
    for _ in range(ROUNDS):
        began = clock()
        do()
        taken.append(1000 * (clock() - began))
    return statistics.quantiles(taken, n=20)[-1]


def _years() -> dict[str, float]:
    """The statutory table and the public statistics of a year for all agencies, in milliseconds: the median of nine."""
    from django.db import connection

    from gongkai.office.casework.queries import tally, yearly
    from gongkai.office.organs.models import Organ

    organs = list(Organ.objects.values_list("pk", flat=True))
    asked: dict[str, Callable[[], object]] = {
        "年度报告表三，全县，含每格的案件": lambda: tally(organs, date(2022, 1, 1), date(2022, 12, 31), "2021"),
        "公开统计一年，全县": lambda: yearly(organs, [2022]),
        "年度报告表三，一个机关": lambda: tally(organs[-1:], date(2022, 1, 1), date(2022, 12, 31), "2021"),
    }
    clock = time.perf_counter if connection.vendor == "postgresql" else time.process_time
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


def _told(cases: int, filled: float, lists: dict[str, float], years: dict[str, float], rate: float) -> str:
    lines = [
        f"## {office_page.engine_name()}，{cases:,}件申请",
        "",
        f"{machine()}。写入用了{filled:.0f}秒。SQLite 计本进程的处理器时间，PostgreSQL 计墙上时间。",
        "",
        f"| 页面 | p95（毫秒，目标≤{LIST_MS}） |",
        "|---|---:|",
        *(f"| {label} | {ms:.0f} |" for label, ms in lists.items()),
        "",
        f"| 统计 | 毫秒（目标≤{YEAR_MS}） |",
        "|---|---:|",
        *(f"| {label} | {ms:.0f} |" for label, ms in years.items()),
        "",
        f"`standing`：每核每秒{rate:,.0f}件（目标≥{STANDINGS:,}件）。",
    ]
    return "\n".join(lines)


def _write(part: str, text: str) -> None:
    page, office_page.PAGE = office_page.PAGE, PAGE
    try:
        if not PAGE.exists():
            PAGE.write_text(_TITLE, "utf-8")
        office_page.write(part, text)
    finally:
        office_page.PAGE = page


if __name__ == "__main__":
    sys.exit(main())

"""Whether agencies and staff slow the lists down: the same lists with few of both, and with 5,000 agencies and 20,000 staff.

Run: python -m bench.permissions [--write]     (on PostgreSQL: python -m tests.office.postgresql python -m bench.permissions)
The items and drafts that somebody may see stay the same; only the agencies and the staff around them become more. Those
get drafts and items of their own, in a column of their own, so that the lists have something to leave out.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import office_page
from bench.speed import machine

FEW, MANY = (50, 200), (5_000, 20_000)
"""Agencies and staff."""
SLOWER = 1.2
"""How many times as long a list may take; below half a millisecond a machine's noise is larger than that."""
NOISE_MS = 0.5
ROUNDS = 100
NOW = datetime(2024, 4, 12, 1, 0, tzinfo=UTC)
TODAY = date(2024, 4, 12)
PAGE = 20


@dataclass(frozen=True, slots=True)
class Measured:
    """A list: the milliseconds of a page (of this process, on the wall for PostgreSQL), and its queries.

    The lower quartile of the rounds: the two measurements lie a minute apart, and what else the machine does in between
    moves the median of the wall clock.
    """

    ms: float
    queries: int


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the result into docs/performance-office.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        office_page.start_django(Path(name))
        people = office_page.office()
        for agency in (people.education, people.water):
            _work(agency, people.editor, 200, "notices")
        _surround(0, *FEW, people)
        few = _measure(people)
        _surround(FEW[0], MANY[0] - FEW[0], MANY[1] - FEW[1], people)
        many = _measure(people)
        text = _told(few, many)
    print(text)
    if options.write:
        office_page.write(f"permissions {office_page.engine_name().split()[0]}", text)
    return 0 if all(_is_good(few[name], many[name]) for name in few) else 1


def _is_good(few: Measured, many: Measured) -> bool:
    return few.queries == many.queries and (many.ms <= SLOWER * few.ms or many.ms - few.ms < NOISE_MS)


def _surround(first: int, agencies: int, staff: int, people: Any) -> None:
    """More agencies below the county, more staff in them with a role each, a draft and an item for each agency."""
    from django.db import connection

    from gongkai.office.accounts.models import Appointment, Role, User
    from gongkai.office.organs.models import Organ

    top = people.county.path
    organs = Organ.objects.bulk_create(
        [
            Organ(
                code=f"agency-{number}",
                name=f"第{number}办事处",
                kind=Organ.Kind.DEPARTMENT,
                parent=people.county,
                path=f"{top}{number + 1000:04d}.",
            )
            for number in range(first, first + agencies)
        ],
        batch_size=500,
    )
    users = User.objects.bulk_create(
        [
            User(username=f"s{first}-{number}", staff_number=f"S{first}-{number}", name="某人", password="!")
            for number in range(staff)
        ],
        batch_size=500,
    )
    roles = list(Role)
    Appointment.objects.bulk_create(
        [
            Appointment(
                user=user, organ=organs[place % agencies], role=roles[place % len(roles)], from_date=date(2024, 1, 1)
            )
            for place, user in enumerate(users)
        ],
        batch_size=500,
    )
    for organ, user in zip(organs, users, strict=False):
        _work(organ, user, 1, "elsewhere")
    with connection.cursor() as cursor:
        # What PostgreSQL's own housekeeping does after so many new rows.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _work(organ: Any, user: Any, count: int, column_code: str) -> None:
    """Public items of an agency, and a draft waiting for each step on as many others."""
    from gongkai.office.publishing.content import Content
    from gongkai.office.publishing.models import Column, Draft, Item

    column = Column.objects.get_or_create(code=column_code, defaults={"name": "别处", "path": "0999."})[0]
    made = [
        Item(
            organ=organ,
            column=column,
            title=f"{organ.name}第{number}号通知",
            body="<p>停水通知</p>" * 40,
            created_at=NOW,
            **(
                {
                    "published_at": NOW - timedelta(minutes=number),
                    "index_number": f"{organ.code}/{number}",
                    "content_hash": "0" * 64,
                }
                if number % 2 == 0
                else {}
            ),
        )
        for number in range(2 * count)
    ]
    items = Item.objects.bulk_create(made, batch_size=500)
    steps = ("first", "second", "final")
    Draft.objects.bulk_create(
        [
            Draft(
                item=item,
                organ=organ,
                content=Content(title=item.title, column=column.pk).to_json(),
                content_hash="0" * 64,
                saved_by=user,
                saved_at=NOW,
                started_by=user,
                state="in_review",
                next_step=steps[place % 3],
                due_on=TODAY,
                submitted_at=NOW,
                secrecy="cleared",
            )
            for place, item in enumerate(items[1::2])
        ],
        batch_size=500,
    )


def _measure(people: Any) -> dict[str, Measured]:
    from gongkai.office.publishing import queues

    staff = {"一个机关的": people.first, "全县的（含下级机关）": people.officer}
    lists: dict[str, Callable[[], object]] = {}
    for whose, user in staff.items():
        for title, ask in (
            ("在办稿件", queues.visible_drafts),
            ("待我审核", lambda user, on: queues.waiting_for(user, on)),
            ("已公开信息", queues.visible_items),
        ):
            lists[f"{title}，{whose}"] = lambda ask=ask, user=user: list(ask(user, TODAY)[:PAGE])  # type: ignore[misc]
    lists["公开的栏目页（不用存好的页面）"] = _column_page
    return {name: _timed(ask) for name, ask in lists.items()}


def _column_page() -> bytes:
    """The page as the view makes it when nothing is stored."""
    from django.http import HttpRequest, HttpResponse
    from django.test import RequestFactory
    from django.urls import resolve

    request: HttpRequest = RequestFactory().get("/column/notices/", headers={"host": "localhost"})
    found = resolve(request.path)
    response: HttpResponse = found.func.__wrapped__(request, *found.args, **found.kwargs)  # type: ignore[attr-defined]
    assert response.status_code == 200
    assert "号通知" in response.content.decode()
    return response.content


def _timed(ask: Callable[[], object]) -> Measured:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    took = []
    for _ in range(ROUNDS):
        began = clock()
        ask()
        took.append((clock() - began) * 1000)
    return Measured(statistics.quantiles(took, n=4)[0], len(asked))


def _told(few: dict[str, Measured], many: dict[str, Measured]) -> str:
    lines = [
        f"## 权限：五千个机关、两万名工作人员时的列表（{office_page.engine_name()}）",
        "",
        f"每项取首页 {PAGE} 条，{ROUNDS} 次的下四分位数（机器上同时有别的工作，中位数随之起伏）。",
        f"要求：不超过 {SLOWER} 倍（或者相差不到 {NOISE_MS} 毫秒），查询次数不变。",
        f"机器：{machine()}；负载 {os.getloadavg()[0]:.1f}。SQLite 计本进程的处理器时间，PostgreSQL 计钟面时间。",
        "",
        f"| 列表 | 倍数 | {FEW[0]} 个机关、{FEW[1]} 人（毫秒） | {MANY[0]:,} 个机关、{MANY[1]:,} 人（毫秒） | 查询次数 | 达到 |",
        "|---|---|---|---|---|---|",
    ]
    for name, before in few.items():
        after = many[name]
        queries = str(before.queries) if before.queries == after.queries else f"{before.queries} → {after.queries}"
        lines.append(
            f"| {name} | {after.ms / before.ms:.2f} | {before.ms:.2f} | {after.ms:.2f} | {queries} "
            f"| {'是' if _is_good(before, after) else '否'} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

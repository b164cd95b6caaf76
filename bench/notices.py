"""The ledger of everything that left the office: picking what is due, the desk's lists, the bookkeeping of a message sent.

Run: python -m bench.notices [--messages N] [--write]   (PostgreSQL: python -m tests.office.postgresql python -m bench.notices)
The messages are those of forty agencies in eight years; one in a thousand waits, one in five hundred did not arrive.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import casework, office_page
from bench.filling import chosen, fill, moment
from bench.speed import machine

LIST_MS, PICK_MS, RATE = 100, 20, 100
"""The targets: p95 of a list and of picking what is due, in milliseconds; messages a second, all commits waited for."""
ROUNDS, SENT = 40, 200
_LISTS = {
    "台账，一个机关": ("/desk/notices/", "officer"),
    "台账，全县": ("/desk/notices/", "approver"),
    "台账，全县，第40页": ("/desk/notices/?page=40", "approver"),
    "需要处理的，全县": ("/desk/notices/?state=alarming", "approver"),
    "一段日期，全县": (f"/desk/notices/?first={casework.FIRST}&last={casework.FIRST + timedelta(days=30)}", "approver"),
    "按邮件号查，全县": ("/desk/notices/?words=EA10000024CN", "approver"),
    "查没有的邮件号，全县": ("/desk/notices/?words=EA99999999CN", "approver"),
    "邮寄登记，全县": ("/desk/notices/post/", "approver"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured with so many messages: seconds to make them, milliseconds, messages sent a second of the processor
    and, all commits waited for, of the wall clock."""

    messages: int
    filled: float
    lists: Mapping[str, float]
    picks: Mapping[str, float]
    rate: float
    wall_rate: float


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=1_000_000, help="the largest of the three sizes")
    parser.add_argument("--write", action="store_true", help=f"put the result into docs/{casework.PAGE.name}")
    options = parser.parse_args(arguments)
    os.environ["GONGKAI_REQUIRE_SECOND_FACTOR"] = "no"
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        office_page.start_django(Path(name))
        people = casework.people()
        runs = [_run(options.messages // less, people) for less in (100, 10, 1)]
        text = _told(runs)
    print(text)
    if options.write:
        casework.write(f"notices {office_page.engine_name().split()[0]}", text)
    last = runs[-1]
    fast = max(last.lists.values()) <= LIST_MS and max(last.picks.values()) <= PICK_MS and last.wall_rate >= RATE
    return 0 if fast else 1


def _run(messages: int, people: Mapping[str, Any]) -> Run:
    began = time.perf_counter()
    _fill(messages)
    filled = time.perf_counter() - began
    lists = {label: casework.timed_list(path, people[who], ROUNDS) for label, (path, who) in _LISTS.items()}
    return Run(messages, filled, lists, _picks(people["approver"]), *_rates())


def _fill(count: int) -> None:
    from gongkai.office.notices.models import Outgoing
    from gongkai.office.organs.models import Organ

    first_organ = Organ.objects.filter(code__startswith="agency-").order_by("pk")[0].pk
    seconds = (casework.TODAY - casework.FIRST).days * 86400
    # Those that wait are the newest.
    waits, odd = f"i >= {count - count // 1000}", "i % 500 = 7"
    states = chosen(("accepted", "accepted", "received", "accepted", "handed_over"), "i")
    queued = moment(casework.FIRST, f"CAST(i AS BIGINT) * {seconds} / {count}")
    plain = Outgoing(
        kind="letter", subject="政府信息公开申请答复书", to="sun@example.com", body="附件是答复书，请查收。", by="C001"
    )
    is_sent = chosen(("1", "1", "1", "1", "0"), "i")
    fill(
        plain,
        count,
        {
            "id": "i + 1",
            "organ_id": f"{first_organ} + (CAST(i AS BIGINT) * 7919) % {casework.AGENCIES}",
            "channel": f"CASE WHEN {is_sent} = '1' THEN 'mail' ELSE 'post' END",
            "tracking_number": f"CASE WHEN {is_sent} = '1' THEN '' ELSE 'EA' || (10000000 + i) || 'CN' END",
            "about": "'casework.letter:' || i",
            "message_id": "'m' || (10000000 + i) || '@example.com'",
            "once": "'casework.letter:' || i || ':1'",
            "queued_at": queued,
            "next_at": f"CASE WHEN {waits} THEN {queued} ELSE NULL END",
            "left_at": f"CASE WHEN {waits} THEN NULL ELSE {queued} END",
            "state": f"CASE WHEN {waits} THEN 'waiting' WHEN {odd} THEN 'failed' ELSE {states} END",
        },
    )


def _picks(by: Any) -> dict[str, float]:
    """What the background and the desk's first page ask every few seconds."""
    from gongkai.office.notices import queries
    from gongkai.office.notices.actions import delivering

    now = casework.NOW
    asked: dict[str, Callable[[], object]] = {
        "发送进程挑选到期的": lambda: list(delivering._due("mail", now)),
        "找回中断的": lambda: delivering._abandoned(now),
        "工作台：需要处理的十条和件数": lambda: (
            list(queries.alarms(by, on=casework.TODAY)[:10]), queries.alarms(by, on=casework.TODAY).count()
        ),
        "工作台：积压": lambda: queries.backlogs(by, at=now, on=casework.TODAY),
    }  # fmt: skip
    return {label: casework.p95(do, ROUNDS) for label, do in asked.items()}


def _rates() -> tuple[float, float]:
    """Messages a second, of the processor and of the wall clock, that a process sends to a server which takes no time."""
    from gongkai.office.notices.actions import delivering
    from gongkai.office.notices.channels import WAYS
    from gongkai.office.notices.channels.port import Answer
    from gongkai.office.notices.states import Channel, Result

    class Instant:
        @staticmethod
        def is_on() -> bool:
            return True

        @staticmethod
        @contextmanager
        def session() -> Iterator[Any]:
            def deliver(message: Any, handing: Callable[[], None]) -> Answer:
                handing()
                return Answer(Result.ACCEPTED, "250 OK")

            yield deliver

    usual, limit = dict(WAYS), delivering._ROUND
    try:
        WAYS.clear()
        WAYS[Channel.MAIL] = Instant
        delivering._ROUND = SENT
        clock = casework.processor_clock()
        began, began_wall = clock(), time.perf_counter()
        done = delivering.deliver_due(casework.NOW)
        taken, taken_wall = clock() - began, time.perf_counter() - began_wall
    finally:
        WAYS.clear()
        WAYS.update(usual)
        delivering._ROUND = limit
    return done.accepted / taken, done.accepted / taken_wall


def _told(runs: Sequence[Run]) -> str:
    last = runs[-1]
    sizes = " | ".join(f"{run.messages:,}份" for run in runs)

    def rows(measured: Callable[[Run], Mapping[str, float]]) -> list[str]:
        return [
            f"| {label} | {' | '.join(f'{measured(run)[label]:.0f}' for run in runs)} |" for label in measured(last)
        ]

    columns = "---:|" * len(runs)
    return "\n".join(
        [
            f"## 通知台账：{office_page.engine_name()}，{last.messages:,}份通知",
            "",
            f"{machine()}。写入{last.messages:,}份用了{last.filled:.0f}秒。",
            "",
            f"| 页面，p95（毫秒，目标≤{LIST_MS}） | {sizes} |",
            f"|---|{columns}",
            *rows(lambda run: run.lists),
            "",
            f"| 每隔几秒要问的，p95（毫秒，目标≤{PICK_MS}） | {sizes} |",
            f"|---|{columns}",
            *rows(lambda run: run.picks),
            "",
            f"发送一份通知的登记（占用、交给对方、结果，各提交一次；对方不占时间）：每秒{last.wall_rate:.0f}份（目标≥{RATE}份，墙上时间，"
            f"机器上有别的工作时只是下限）；每处理器秒{last.rate:.0f}份。",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())

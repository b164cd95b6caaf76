"""How long the public's look through the ledgers takes: messages, a hundred thousand of some two hundred characters each.

Run: python -m bench.ledgers [COUNT …] [--write]; on PostgreSQL behind `python -m tests.office.postgresql`. A word that is
nowhere (every text is looked through), a rare one and one that is in every message; the middle of nine rounds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from bench import office_page
from bench.speed import machine

SIZES = (10_000, 100_000)
NOW = datetime(2024, 4, 12, 1, 0, tzinfo=UTC)
ROUNDS = 9
WORDS = {"哪里都没有": "量子纠缠", "十条里有": "居住证原件", "每条里都有": "学校"}
_CHARACTERS = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 3000))


def main() -> None:
    sizes = [int(each) for each in sys.argv[1:] if each.isdigit()] or list(SIZES)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        office_page.start_django(Path(name))
        lines, have = [], 0
        for size in sorted(sizes):
            _fill(have, size)
            have = size
            lines.append(f"| {size:,} | " + " | ".join(f"{_milliseconds(word):.0f}" for word in WORDS.values()) + " |")
        text = "\n".join(
            [
                f"## 在留言选登里查找（{office_page.engine_name()}）",
                "",
                f"{machine()}。公开的留言每条约二百字，不用索引，逐条看；毫秒，{ROUNDS}次的中间值，处理器时间"
                "（PostgreSQL 为钟面时间）。",
                "",
                "| 留言 | " + " | ".join(f"{label}的词" for label in WORDS) + " |",
                "|---|---|---|---|",
                *lines,
            ]
        )
        print(text)
        if "--write" in sys.argv:
            office_page.write(f"ledgers {office_page.engine_name().split()[0]}", text)


def _milliseconds(word: str) -> float:
    from django.db import connection

    from gongkai.office.engagement.ledgers import MESSAGE
    from gongkai.office.ledgers.finding import found
    from gongkai.office.publishing.search import words

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    taken = []
    for _ in range(ROUNDS):
        begun = clock()
        rows = found(MESSAGE, words(word).wanted)
        rows.count()
        list(rows[:20])
        taken.append(clock() - begun)
    return sorted(taken)[ROUNDS // 2] * 1000


def _fill(have: int, size: int) -> None:
    from gongkai.office.engagement.ledgers import MESSAGE
    from gongkai.office.engagement.models import Message

    people, random = office_page.office(), Random(have)
    rows = []
    for number in range(have, size):
        said = "".join(random.choices(_CHARACTERS, k=90))
        rows.append(
            Message(
                organ=people.education,
                registered_at=NOW,
                number=f"bench-{number}",
                subject="主题",
                content="",
                consents=True,
                on=date(2024, 4, 1),
                promised_days=5,
                due_on=date(2024, 4, 10),
                answered_on=date(2024, 4, 2),
                working_days=1,
                shown_on=date(2024, 4, 3),
                public_subject=f"第{number}条",
                public_content=said + (WORDS["十条里有"] if number < 10 else ""),
                public_answer=f"请到学校办理。{''.join(random.choices(_CHARACTERS, k=90))}",
            )
        )
    for row in rows:
        row.sought = MESSAGE.sought(row)
    Message.objects.bulk_create(rows, batch_size=1000)


if __name__ == "__main__":
    main()

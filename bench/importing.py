"""How fast the items of an existing site come in, part by part, beside a plain `bulk_create` of the same rows.

Run: python -m bench.importing [--items 10000 100000] [--write]
     python -m tests.office.postgresql python -m bench.importing   (on PostgreSQL: with DATABASE_URL set it is used)
The file is NDJSON, about 900 characters an item, always the same for one size. SQLite works in this process, so its
processor time counts all of it and does not depend on what else the machine does; of PostgreSQL it counts our side only.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench import office_page
from bench.search_texts import Corpus
from bench.speed import machine

REQUIRED = 2000
"""Items a second."""
AT_ONCE = 1000
NOW = datetime(2024, 4, 12, 1, 0, tzinfo=UTC)
PARTS = {
    "reading": "读文件",
    "understanding": "理解每一行",
    "content": "清理正文",
    "rows": "写入各行",
    "search": "记入日志",
    "waiting": "等检索索引编完",
    "rest": "其余（编号、留痕、提交）",
}


@dataclass(slots=True)
class Clock:
    """Seconds on the wall and of this process, by part; a part within a part counts for the inner one only."""

    wall: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _last: tuple[float, float] = (0.0, 0.0)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        self._settle()
        self._open.append(name)
        try:
            yield
        finally:
            self._settle()
            self._open.pop()

    def _settle(self) -> None:
        now = time.perf_counter(), time.process_time()
        if self._open:
            name = self._open[-1]
            self.wall[name] = self.wall.get(name, 0.0) + now[0] - self._last[0]
            self.cpu[name] = self.cpu.get(name, 0.0) + now[1] - self._last[1]
        self._last = now


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[10_000])
    parser.add_argument("--write", action="store_true", help="put the result into docs/performance-office.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name:
        office_page.start_django(Path(name))
        results = [_measure(size, Path(name)) for size in options.items]
    text = _told(results)
    print(text)
    if options.write:
        office_page.write(f"importing {office_page.engine_name().split()[0]}", text)
    return 0 if all(result["wall_rate"] >= REQUIRED for result in results) else 1


def _measure(size: int, folder: Path) -> dict[str, Any]:
    """Import a file of one size into the office, then write the same rows plainly."""
    from gongkai.office.publishing.importing.carrying_out import begin, carry_on
    from gongkai.office.publishing.models import Item

    people = office_page.office()
    path = folder / f"old-site-{size}.ndjson"
    length = _write_file(path, size)
    run = begin(path, f"旧网站{size}", by=people.administrator, at=NOW)
    clock, before = Clock(), _children()
    with _observed(clock), clock.part("rest"):
        run = carry_on(run, path, None, by=people.administrator, at=NOW)
    beside = _children() - before
    assert (run.imported, run.refused) == (size, 0), f"{run.imported} of {size}: {run.errors[:3]}"
    written = Item.objects.filter(origin__run=run).order_by("pk")
    plain = _plain(list(written.iterator(AT_ONCE))) if size <= 10_000 else 0.0
    cpu, wall = sum(clock.cpu.values()), sum(clock.wall.values())
    return {
        "items": size, "characters": length / size, "clock": clock, "both": 2 * size / (cpu + beside), "wall_rate": size / wall,
        "plain": plain and (size / plain), "beside": beside > 0.01 and size / beside, "load": os.getloadavg()[0],
    }  # fmt: skip


def _children() -> float:
    """Seconds of processor time of the processes this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _write_file(path: Path, size: int) -> int:
    """Write the items; says how many characters their bodies have."""
    from gongkai.regulation.disclosure.catalogue import categories

    corpus, length, kinds = Corpus(size), 0, ["", *categories()]
    with path.open("w", encoding="utf-8") as file:
        for place in range(size):
            text = corpus[place]
            length += len(text.body)
            entry = {
                "title": text.title,
                "body": text.body,
                "column": "notices",
                "organ": "qingxi-education",
                "published_at": f"{text.published_at:%Y-%m-%d %H:%M}",
                "identifier": f"{size}-{place}",
                "document_number": text.number,
                "keywords": list(text.keywords),
                "art20_category": kinds[place % len(kinds)],
            }
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return length


@contextmanager
def _observed(clock: Clock) -> Iterator[None]:
    """Count the parts of an import while it runs. Reading is counted between one row and the next."""
    from gongkai.office.publishing.importing import batches, carrying_out, reading, running
    from gongkai.office.publishing.importing import rows as meaning
    from gongkai.office.publishing.search import Beside, beside

    def counted(part: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            with clock.part(part):
                return inner(*args, **named)

        return call

    def rows(path: Path) -> Iterator[Any]:
        source = read(path)
        while True:
            with clock.part("reading"):
                row = next(source, None)
            if row is None:
                return
            yield row

    read = reading.read_rows
    with ExitStack() as changed:
        for where, name, replacement in (
            (running, "read_rows", rows),
            (carrying_out, "understand", counted("understanding", meaning.understand)),
            (carrying_out, "content_of", counted("content", batches.content_of)),
            (batches, "announce", counted("search", batches.announce)),
            (Beside, "finish", counted("waiting", Beside.finish)),
            (beside.Way, "enter_all", counted("waiting", beside.Way.enter_all)),
            (batches, "insert", counted("rows", batches.insert)),
        ):
            changed.enter_context(patch.object(where, name, replacement))
        yield


def _plain(items: Sequence[Any]) -> float:
    """Seconds of the process for writing the same rows again, as Django writes rows, and nothing else."""
    from django.db import transaction

    from gongkai.office.publishing.models import Item

    for item in items:
        item.pk, item.index_number = None, f"plain-{item.index_number}"
    began = time.process_time()
    for start in range(0, len(items), AT_ONCE):
        with transaction.atomic():
            Item.objects.bulk_create(items[start : start + AT_ONCE])
    return time.process_time() - began


def _told(results: Sequence[dict[str, Any]]) -> str:
    lines = [
        f"## 导入一个已有网站（{office_page.engine_name()}）",
        "",
        f"目标：每秒 {REQUIRED:,} 条，钟面时间，从开始到全部能查到。“入库”是本进程的全部：读、理解、清理、编号、写入、留痕、提交、",
        "记入检索的变动日志。检索索引由另外的进程跟着编（[决定 0027](decisions/0027-index-follows-a-journal.md)）：一个跟进，",
        "两个轮流做索引的各段（[决定 0023](decisions/0023-index-made-beside-the-import.md)）。“索引”是它们用掉的处理器时间合计，",
        "连同启动。",
        "参照：同一次运行里，用 Django 的 `bulk_create` 把同样的行再写一遍，别的都不做（只在一万条以内量）。",
        "",
        "| 条数 | 正文字符 | 参照（条/秒） | 入库（条/秒） | 索引（条/秒） | 合计，两核的上限（条/秒） | 钟面（条/秒） | 钟面达到目标 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for each in results:
        size, cpu = each["items"], each["clock"].cpu
        stored = size / (sum(cpu.values()) - cpu["waiting"])
        plain = f"{each['plain']:,.0f}" if each["plain"] else "—"
        beside = f"{each['beside']:,.0f}" if each["beside"] else "—"
        lines.append(
            f"| {size:,} | {each['characters']:.0f} | {plain} | {stored:,.0f} | {beside} | {each['both']:,.0f} "
            f"| {each['wall_rate']:,.0f} | {'是' if each['wall_rate'] >= REQUIRED else '否'} |"
        )
    lines += ["", "各部分，每千条的秒数（处理器 / 钟面）：", "", f"| 条数 | {' | '.join(PARTS.values())} |"]
    lines.append("|---" * (len(PARTS) + 1) + "|")
    for each in results:
        thousands = each["items"] / 1000
        cells = [
            f"{each['clock'].cpu.get(part, 0) / thousands:.3f} / {each['clock'].wall.get(part, 0) / thousands:.3f}"
            for part in PARTS
        ]
        lines.append(f"| {each['items']:,} | {' | '.join(cells)} |")
    lines += [
        "",
        f"机器：{machine()}；负载 {results[-1]['load']:.1f}（两核空闲时应小于 1；有别的工作时，钟面时间只是下限，处理器时间也变长）。",
        "除钟面一列外都是处理器时间；PostgreSQL 的不含服务器的一半。",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

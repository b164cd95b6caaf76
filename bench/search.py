"""How fast and how exactly search finds, on SQLite and PostgreSQL. Beside stock Wagtail: `bench.search_stock`.

Run: python -m bench.search [--items 100000] [--database postgres://…] [--queries 40] [--write]
Without --database it is SQLite in a temporary folder; a database that is named has to be empty.
With --write the results go into docs/performance-search.md, beside those of other sizes and engines.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.search_texts import CATEGORIES, Corpus, Text
from bench.speed import machine

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE, RESULTS = DOCS / "performance-search.md", DOCS / "performance-search.json"
AT_ONCE = 4000
KINDS = {
    "two": "两个字",
    "three": "三、四个字",
    "long": "八至十四个字",
    "number": "文号（各种括号）",
    "words": "两个词",
    "filtered": "两个字，限定机关和年份",
    "absent": "查不到的词",
}


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--items", type=int, default=10_000)
    options.add_argument("--database", default="")
    options.add_argument("--queries", type=int, default=40, help="how many of each kind")
    options.add_argument("--checked", type=int, default=60, help="how many queries are compared with a scan")
    options.add_argument("--folder", help="where the SQLite file is made; a temporary folder otherwise")
    options.add_argument("--write", action="store_true")
    asked = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        start_django(folder, asked.database)
        result = measure(asked, Path(folder))
    if asked.write:
        _write(result)
    exact = result["recall"] == result["precision"] == 1
    print("完整率、准确率均为 100%" if exact else f"!! 完整率 {result['recall']}，准确率 {result['precision']}")
    return 0 if exact else 1


def measure(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """One engine, one size: fill, ask, compare with a scan."""
    from django.db import connection

    corpus = Corpus(asked.items)
    print(f"{machine()}；{engine()}；{asked.items} 条")
    result: dict[str, Any] = {"machine": machine(), "engine": engine(), "items": asked.items}
    result |= fill(corpus)
    result["index_mb"] = _index_size()
    result["one_ms"] = _one_at_a_time()
    queries = {kind: [query_of(corpus, kind, number) for number in range(asked.queries)] for kind in KINDS}
    result["kinds"] = {}
    result["load"] = os.getloadavg()[0]
    print(f"  此时机器负载 {result['load']:.1f}")
    for kind, texts in queries.items():
        result["kinds"][kind] = {order: _times(texts, order) for order in ("date", "relevance")}
        shown = {order: " / ".join(f"{ms:.1f}" for ms in times) for order, times in result["kinds"][kind].items()}
        print(f"  {KINDS[kind]}：按时间 {shown['date']} 毫秒；按相关 {shown['relevance']} 毫秒（p50 / p95 / p99）")
    for order in ("date", "relevance"):
        everything = [text for texts in queries.values() for text in texts]
        result[order] = _times(everything, order)
        print(f"  全部 {len(everything)} 个查询，{order}：" + " / ".join(f"{ms:.1f}" for ms in result[order]))
    result |= _compare_with_scan([text for texts in queries.values() for text in texts], asked.checked)
    connection.close()
    return result


# --- Filling ----------------------------------------------------------------------------------------------------------


def fill(corpus: Corpus) -> dict[str, float]:
    """Enter the items as an import into an empty office does, four thousand in a transaction; then have the index follow."""
    from django.db import transaction

    from gongkai.office.publishing.models import Item
    from gongkai.office.publishing.search import announce, catch_up

    organs, columns = _surroundings()
    catch_up()
    began = time.perf_counter()
    for start in range(0, corpus.size, AT_ONCE):
        places = range(start, min(start + AT_ONCE, corpus.size))
        items = [_item(corpus[place], place, organs, columns) for place in places]
        with transaction.atomic():
            announce([item.pk for item in Item.objects.bulk_create(items)])
    between = time.perf_counter()
    processor = _processor()
    catch_up()
    rows_s, index_s, processor = between - began, time.perf_counter() - between, _processor() - processor
    rate, ideal = corpus.size / index_s, corpus.size / processor
    print(
        f"  入库 {rows_s:.0f} 秒；编索引 {index_s:.0f} 秒，每秒 {rate:.0f} 条（两个进程的处理器时间合计：每秒 {ideal:.0f} 条）"
    )
    return {
        "rows_s": rows_s,
        "index_s": index_s,
        "processor_s": processor,
        "per_second": rate,
        "per_processor_second": ideal,
    }


def _processor() -> float:
    """Seconds of processor time of this process and of those it started that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _item(text: Text, place: int, organs: Sequence[Any], columns: Sequence[Any]) -> Any:
    from gongkai.office.publishing.models import Item

    return Item(
        organ=organs[text.organ],
        column=columns[text.column],
        index_number=f"11990001MB0A00001N/{text.published_at:%Y%m}-{place:07d}",
        title=text.title,
        body=text.body,
        keywords=list(text.keywords),
        art20_category=text.category,
        document_number=text.number,
        content_hash="0" * 64,
        created_at=text.published_at,
        published_at=text.published_at,
    )


def _surroundings() -> tuple[list[Any], list[Any]]:
    from gongkai.office.organs.models import Organ
    from gongkai.office.publishing.models import Column

    organs = [
        Organ(code=f"o{number}", name=f"青溪县第{number}局", kind="department", path=f"{number + 1:04d}.")
        for number in range(60)
    ]
    columns = [Column(code=f"c{number}", name=f"栏目{number}", path=f"{number + 1:04d}.") for number in range(30)]
    Organ.objects.bulk_create(organs)
    Column.objects.bulk_create(columns)
    return organs, columns


def _one_at_a_time() -> float:
    """Milliseconds for announcing one item and entering it, as a publication does: the median of fifty."""
    from django.db import transaction

    from gongkai.office.publishing.models import Item
    from gongkai.office.publishing.search import announce

    took = []
    for item in Item.objects.order_by("-pk").values_list("pk", flat=True)[:50]:
        began = time.perf_counter()
        with transaction.atomic():
            announce([item])
        took.append(time.perf_counter() - began)
    print(f"  单条编入：{statistics.median(took) * 1000:.1f} 毫秒")
    return statistics.median(took) * 1000


# --- Asking -----------------------------------------------------------------------------------------------------------


def query_of(corpus: Corpus, kind: str, number: int) -> Any:
    """A query as somebody might ask it: a piece of a text that is there, so that common words are asked for more often."""
    from gongkai.office.publishing.models import Item
    from gongkai.office.publishing.search import Query
    from gongkai.office.publishing.search.entry import plain_text

    chance = random.Random(f"{kind} {number}")

    def piece(least: int, most: int) -> str:
        text = plain_text(corpus[chance.randrange(corpus.size)].body).replace("\n", "")
        length = chance.randint(least, most)
        start = chance.randrange(len(text) - length)
        return text[start : start + length]

    def dense(least: int, most: int) -> str:
        while any(mark in (found := piece(least, most)) for mark in "，。（）〔〕. "):
            pass
        return found

    if kind == "two":
        return Query(dense(2, 2))
    if kind == "three":
        return Query(dense(3, 4))
    if kind == "long":
        return Query(piece(8, 14))
    if kind == "words":
        return Query(f"{dense(2, 2)} {dense(2, 3)}")
    if kind == "absent":
        return Query("".join(chance.sample(dense(4, 4) + "龘靐", 4)))
    if kind == "filtered":
        organ = Item.objects.values_list("organ", flat=True)[chance.randrange(50)]
        return Query(dense(2, 2), under=organ, year=chance.randint(2014, 2023), category=chance.choice(CATEGORIES))
    year, serial = chance.randint(2014, 2023), chance.randint(1, 400)
    return Query(
        chance.choice(
            (
                f"青教〔{year}〕{serial}号",
                f"青水[{year}]{serial}",
                f"（{year}）{serial}号",
                f"青政办【{year}】第{serial}号",
            )
        )
    )


def _times(queries: Sequence[Any], order: str) -> tuple[float, float, float]:
    """Milliseconds for a whole page (results, counts, passages): p50, p95, p99.

    Processor time of this process and of the one in PostgreSQL that serves it, so that it does not matter what else the
    machine does; the time on the clock where that process can't be seen.
    """
    now = clock()
    from dataclasses import replace

    from gongkai.office.publishing.search import Order, find

    asked = [replace(query, order=Order(order)) for query in queries]
    for query in asked[:3]:
        find(query)
    took = []
    for query in asked:
        began = now()
        find(query)
        took.append((now() - began) * 1000)
    return percentiles(took)


def clock() -> Callable[[], float]:
    """Seconds of processor time, or on the clock."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        serving = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    if not serving.exists():
        return time.perf_counter
    return lambda: time.process_time() + int(serving.read_text("ascii").split()[0]) / 1e9


def percentiles(values: Sequence[float]) -> tuple[float, float, float]:
    ordered = sorted(values)
    return tuple(ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99))  # type: ignore[return-value]


# --- Exactness --------------------------------------------------------------------------------------------------------


def _compare_with_scan(queries: Sequence[Any], count: int) -> dict[str, float]:
    """Every answer of the index, without its limit, against a plain scan of every item's folded text."""
    from gongkai.office.publishing.search.fulltext import file
    from gongkai.office.publishing.search.fulltext.tables import Part
    from gongkai.office.publishing.search.splitter import words

    index = file.current()
    assert index is not None
    able = [query for query in queries if words(query.text).wanted]
    chosen = random.Random(1).sample(able, min(count, len(able)))
    wanted = [(words(query.text).wanted, query.tags) for query in chosen]
    truth: list[set[int]] = [set() for _ in wanted]
    began = time.perf_counter()
    for item, whole, tags in scanned():
        for place, (needles, asked_tags) in enumerate(wanted):
            if all(word in whole for word in needles) and all(tag in tags for tag in asked_tags):
                truth[place].add(item)
    scan_s = time.perf_counter() - began
    found = hits = true = 0
    for (needles, tags), expected in zip(wanted, truth, strict=True):
        answer = {match.item for match in index.tables.find(needles, tags, Part.ANYWHERE, 10**9)}
        found, hits, true = found + len(answer), hits + len(answer & expected), true + len(expected)
    recall, precision = hits / max(1, true), hits / max(1, found)
    print(
        f"  与逐条扫描比较：{len(wanted)} 个查询，应有 {true} 条，查到 {found} 条，其中正确 {hits} 条；扫描用时 {scan_s:.0f} 秒"
    )
    return {"recall": recall, "precision": precision, "checked": len(wanted), "truth": true, "scan_s": scan_s}


def scanned() -> Iterator[tuple[int, str, set[str]]]:
    """Every item from its own row, folded afresh: nothing of the index is used."""
    from gongkai.office.publishing.models import Item
    from gongkai.office.publishing.search.entry import entries

    last = 0
    while some := list(Item.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        for entry in entries(some):
            yield entry.item, entry.whole, set(entry.tags)
        last = some[-1]


# --- Surroundings -----------------------------------------------------------------------------------------------------


def start_django(folder: str, database: str, apps: Sequence[str] = ()) -> None:
    """An empty office in a folder, with more apps than it has of its own."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    os.environ["GONGKAI_DATA"] = folder
    os.environ.pop("DATABASE_URL", None)
    if database:
        os.environ["DATABASE_URL"] = database
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.office.project.settings"
    settings.INSTALLED_APPS.extend(apps)
    django.setup()
    call_command("migrate", verbosity=0)


def engine() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def _index_size() -> float:
    """Megabytes of the file of the index."""
    from gongkai.office.publishing.search.fulltext import file

    index = file.current()
    assert index is not None
    size = index.path.stat().st_size / 1e6
    print(f"  索引 {size:.0f} MB")
    return size


def _write(result: dict[str, Any]) -> None:
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else []
    key: Callable[[dict[str, Any]], tuple[str, int]] = lambda each: (each["engine"].split()[0], each["items"])  # noqa: E731
    results = sorted([each for each in results if key(each) != key(result)] + [result], key=key, reverse=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(results), "utf-8")


def page(results: Sequence[dict[str, Any]]) -> str:
    """docs/performance-search.md."""
    lines = [
        "# 检索的速度和准确",
        "",
        "`python -m bench.search --items … [--database …] --write` 写成。每条信息约 900 字，四万个词、词频长尾的人造文字；",
        "时间是取得一整页结果（结果、各项计数、摘录）的毫秒数，p50 / p95 / p99；",
        "索引是本机的一个文件，两种数据库上是同一种（[决定 0027](decisions/0027-index-follows-a-journal.md)），数据库只回答“有没有新的”和",
        "这一页的各条信息。计处理器时间：本进程的，加上 PostgreSQL 里为它服务的进程的（机器上有别的工作也不受影响）。",
        "与原装 Wagtail 的检索比较：[另一页](performance-search-stock.md)。",
        "",
        "## 全部查询",
        "",
        "| 数据库 | 信息条数 | 按时间 | 按相关 | 索引（MB） | 编索引，钟面（条/秒） | 编索引，处理器（条/秒） "
        "| 单条编入（毫秒） | 完整率 | 准确率 |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for each in results:
        processor = f"{each['per_processor_second']:,.0f}" if "per_processor_second" in each else "—"
        lines.append(
            f"| {each['engine']} | {each['items']:,} | {shown(each['date'])} | {shown(each['relevance'])} | {each['index_mb']:,.0f} "
            f"| {each['per_second']:,.0f} | {processor} "
            f"| {each['one_ms']:.1f} | {each['recall']:.2%} | {each['precision']:.2%} |"
        )
    lines += [
        "",
        "完整率、准确率：与对每条信息逐字扫描的结果比较（不限条数，全部结果）。编索引由两个进程同时做；钟面上的速度在机器上有别的工作时只是下限，",
        "处理器一列是两个进程用掉的时间合计。",
        "",
        "## 各类查询",
        "",
    ]
    for each in results:
        lines += [
            f"### {each['engine']}，{each['items']:,} 条",
            "",
            f"机器：{each['machine']}；查询时的负载 {each['load']:.1f}。",
            "",
        ]
        lines += ["| 查询 | 按时间 | 按相关 |", "|---|---|---|"]
        lines += [
            f"| {KINDS[kind]} | {shown(times['date'])} | {shown(times['relevance'])} |"
            for kind, times in each["kinds"].items()
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def shown(times: Sequence[float]) -> str:
    return " / ".join(f"{ms:.1f}" for ms in times)


if __name__ == "__main__":
    sys.exit(main())

"""Our search beside stock Wagtail's, over the same items in the same run: what each finds, and what it costs.

Run: python -m bench.search_stock [--items 5000] [--database postgres://…] [--queries 40] [--write]
Without --database it is SQLite in a temporary folder; a database that is named has to be empty.
With --write the results go into docs/performance-search-stock.md, beside those of the other engine. Kept apart from
`bench.search`, whose sizes stock Wagtail needs hours for, so that measuring the one never loses the other.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bench.search import DOCS, KINDS, clock, engine, fill, percentiles, query_of, scanned, shown, start_django
from bench.search_texts import Corpus
from bench.speed import machine

PAGE, RESULTS = DOCS / "performance-search-stock.md", DOCS / "performance-search-stock.json"
ASKED = ("two", "three", "long", "number", "words", "absent")
"""The kinds of queries both understand; stock search knows no filter by agency, year and category of these items."""
ON_A_PAGE = 20


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--items", type=int, default=5000)
    options.add_argument("--database", default="")
    options.add_argument("--queries", type=int, default=40, help="how many of each kind")
    options.add_argument("--write", action="store_true")
    asked = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        start_django(folder, asked.database, apps=("bench.stock",))
        result = measure(asked.items, asked.queries)
    if asked.write:
        _write(result)
    return 0 if result["ours"]["recall"] == result["ours"]["precision"] == 1 else 1


def measure(size: int, count: int) -> dict[str, Any]:
    """One engine: the same items into both, the same queries to both, both against a scan."""
    from django.db import connection

    corpus = Corpus(size)
    print(f"{machine()}；{engine()}；{size} 条")
    built = fill(corpus)
    stock = _Stock(corpus)
    queries = [(kind, query_of(corpus, kind, number)) for kind in ASKED for number in range(count)]
    truth = _truth([query for _, query in queries])
    result: dict[str, Any] = {"machine": machine(), "engine": engine(), "items": size, "queries": len(queries)}
    result["ours"] = _judged(queries, truth, _all_of_ours(), _page_of_ours) | {"build_s": built["processor_s"]}
    result["stock"] = _judged(queries, truth, stock.all, stock.page) | {"build_s": stock.build_s}
    stock.leave()
    connection.close()
    for name in ("ours", "stock"):
        it = result[name]
        print(
            f"  {name}：应有 {it['true']} 条，查到 {it['found']} 条；完整率 {it['recall']:.2%}，准确率 {it['precision']}"
        )
        print(f"    查询 {shown(it['times'])} 毫秒；建索引 {it['build_s']:.1f} 秒（处理器）")
    return result


def _judged(
    queries: Sequence[tuple[str, Any]],
    truth: Sequence[set[int]],
    everything: Callable[[Any], set[int]],
    page: Callable[[Any], object],
) -> dict[str, Any]:
    """What a search finds of what is there (all results, not a page's), and the milliseconds of a first page."""
    found = hits = true = 0
    missed = dict.fromkeys(ASKED, (0, 0))
    for (kind, query), expected in zip(queries, truth, strict=True):
        answer = everything(query)
        found, hits, true = found + len(answer), hits + len(answer & expected), true + len(expected)
        missed[kind] = (missed[kind][0] + len(answer & expected), missed[kind][1] + len(expected))
    now = clock()
    for _, query in queries[:3]:
        page(query)
    took = []
    for _, query in queries:
        began = now()
        page(query)
        took.append((now() - began) * 1000)
    return {
        "recall": hits / max(1, true),
        "precision": hits / found if found else None,
        "true": true,
        "found": found,
        "kinds": missed,
        "times": percentiles(took),
    }


def _truth(queries: Sequence[Any]) -> list[set[int]]:
    """The places of the items that hold every word of each query: a plain scan of every item's folded text."""
    from gongkai.office.publishing.search.splitter import words

    needles = [words(query.text).wanted for query in queries]
    truth: list[set[int]] = [set() for _ in queries]
    for place, (_, whole, _) in enumerate(scanned()):
        for wanted, expected in zip(needles, truth, strict=True):
            if wanted and all(word in whole for word in wanted):
                expected.add(place)
    return truth


def _all_of_ours() -> Callable[[Any], set[int]]:
    from gongkai.office.publishing.models import Item
    from gongkai.office.publishing.search.fulltext import file
    from gongkai.office.publishing.search.fulltext.tables import Part
    from gongkai.office.publishing.search.splitter import words

    index = file.current()
    assert index is not None
    places = {pk: place for place, pk in enumerate(Item.objects.order_by("pk").values_list("pk", flat=True))}

    def everything(query: Any) -> set[int]:
        wanted = words(query.text).wanted
        found = index.tables.find(wanted, query.tags, Part.ANYWHERE, 10**9) if wanted else ()
        return {places[match.item] for match in found}

    return everything


def _page_of_ours(query: Any) -> object:
    """A whole page of ours: results, counts of the filters, passages with the words marked."""
    from gongkai.office.publishing.search import find

    return find(query)


class _Stock:
    """Wagtail's database backend over the same items: title, number and body, as its documentation has it."""

    def __init__(self, corpus: Corpus) -> None:
        from django.db import connection
        from wagtail.search.backends import get_search_backend

        from bench.stock.models import StockItem

        self._model: Any = StockItem
        with connection.schema_editor() as editor:
            editor.create_model(StockItem)
        texts = (corpus[place] for place in range(corpus.size))
        StockItem.objects.bulk_create(
            StockItem(title=text.title, document_number=text.number, body=text.body, published_at=text.published_at)
            for text in texts
        )
        self._backend: Any = get_search_backend()
        now = clock()
        began = now()
        with _quiet():
            self._backend.get_index_for_model(StockItem).add_items(StockItem, list(StockItem.objects.all()))
        self.build_s = now() - began
        keys = StockItem.objects.order_by("pk").values_list("pk", flat=True)
        self._places = {pk: place for place, pk in enumerate(keys)}

    def all(self, query: Any) -> set[int]:
        """Everything it finds, as places."""
        return {self._places[each.pk] for each in self._backend.search(query.text, self._model)}

    def page(self, query: Any) -> object:
        """A page of results and nothing else."""
        return list(self._backend.search(query.text, self._model)[:ON_A_PAGE])

    def leave(self) -> None:
        """Take its table away."""
        from django.db import connection

        with connection.schema_editor() as editor:
            editor.delete_model(self._model)


@contextmanager
def _quiet() -> Iterator[None]:
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _write(result: dict[str, Any]) -> None:
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else []
    name: Callable[[dict[str, Any]], str] = lambda each: each["engine"].split()[0]  # noqa: E731
    result |= {"on": time.strftime("%Y-%m-%d")}
    results = sorted([each for each in results if name(each) != name(result)] + [result], key=name, reverse=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(results), "utf-8")


def page(results: Sequence[dict[str, Any]]) -> str:
    """docs/performance-search-stock.md."""
    lines = [
        "# 检索：与原装 Wagtail 的比较",
        "",
        "`python -m bench.search_stock [--database …] --write` 写成：同样的信息、同样的查询、同一次运行，都与逐条扫描比较。",
        "原装 Wagtail 用它自带的数据库检索后端（标题、文号、正文三栏，按它的文档写法，`bench/stock/`）。",
        "时间是首页的毫秒数，p50 / p95 / p99，计处理器时间（本进程的，加上 PostgreSQL 里为它服务的进程的）；",
        "本平台的一页含各项计数和摘录，原装的只有结果。",
        "",
        "| 数据库 | 信息条数 | 查询数 | | 应有 | 查到 | 完整率 | 准确率 | 首页（毫秒） | 建索引（秒，处理器） |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for each in results:
        for name, label in (("ours", "本平台"), ("stock", "原装 Wagtail")):
            it = each[name]
            precision = f"{it['precision']:.2%}" if it["precision"] is not None else "—（什么也没有查到）"
            lines.append(
                f"| {each['engine']} | {each['items']:,} | {each['queries']} | {label} | {it['true']:,} | {it['found']:,} "
                f"| {it['recall']:.2%} | {precision} | {shown(it['times'])} | {it['build_s']:.1f} |"
            )
    lines += ["", "## 各类查询各查到多少", ""]
    for each in results:
        lines += [
            f"{each['engine']}，{each['items']:,} 条，{each['on']}，{each['machine']}：",
            "",
            "| 查询 | 应有 | 本平台 | 原装 Wagtail |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| {KINDS[kind]} | {each['ours']['kinds'][kind][1]:,} | {each['ours']['kinds'][kind][0]:,} "
            f"| {each['stock']['kinds'][kind][0]:,} |"
            for kind in ASKED
        ]
        lines.append("")
    lines += [
        "原装的后端按空格和标点切词：一句中文整句是一个词，只有把两个标点之间的字原样写全才查得到；文号里有数字和括号隔开，才查到一些。",
    ]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    sys.exit(main())

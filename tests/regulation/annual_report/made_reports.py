"""Any report that can be printed: hypothesis strategies for property tests."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from gongkai.regulation.annual_report.forms import EDITIONS, Column, form
from gongkai.regulation.annual_report.report import Cell, Narrative, Number, Passage, Report

_AGENCIES = ("青溪县人民政府", "青溪县水务局", "青溪县云台镇人民政府", "青溪县竹溪街道办事处", "安岭市发展和改革委员会")
_SENTENCES = (
    "围绕中心工作，及时公开各类政府信息。",
    "加强组织领导，明确专人负责。",
    "落实“三审”制度，做到先审后发。",
    "公开的内容还不够丰富、形式还不够多样；下一步将逐项改进。",
    "联系电话：0000-1234567。",
    "Open data are at https://example.invalid/data (CSV & JSON).",
    "一是加强培训；二是完善制度；三是强化监督。",
)


_NOT_NUMBERS = (
    Cell(None, "blank", ""),
    Cell(None, "mark", "/"),
    Cell(None, "mark", "—"),
    Cell(None, "unreadable", "见附件"),
    Cell(None, "unreadable", ""),
)
_TOPICS = (
    ("proactive_disclosure", "主动公开"),
    ("disclosure_on_application", "依申请公开"),
    ("information_management", "政府信息管理"),
    ("platform_construction", "政府信息公开平台建设"),
    ("supervision_guarantee", "监督保障"),
)


def reports() -> st.SearchStrategy[Report]:
    """Reports of either edition or mixed, with cells of every state, and words in every section that has words.

    Drawn by seed: two hundred cells drawn one by one would take hypothesis longer than all the rest of a test.
    """
    return st.integers(0, 2**32 - 1).map(lambda seed: _report(Random(seed)))


def _report(rng: Random) -> Report:
    articles, cases = rng.choice(EDITIONS), rng.choice(EDITIONS)
    tables = [table for table in form(articles).tables if table.key.startswith("art20")]
    tables += [table for table in form(cases).tables if not table.key.startswith("art20")]
    cells = {
        f"{table.key}.{row.key}.{column.key}": _cell(rng, column)
        for table in tables
        for row in table.data_rows
        for column in table.columns
    }
    editions = {table.key: articles if table.key.startswith("art20") else cases for table in tables}
    year = rng.randint(2019, 2026)
    return Report(year, rng.choice(_AGENCIES), editions, cells, _narrative(rng, year))


def _cell(rng: Random, column: Column) -> Cell:
    if rng.random() < 0.2:
        return rng.choice(_NOT_NUMBERS)
    if column.decimal:
        cents = rng.randint(0, 10**8)
        number: Number = cents // 100 if cents % 100 == 0 else (Decimal(cents) / 100).normalize()
    elif column.signed:
        number = rng.randint(-500, 500)
    else:
        number = rng.choice((0, 0, rng.randint(0, 30), rng.randint(0, 99_999_999)))
    return Cell(number, "number", f"{number:f}" if isinstance(number, Decimal) else str(number))


def _narrative(rng: Random, year: int) -> Narrative:
    overview = [Passage(f"{year}年，本机关认真落实条例。")]
    for numbering, (topic, label) in zip("一二三四五", _TOPICS, strict=True):
        overview.append(Passage(f"（{numbering}）{label}情况", topic, 3))
        overview += [Passage(text, topic) for text in _paragraphs(rng, 1, 3)]
    return Narrative(
        preamble=tuple(Passage(text) for text in _paragraphs(rng, 0, 2)),
        sections={
            "overview": tuple(overview),
            "proactive": (),
            "applications": (),
            "remedies": (),
            "problems": tuple(Passage(text) for text in _paragraphs(rng, 1, 3)),
            "other_matters": (Passage("无其他需要报告的事项。"),),
        },
    )


def _paragraphs(rng: Random, least: int, most: int) -> list[str]:
    return ["".join(rng.choices(_SENTENCES, k=rng.randint(1, 6))) for _ in range(rng.randint(least, most))]

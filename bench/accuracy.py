"""Reads the labelled corpus and writes what came of it to docs/accuracy.md: counts only, the same on every machine.

Run: python -m bench.accuracy [--keep FOLDER] [--family KEY …]
With --keep the files that were not read as they should be are left in a folder, with what was wrong about each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.corpus.corpus import BY_KEY, FAMILIES
from tests.corpus.families.office import office
from tests.corpus.family import Family
from tests.corpus.measure import KINDS, Judgement, judge, total

PAGE = Path(__file__).resolve().parent.parent / "docs" / "accuracy.md"
CHINESE = {"right": "读对", "wrong": "读错", "invented": "臆造", "missed": "漏读", "abstained": "弃读"}
PARTS = (
    ("格式与版本", range(0, 5)),
    ("零、空格、不适用", range(5, 7)),
    ("数字", range(7, 12)),
    ("网页", range(12, 18)),
    ("纯文本", range(18, 26)),
    ("PDF、Word、表格文件", range(26, 36)),
    ("结构", range(36, 37)),
    ("编码、识别错误与残缺", range(37, 39)),
    ("口径", range(39, 40)),
    ("混合与转换", range(40, 42)),
)
INTRODUCTION = """# 准确率

`make bench` 生成，请勿手改。语料由 `tests/corpus/` 按固定种子生成：两个版本的格式、年报中出现过的各种情形、各种文件格式。
每个文件里每一格该读成什么是已知的，逐格比较：

| 记法 | 意思 |
|---|---|
| 读对 | 数字、空格或者记号与文件所印一致 |
| 读错 | 数字不同，或者把空格、记号读成别的；应当拒读的文件读出的数字也算在内 |
| 臆造 | 文件里没有数字，却读出数字 |
| 漏读 | 文件里看得清，却没有读出（包括整份文件被拒读） |
| 弃读 | 文件已经看不出哪个数字属于哪一格，如实说读不出 |

要求：读错、臆造、漏读都是 0。
"""


def measured(families: Sequence[Family], keep: Path | None = None) -> dict[Family, list[Judgement]]:
    """Every file of some families read and judged, with progress on a terminal."""
    found: dict[Family, list[Judgement]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for at, family in enumerate(families, 1):
            if sys.stderr.isatty():
                print(f"\r{at}/{len(families)} {family.key:<28}", end="", file=sys.stderr)
            found[family] = [judge(case, Path(folder)) for case in family.cases()]
            if keep:
                kept(found[family], keep)
    return found


def kept(judgements: Iterable[Judgement], folder: Path) -> None:
    """Leaves the files that were misread, each with a list of its faults."""
    folder.mkdir(parents=True, exist_ok=True)
    for judgement in judgements:
        if judgement.faults:
            path = folder / judgement.case.file_name
            path.write_bytes(judgement.case.data)
            path.with_suffix(path.suffix + ".faults").write_text("\n".join(map(str, judgement.faults)) + "\n", "utf-8")


def page(found: dict[Family, list[Judgement]]) -> str:
    """docs/accuracy.md."""
    everything = [judgement for judgements in found.values() for judgement in judgements]
    parts = [INTRODUCTION, _summary(everything), "## 按情形\n"]
    for title, lines in PARTS:
        rows = [_family_row(family, judgements) for family, judgements in found.items() if family.line in lines]
        if rows:
            parts.append(f"### {title}\n\n" + _table(("情形", "说明", "文件", *CHINESE.values()), rows))
    parts.append("## 按文件格式\n\n" + _formats(everything))
    return "\n".join(parts)


def _summary(judgements: list[Judgement]) -> str:
    counts = total(judgements)
    named = Counter(judgement.agency for judgement in judgements if judgement.agency)
    years = Counter(judgement.year for judgement in judgements if judgement.year)
    refusable = [judgement for judgement in judgements if judgement.case.printed.must_refuse]
    left_out = "" if office() else "本次没有安装 LibreOffice，DOC、ODT、RTF 和由它打印的 PDF 不在其内。\n"
    return (
        f"共 {counts['files']} 个文件，{sum(counts[kind] for kind in KINDS)} 格："
        + "，".join(f"{CHINESE[kind]} {counts[kind]}" for kind in KINDS)
        + f"。\n机关名称：对 {named['right']}，错 {named['wrong']}，未读出 {named['null']}；"
        + f"年度：对 {years['right']}，错 {years['wrong']}，未读出 {years['null']}。\n"
        + f"应当拒读的文件 {len(refusable)} 个，拒读 {sum(bool(judgement.refused) for judgement in refusable)} 个。\n{left_out}"
    )


def _family_row(family: Family, judgements: list[Judgement]) -> tuple[str, ...]:
    counts = total(judgements)
    return (f"`{family.key}`", family.title, str(counts["files"]), *(str(counts[kind]) for kind in KINDS))


def _formats(judgements: list[Judgement]) -> str:
    names = sorted({judgement.case.format for judgement in judgements})
    rows = []
    for name in names:
        counts = total(judgement for judgement in judgements if judgement.case.format == name)
        rows.append((f"`{name}`", str(counts["files"]), *(str(counts[kind]) for kind in KINDS)))
    return _table(("文件格式", "文件", *CHINESE.values()), rows)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [" | ".join(cells).replace("\\", "\\\\") for cells in (header, *rows)]
    rule = "|---|" + "---|" * (len(header) - 1)
    return "\n".join([f"| {lines[0]} |", rule, *(f"| {line} |" for line in lines[1:])]) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="leave misread files here")
    parser.add_argument("--family", action="append", choices=sorted(BY_KEY), metavar="KEY", help="only this family")
    chosen = parser.parse_args(arguments)
    families = [BY_KEY[key] for key in chosen.family] if chosen.family else list(FAMILIES)
    found = measured(families, chosen.keep)
    if not chosen.family:
        PAGE.write_text(page(found), "utf-8")
    everything = [judgement for judgements in found.values() for judgement in judgements]
    print(_summary(everything), end="")
    faulty = [judgement for judgement in everything if judgement.faults]
    for judgement in faulty:
        print(f"{judgement.case.file_name}: {len(judgement.faults)} ({judgement.faults[0]})")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())

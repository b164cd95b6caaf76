"""Clean files in every format, numbers of another scope in the prose (line 39), and several messes in one file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import TypeVar

from tests.corpus.families import flat, form, numbers, paper, zeros
from tests.corpus.family import SEED, SIZES, Case, Family, Mess, Origin, clean, messed
from tests.corpus.grids import Style
from tests.corpus.layout import Printed
from tests.corpus.outputs import OUTPUTS
from tests.corpus.splitting import repeated


def _prose(report: Printed, start: str, words: str) -> Printed:
    """The report with the paragraph after a topic written anew."""
    blocks = list(report.blocks)
    at = next(at for at, block in enumerate(blocks) if getattr(block, "text", "").startswith(start))
    paragraph = blocks[at + 1]
    blocks[at + 1] = replace(paragraph, text=words)
    return replace(report, blocks=tuple(blocks))


def _received(report: Printed) -> int:
    return int(report.expected["applications.new_received.total"].value or 0)


def _whole_county(report: Printed, rng: Random) -> Printed:
    own = _received(report)
    words = f"全县各级行政机关共收到政府信息公开申请{own + rng.randint(20, 90)}件，其中本机关收到{own}件，均依法办理。"
    return _prose(report, "（二）依申请公开", words)


def _with_carry_over(report: Printed, rng: Random) -> Printed:
    carried = int(report.expected["applications.carried_over.total"].value or 0)
    words = f"全年共受理政府信息公开申请{_received(report) + carried}件（含上年结转），均在法定期限内答复或者依法结转。"
    return _prose(report, "（二）依申请公开", words)


LABELS: dict[str, Mess] = {
    "一字之误": form.misprinted(1, 5),
    "半角标点": form.half_width,
    "编号1、": form.relabel(form.numbered("{}、"), "row:"),
    "条款在表外": form.captions_outside,
    "康熙部首": flat.radicals,
    "合计": form.relabel(form.swapped("总计", "合计"), "column:total"),
    "标签无误": clean,
}
VALUES: dict[str, Mess] = {
    "零写作-": zeros.zeros_as(zeros.mark("-")),
    "零写作/": zeros.zeros_as(zeros.mark("/")),
    "部分留空": zeros.zeros_as(zeros.BLANK, 0.5),
    "全角数字": numbers.rewritten(numbers.full_width, numbers.every),
    "有说明": numbers.noted("{n}（其中修订{part}件）"),
    "合计有误": numbers.faulty,
    "数字照常": clean,
}
SHAPES: dict[str, tuple[Style, Mess]] = {
    "合为一表": (Style(joined=True), clean),
    "总计在前": (Style(column_order="total_first"), clean),
    "有小计列": (Style(subtotals="columns"), clean),
    "换页重复表头": (Style(), flat.page_broken(repeated, header=True)),
    "换页重复分组": (Style(joined=True), flat.page_broken(repeated, header=False, seams=2)),
    "正文有表": (Style(), paper.prose_table),
    "拆成三张": (Style(remedies_split=True), clean),
}
OFTEN = (
    "html",
    "html-word",
    "docx",
    "text-fillers",
    "text-rows",
    "text-edges",
    "text-cells",
    "xlsx",
    "pdf",
    "markdown",
    "text-ragged-tabs",
)
COMBINATIONS = 72


def _combined() -> Iterable[Case]:
    """Each file takes one mess of each kind; every pair of two kinds comes up several times."""
    for at in range(COMBINATIONS):
        rng = Random(f"{SEED}/combined/{at}")
        edition = ("2019", "2021")[at % 2]
        (label, relabelled), (value, revalued) = _nth(LABELS, at, rng), _nth(VALUES, at // 2, rng)
        shape, (style, reshaped) = _nth(SHAPES, at // 3, rng)
        names = [name for name in OFTEN if OUTPUTS[name].blanks or value != "部分留空"]
        output = OUTPUTS[rng.choice(names)]
        report = Origin(style=style, scales=SIZES).report(edition, f"combined/{at}")
        for mess in (revalued, relabelled, reshaped):
            report = mess(report, rng)
        name = f"{at:02}-{edition}-{label}-{value}-{shape}-{output.name}".replace("/", "斜")
        yield Case("40-combined", name, output.name, output.suffix, report, output.write)


T = TypeVar("T")


def _nth(choices: dict[str, T], at: int, rng: Random) -> tuple[str, T]:
    names = list(choices)
    name = names[(at + rng.randrange(2)) % len(names)]
    return name, choices[name]


FAMILIES: tuple[Family, ...] = (
    messed("00-clean", "没有毛病的报告", clean, tuple(OUTPUTS)),
    messed(
        "00-clean-joined",
        "没有毛病的报告，第二部分一张表",
        clean,
        ("html", "docx", "text-fillers", "pdf", "xlsx"),
        Origin(style=Style(joined=True)),
    ),
    messed(
        "00-empty",
        "全年为零的报告",
        clean,
        ("html", "docx", "text-fillers", "text-cells", "pdf"),
        Origin(scales=("empty",)),
    ),
    messed(
        "39-county",
        "全县口径与本机关口径",
        _whole_county,
        ("html", "docx", "text-rows"),
        Origin(scales=("bureau", "county")),
    ),
    messed(
        "39-carry-over", "受理数含上年结转", _with_carry_over, ("html", "docx", "text-rows"), Origin(scales=("county",))
    ),
    Family("40-combined", 40, "几种情形同时出现", lambda: tuple(_combined())),
)

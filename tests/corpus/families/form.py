"""Lines 1 to 4: editions, drifting labels, numbering."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.corpus.family import Family, Mess, Origin, clean, messed
from tests.corpus.grids import Style
from tests.corpus.layout import Block, Grid, Line, Printed, Square

LATER = Origin(editions=("2019",), year=2022)
EARLIER = Origin(editions=("2021",), year=2020)
OLD_APPLICATIONS = Origin(editions=("2021",), applications="2019", year=2023)
NEW_APPLICATIONS = Origin(editions=("2019",), applications="2021", year=2021)
ONLY_2019 = Origin(editions=("2019",))

MISPRINTS = {
    "政": "攻", "息": "自", "规": "视", "处": "外", "理": "埋", "请": "清", "秘": "密", "密": "蜜", "权": "杖", "制": "刷",
    "案": "棠", "务": "夯", "构": "枃", "程": "桯", "查": "杳", "益": "盖", "第": "弟", "复": "夏", "掌": "拿", "版": "板",
    "获": "荻", "织": "识", "确": "碓", "强": "弹", "罚": "罸", "购": "构", "转": "轩", "继": "断",
}  # fmt: skip


def relabel(change: Callable[[str], str], *keys: str) -> Mess:
    """A mess of label texts; `keys` are the beginnings of the labels it touches, all when there are none."""

    def mess(report: Printed, rng: Random) -> Printed:
        def square(square: Square) -> Square:
            touched = square.is_label and (not keys or square.label.startswith(keys))
            return replace(square, text=change(square.text)) if touched else square

        return report.each_square(square)

    return mess


def swapped(first: str, second: str) -> Callable[[str], str]:
    return lambda text: text.replace(first, second)


def _normative(text: str) -> str:
    return text.removeprefix("行政") if text.startswith("行政规范") else f"行政{text}"


def numbered(pattern: str) -> Callable[[str], str]:
    """Sub-items numbered in another way: `{}` is the digit."""
    circled = "①②③④⑤⑥⑦⑧"

    def change(text: str) -> str:
        if not (text[:1].isdigit() and text[1:2] == "."):
            return text
        digit = circled[int(text[0]) - 1] if pattern == "circled" else pattern.format(text[0])
        return digit + text[2:]

    return change


def misprinted(count: int, shortest: int) -> Mess:
    """A wrong character or two, in one label out of three that is long enough to be recognised all the same."""

    def mess(report: Printed, rng: Random) -> Printed:
        def square(square: Square) -> Square:
            if not square.label.startswith("row:") or len(square.text) < shortest or rng.random() > 0.34:
                return square
            places = [at for at, letter in enumerate(square.text) if letter in MISPRINTS]
            letters = list(square.text)
            for at in rng.sample(places, min(count, len(places))):
                letters[at] = MISPRINTS[letters[at]]
            return replace(square, text="".join(letters))

        return report.each_square(square)

    return mess


def half_width(report: Printed, rng: Random) -> Printed:
    table = str.maketrans("（），：；“”", '(),:;""')
    report = report.each_square(lambda square: replace(square, text=square.text.translate(table)))
    return report.each_line(lambda line: replace(line, text=line.text.translate(table)))


def _section_five(report: Printed, rng: Random) -> Printed:
    titles = (
        "五、政府信息公开工作存在的主要问题及改进措施",
        "五、存在问题和下一步打算",
        "五、政府信息公开工作存在主要问题及改进情况",
    )
    title = rng.choice(titles)
    return report.each_line(lambda line: replace(line, text=title) if line.text.startswith("五、") else line)


def _captions(report: Printed, rng: Random) -> Printed:
    forms = {
        "第二十条第（一）项": "第二十条第一项",
        "第二十条第（五）项": "第二十条 第（五）项",
        "第二十条第（六）项": "第二十条第(六）项",
    }
    return relabel(lambda text: forms.get(text, text), "caption")(report, rng)


def captions_outside(report: Printed, rng: Random) -> Printed:
    """The captions of the articles as lines above their tables instead of rows inside them."""

    def grid(grid: Grid) -> list[Block]:
        caption = next((square for square in grid.squares if square.label.startswith("caption:")), None)
        if caption is None:
            return [grid]
        rest = tuple(replace(square, row=square.row - 1) for square in grid.squares if square is not caption)
        return [Line(caption.text, "caption"), replace(grid, squares=rest)]

    return report.each_grid(grid)


def _two_numberings(report: Printed, rng: Random) -> Printed:
    """The narrative numbered 一 to 六, the tables behind it numbered 一 to 三."""
    words: list[Block] = []
    tables: list[Block] = [Line("附件：政府信息公开工作年度报告统计表", "caption")]
    inside = ""
    for block in report.blocks:
        if isinstance(block, Line) and block.kind == "heading":
            inside = block.text
            words.append(block)
            if inside[0] in "二三四":
                words.append(Line("具体数据详见附件。"))
                title = inside.split("、", 1)[1]
                tables.append(Line({"二": "一、", "三": "二、", "四": "三、"}[inside[0]] + title, "heading"))
        elif isinstance(block, Grid):
            tables.append(block)
        else:
            words.append(block)
    return replace(report, blocks=(*words, *tables))


USUAL = ("html", "docx", "text-fillers")
FAMILIES: tuple[Family, ...] = (
    messed("01-old-form-later", "2022年的报告用2019年格式", clean, (*USUAL, "pdf"), LATER),
    messed("01-new-form-earlier", "2020年的报告用2021年格式", clean, (*USUAL, "xlsx"), EARLIER),
    messed(
        "02-old-applications",
        "2021年第二十条各表配2019年申请表",
        clean,
        (*USUAL, "pdf", "text-rows", "xlsx"),
        OLD_APPLICATIONS,
    ),
    messed(
        "02-new-applications",
        "2019年第二十条各表配2021年申请表",
        clean,
        (*USUAL, "pdf", "text-cells", "xlsx"),
        NEW_APPLICATIONS,
    ),
    messed("03-normative", "规范性文件与行政规范性文件混用", relabel(_normative, "row:normative"), USUAL),
    messed("03-reissue", "已获取信息写成已取信息", relabel(swapped("已获取", "已取"), "row:"), USUAL),
    messed(
        "03-total", "总计写成合计", relabel(swapped("总计", "合计"), "column:total", "column:re", "column:li"), USUAL
    ),
    messed("03-change", "本年增/减写成本年增减", relabel(swapped("增/减", "增减")), USUAL, ONLY_2019),
    messed(
        "03-other",
        "（六）其他处理写成（六）其他",
        relabel(swapped("其他处理", "其他"), "row:other", "group:other"),
        ("html", "text-rows"),
    ),
    messed("03-items-comma", "小项编号写成1、", relabel(numbered("{}、"), "row:"), ("html", "text-cells")),
    messed("03-items-bracket", "小项编号写成（1）", relabel(numbered("（{}）"), "row:"), ("docx", "text-rows")),
    messed("03-items-circled", "小项编号写成①", relabel(numbered("circled"), "row:"), ("html", "text-fillers")),
    messed("03-items-bare", "小项没有编号", relabel(numbered(""), "row:"), ("html", "docx")),
    messed("03-misprint-one", "标签错一个字", misprinted(1, 5), ("html", "text-fillers", "pdf")),
    messed("03-misprint-two", "标签错两个字", misprinted(2, 9), ("html", "text-rows")),
    messed("03-half-width", "括号标点用半角", half_width, ("html", "text-fillers")),
    messed("03-section-five", "第五部分标题改写", _section_five, ("html", "text-cells")),
    messed("03-captions", "条款名称写法不一", _captions, ("html", "text-rows")),
    messed("03-captions-outside", "条款名称在表外", captions_outside, ("html", "docx", "text-fillers")),
    messed("04-two-numberings", "正文一至六，附表一至三", _two_numberings, ("html", "docx", "text-rows", "pdf")),
    messed(
        "04-joined",
        "第二部分各项合为一张表",
        clean,
        ("html", "docx", "text-fillers", "xlsx", "pdf", "markdown-repeated"),
        Origin(style=Style(joined=True)),
    ),
)

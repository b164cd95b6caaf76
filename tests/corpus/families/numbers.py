"""Lines 7 to 11: units, signs, notes, digits and sums that are wrong on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.corpus.family import Family, Mess, Origin, messed
from tests.corpus.layout import Block, Grid, Line, Printed, Square
from tests.corpus.truth import Expected, Number, number

AMOUNTS = ("total_amount_wan", "fee_amount_wan")
ONLY_2019 = Origin(editions=("2019",))
LARGE = Origin(scales=("county", "city"))
SMALL_TO_LARGE = Origin(scales=("bureau", "county", "city"))


def amounts(shown: Callable[[Decimal], str], wan: Callable[[Random], Decimal]) -> Mess:
    """The amount of money of the report, in 万元, printed in another way."""

    def mess(report: Printed, rng: Random) -> Printed:
        cells = {}
        for address in report.expected:
            if address.endswith(AMOUNTS):
                value = wan(rng)
                cells[address] = number(value, shown(value))
        # A procurement has its money if and only if there was one.
        if "art20_9.centralized_procurement.project_count" in report.expected:
            cells["art20_9.centralized_procurement.project_count"] = number(rng.randint(1, 9))
        return report.with_cells(cells)

    return mess


def _hundredths(rng: Random) -> Decimal:
    return Decimal(rng.randint(105, 98765)) / 100


def _thousand_yuan(rng: Random) -> Decimal:
    return Decimal(rng.randint(20, 900)) / 10


def _yuan(value: Decimal) -> str:
    return f"{value * 10000:.0f}元"


def _header_says(unit: str) -> Mess:
    def mess(report: Printed, rng: Random) -> Printed:
        def square(square: Square) -> Square:
            if square.label.removeprefix("column:") not in AMOUNTS:
                return square
            return replace(square, text=square.text.split("（")[0] + f"（单位：{unit}）")

        return report.each_square(square)

    return mess


def both(first: Mess, second: Mess) -> Mess:
    return lambda report, rng: second(first(report, rng), rng)


def rewritten(shown: Callable[[Number], str], chosen: Callable[[str, Expected], bool]) -> Mess:
    """Numbers printed in another way, their value the same."""

    def mess(report: Printed, rng: Random) -> Printed:
        return report.with_cells(
            {
                address: number(cell.value, shown(cell.value))
                for address, cell in report.expected.items()
                if cell.value is not None and chosen(address, cell)
            }
        )

    return mess


def every(address: str, cell: Expected) -> bool:
    return True


def _with_unit(report: Printed, rng: Random) -> Printed:
    units = {"prior_year_count": "项", "change": "项", "project_count": "个"}
    return report.with_cells(
        {
            address: number(cell.value, cell.text + units.get(address.rsplit(".", 1)[1], "件"))
            for address, cell in report.expected.items()
            if address.startswith("art20") and not address.endswith(AMOUNTS) and cell.value is not None
        }
    )


def changes(shown: Callable[[int], str]) -> Mess:
    """The signed column of the 2019 form with numbers in it, printed in another way."""

    def mess(report: Printed, rng: Random) -> Printed:
        cells = {}
        for address in report.expected:
            if address.endswith(".change"):
                change = rng.choice((-4, 12, 1036, -1, 3))
                cells[address] = number(change, shown(change))
                before = address.replace(".change", ".prior_year_count")
                cells[before] = number(rng.randint(4, 300))
        return report.with_cells(cells)

    return mess


def noted(*notes: str) -> Mess:
    """Some numbers with a note behind them: `{n}` is the number, `{part}` a smaller one."""

    def mess(report: Printed, rng: Random) -> Printed:
        cells = {}
        for address, cell in report.expected.items():
            whole = cell.value is not None and cell.value == int(cell.value) and cell.value > 1
            counted = whole and not address.endswith((".change", *AMOUNTS))
            if counted and (address.startswith("art20") or rng.random() < 0.2):
                text = rng.choice(notes).format(n=cell.text, part=rng.randint(1, int(cell.value or 1)))
                cells[address] = number(cell.value or 0, text)
        return report.with_cells(cells)

    return mess


def full_width(value: Number) -> str:
    return str(value).translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－"))


def _spaced(value: Number) -> str:
    digits = f"{value:,}".replace(",", " ")
    return digits if " " in digits else f" {digits}　"


def _large(address: str, cell: Expected) -> bool:
    return abs(cell.value or 0) >= 1000


def _grown(mess: Mess) -> Mess:
    """Makes sure that there are numbers of four digits and more to print."""

    def with_large(report: Printed, rng: Random) -> Printed:
        grown = {
            address: number(rng.randint(1000, 1234567))
            for address in report.expected
            if address.endswith((".decisions", ".in_force", ".total_disclosed"))
        }
        return mess(report.with_cells(grown), rng)

    return with_large


def faulty(report: Printed, rng: Random) -> Printed:
    """Sums that are wrong on paper: the reader reads what is printed, the checker says that it is wrong."""
    cells = {}
    for address in rng.sample([a for a in report.expected if a.startswith(("applications", "remedies"))], 6):
        value = report.expected[address].value or 0
        cells[address] = number(value + rng.choice((1, 2, 10)))
    return report.with_cells(cells)


def _footnote(report: Printed, rng: Random) -> Printed:
    """A footnote that explains why a total is not the sum of its column."""
    address = "applications.new_received.total"
    value = report.expected[address].value or 0
    report = report.with_cells({address: number(value + 3)})

    def grid(grid: Grid) -> list[Block]:
        if grid.key != "applications":
            return [grid]
        return [grid, Line("注：本年新收总计中另含区外转来申请3件，未分列申请人类别；其他处理不含2019年度结转的1件。")]

    return report.each_grid(grid)


def _footnote_row(report: Printed, rng: Random) -> Printed:
    """The same as the last row of the table, across all its columns."""

    def grid(grid: Grid) -> list[Block]:
        if grid.key != "applications":
            return [grid]
        note = Square(
            "备注：以上数据不含乡镇，其中2件为上年度受理、本年度办结。",
            grid.row_count,
            0,
            1,
            grid.column_count,
            label="footnote",
        )
        return [replace(grid, squares=(*grid.squares, note))]

    return report.each_grid(grid)


def _starred(report: Printed, rng: Random) -> Printed:
    chosen = [address for address, cell in report.expected.items() if (cell.value or 0) > 1][:4]
    report = report.with_cells(
        {a: number(report.expected[a].value or 0, f"{report.expected[a].text}*") for a in chosen}
    )

    def grid(grid: Grid) -> list[Block]:
        return [grid, Line("*含受委托组织办理数量。")] if grid.key == "applications" else [grid]

    return report.each_grid(grid)


USUAL = ("html", "docx", "text-fillers")
FAMILIES: tuple[Family, ...] = (
    messed("07-yuan", "金额以元写在格内", amounts(_yuan, _thousand_yuan), (*USUAL, "pdf")),
    messed("07-wan", "金额带万元", amounts(lambda value: f"{value}万元", _hundredths), (*USUAL, "xlsx")),
    messed("07-bare", "金额只写数字", amounts(str, _hundredths), (*USUAL, "xlsx", "pdf")),
    messed(
        "07-header-yuan",
        "表头单位是元",
        both(amounts(lambda value: f"{value * 10000:.0f}", _thousand_yuan), _header_says("元")),
        ("html", "docx"),
    ),
    messed(
        "07-header-wan", "表头单位是万元", both(amounts(str, _hundredths), _header_says("万元")), ("html", "text-rows")
    ),
    messed("07-counts", "件数带单位", _with_unit, ("html", "docx", "text-cells")),
    messed(
        "08-words",
        "增减写成字",
        changes(lambda value: f"{'减' if value < 0 else '增'}{abs(value)}"),
        ("html", "docx", "text-fillers", "pdf"),
        ONLY_2019,
    ),
    messed(
        "08-long-words",
        "增减写成增加、减少",
        changes(lambda value: f"{'减少' if value < 0 else '增加'}{abs(value)}"),
        ("html", "text-rows"),
        ONLY_2019,
    ),
    messed("08-plus", "带正号", changes(lambda value: f"{value:+}"), ("html", "text-cells", "xlsx"), ONLY_2019),
    messed(
        "08-true-minus", "用数学减号", changes(lambda value: str(value).replace("-", "−")), ("html", "docx"), ONLY_2019
    ),
    messed(
        "09-notes",
        "格内有说明",
        noted("{n}（其中修订{part}件）", "{n}(含镇街{part}件)", "{n}件（其中{part}件为转办）"),
        ("html", "docx", "text-rows", "xlsx"),
        SMALL_TO_LARGE,
    ),
    messed(
        "09-notes-below", "说明另起一行", noted("{n}\n（其中修订{part}件）"), ("html", "docx", "pdf"), SMALL_TO_LARGE
    ),
    messed("10-full-width", "全角数字", rewritten(full_width, every), ("html", "docx", "text-fillers", "pdf")),
    messed(
        "10-thousands",
        "千分位",
        _grown(rewritten(lambda value: f"{value:,}", _large)),
        ("html", "docx", "text-rows", "pdf", "xlsx"),
        LARGE,
    ),
    messed(
        "10-wide-comma",
        "全角千分位",
        _grown(rewritten(lambda value: f"{value:,}".replace(",", "，"), _large)),
        ("html", "text-cells"),
        LARGE,
    ),
    messed("10-spaces", "数字中有空格", _grown(rewritten(_spaced, every)), ("html", "docx"), LARGE),
    messed(
        "10-decimals",
        "四位小数",
        amounts(str, lambda rng: Decimal(rng.randint(1010001, 99990001)) / 10000),
        ("html", "xlsx", "text-fillers"),
    ),
    messed("11-footnote", "表下注明合计口径", _footnote, ("html", "docx", "text-rows", "pdf")),
    messed("11-footnote-row", "表末一行备注", _footnote_row, ("html", "docx", "text-fillers", "xlsx")),
    messed("11-starred", "数字带星号", _starred, ("html", "text-rows"), SMALL_TO_LARGE),
    messed(
        "11-faulty",
        "印出的合计有误",
        faulty,
        ("html", "docx", "text-fillers", "text-rows", "text-cells", "pdf", "xlsx", "markdown"),
    ),
)

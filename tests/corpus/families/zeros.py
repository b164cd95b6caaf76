"""Lines 5 and 6: blank, marked and unfilled cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from random import Random

from tests.corpus.family import Family, Mess, Way, messed, written
from tests.corpus.formats import html, word
from tests.corpus.layout import Printed
from tests.corpus.outputs import OUTPUTS
from tests.corpus.truth import Expected, number

BLANK = Expected("blank", None, "")


def mark(text: str) -> Expected:
    return Expected("mark", None, text)


def zeros_as(printed: Expected, share: float = 1.0) -> Mess:
    """Every zero, or a share of the rows' zeros, printed in another way."""

    def mess(report: Printed, rng: Random) -> Printed:
        rows = sorted({address.rsplit(".", 1)[0] for address in report.expected})
        chosen = {row for row in rows if rng.random() < share}
        return report.with_cells(
            {
                address: printed
                for address, cell in report.expected.items()
                if cell.value == 0 and address.rsplit(".", 1)[0] in chosen
            }
        )

    return mess


def _all_blank(tables: tuple[str, ...]) -> Mess:
    def mess(report: Printed, rng: Random) -> Printed:
        return report.with_cells({address: BLANK for address in report.expected if address.startswith(tables)})

    return mess


def _total_only(report: Printed, rng: Random) -> Printed:
    """Only the total column of the applications is filled in."""
    return report.with_cells(
        _emptied(report.expected, lambda a: a.startswith("applications") and not a.endswith(".total"))
    )


def _emptied(cells: Mapping[str, Expected], chosen: Callable[[str], bool]) -> dict[str, Expected]:
    return {address: BLANK for address in cells if chosen(address)}


def _nbsp(text: str) -> str:
    return html.plain(text) or "&nbsp;"


NBSP = Way(
    "nbsp",
    "html",
    ".html",
    lambda printed: html.Page().around(html.body(printed, partial(html.table, inner=_nbsp))).encode(),
)
EMPTY_PARAGRAPHS = Way("paragraphs", "docx", ".docx", lambda printed: word.word(printed, word.Paper(word.empty_around)))
WORD_HTML = Way("word", "html-word", ".htm", OUTPUTS["html-word"].write)

SHOWING = ("html", "docx", "text-fillers", "text-rows")
FAMILIES: tuple[Family, ...] = (
    messed("05-empty", "零一律留空", zeros_as(BLANK), (*SHOWING, "text-tabs", "markdown", "xlsx", "pdf")),
    messed("05-some-empty", "有的行零留空", zeros_as(BLANK, 0.5), ("html", "text-fillers", "text-edges", "xlsx")),
    written("05-nbsp", "空格用&nbsp;、Word空段落", (NBSP, WORD_HTML, EMPTY_PARAGRAPHS), zeros_as(BLANK)),
    messed("05-dash", "零写作-", zeros_as(mark("-")), (*SHOWING, "text-cells", "pdf")),
    messed("05-long-dash", "零写作—", zeros_as(mark("—")), ("html", "pdf", "text-pipes")),
    messed("05-double-dash", "零写作——", zeros_as(mark("——")), ("html", "text-rows")),
    messed("05-wide-dash", "零写作－", zeros_as(mark("－")), ("html", "docx")),
    messed("05-slash", "零写作/", zeros_as(mark("/")), ("html", "text-fillers", "pdf", "xlsx")),
    messed("05-backslash", "零写作\\", zeros_as(mark("\\")), ("html", "docx")),
    messed("05-none", "零写作无", zeros_as(mark("无")), ("html", "text-cells", "pdf")),
    messed("05-circle", "零写作〇", zeros_as(number(0, "〇")), ("html", "docx", "text-fillers")),
    messed("05-total-only", "只填总计列", _total_only, ("html", "docx", "text-fillers", "xlsx", "pdf")),
    messed(
        "06-form-blank", "整份表格未填", _all_blank(("art20", "applications", "remedies")), (*SHOWING, "pdf", "xlsx")
    ),
    messed("06-table-blank", "申请表未填", _all_blank(("applications",)), (*SHOWING, "xlsx")),
    messed("06-remedies-blank", "复议诉讼表未填", _all_blank(("remedies",)), ("html", "docx", "text-edges", "pdf")),
)

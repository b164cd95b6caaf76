"""Line 36: columns, rows and tables in another arrangement."""

from __future__ import annotations

from tests.corpus.family import Family, Origin, clean, messed
from tests.corpus.grids import Style


def arranged(key: str, title: str, outputs: tuple[str, ...], style: Style) -> Family:
    return messed(key, title, clean, outputs, Origin(style=style, scales=("town", "bureau", "county")))


FAMILIES: tuple[Family, ...] = (
    arranged(
        "36-total-first",
        "总计列在最前",
        ("html", "docx", "text-rows", "pdf", "xlsx"),
        Style(column_order="total_first"),
    ),
    arranged(
        "36-columns-turned",
        "列的次序颠倒",
        ("html", "docx", "text-tabs", "markdown", "xlsx"),
        Style(column_order="turned"),
    ),
    arranged(
        "36-rows-turned", "行的次序颠倒", ("html", "docx", "text-rows", "text-cells", "pdf"), Style(row_order="turned")
    ),
    arranged(
        "36-subtotal-column",
        "另有小计列",
        ("html", "docx", "text-rows", "text-fillers", "xlsx"),
        Style(subtotals="columns"),
    ),
    arranged(
        "36-subtotal-rows", "另有小计行", ("html", "docx", "text-rows", "text-fillers", "pdf"), Style(subtotals="rows")
    ),
    arranged("36-subtotals", "小计列与小计行", ("html", "markdown", "xlsx"), Style(subtotals="columns rows")),
    arranged("36-one-table", "各表合为一张", ("html", "docx", "text-rows", "xlsx", "pdf"), Style(one_table=True)),
    arranged(
        "36-split-remedies",
        "复议诉讼表拆成三张",
        ("html", "docx", "text-rows", "text-cells", "text-fillers", "pdf"),
        Style(remedies_split=True),
    ),
    arranged(
        "36-all",
        "几种排法同时出现",
        ("html", "docx", "xlsx"),
        Style(joined=True, column_order="total_first", row_order="turned", subtotals="rows", remedies_split=True),
    ),
)

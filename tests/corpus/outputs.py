"""Every file format of the corpus by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.corpus.formats import html, pdf, sheets, text, word
from tests.corpus.layout import Printed


@dataclass(frozen=True, slots=True)
class Output:
    """A way to write a report; `blanks` says whether an empty cell still shows in the file."""

    name: str
    suffix: str
    write: Callable[[Printed], bytes]
    blanks: bool = True


def _text(table: text.TableText) -> Callable[[Printed], bytes]:
    return lambda printed: text.text(printed, table).encode()


def _markdown(table: text.TableText) -> Callable[[Printed], bytes]:
    return lambda printed: text.markdown_headings(printed, table).encode()


def _html(inner: html.Inner) -> Callable[[Printed], bytes]:
    return lambda printed: html.Page().around(html.body(printed, partial(html.table, inner=inner), html.plain)).encode()


def _word(paper: word.Paper) -> Callable[[Printed], bytes]:
    return lambda printed: word.word(printed, paper)


def _pdf(press: pdf.Press) -> Callable[[Printed], bytes]:
    return lambda printed: pdf.pdf(printed, press)


_ALL = (
    Output("text-fillers", ".txt", _text(text.cells_with_fillers)),
    Output("text-rows", ".txt", _text(text.rows_with_pipes)),
    Output("text-edges", ".txt", _text(text.rows_in_pipes)),
    Output("text-cells", ".txt", _text(text.one_cell_a_line), blanks=False),
    Output("text-pipes", ".txt", _text(text.pipes_alone), blanks=False),
    Output("text-tabs", ".txt", _text(text.tabs)),
    Output("text-ragged-tabs", ".tsv", _text(text.ragged_tabs)),
    Output("markdown", ".md", _markdown(text.markdown)),
    Output("markdown-repeated", ".md", _markdown(text.markdown_repeated)),
    Output("html", ".html", _html(html.plain)),
    Output("html-word", ".htm", _html(html.soup)),
    Output("docx", ".docx", _word(word.Paper())),
    Output("docx-styled", ".docx", _word(word.Paper(styled=True, core_title="年度报告"))),
    Output("xlsx", ".xlsx", sheets.sheets),
    Output(
        "xlsx-sheets", ".xlsx", lambda printed: sheets.sheets(printed, sheets.Workbook("many", typed=False, offset=1))
    ),
    Output("pdf", ".pdf", _pdf(pdf.Press())),
    Output("pdf-landscape", ".pdf", _pdf(pdf.Press(landscape=True, footer="— %p —", repeat_header=True))),
    Output("pdf-unruled", ".pdf", _pdf(pdf.Press(ruled=False, footer="第%p页"))),
)
OUTPUTS = {output.name: output for output in _ALL}

"""HTML as government websites serve it: clean, exported from Word, inside layout tables, inside a script (lines 12 to 17)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from tests.corpus.layout import Grid, Line, Printed, Square

Inner = Callable[[str], str]


def plain(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def soup(text: str) -> str:
    """Text as Word exports it: a paragraph, a span for every run, the runs cut anywhere."""
    if not text.strip():
        return '<p class="MsoNormal" align="center"><span lang="EN-US"><o:p>&nbsp;</o:p></span></p>'
    cut = max(1, len(text) // 3)
    runs = [text[at : at + cut] for at in range(0, len(text), cut)]
    spans = "".join(f'<span style="font-size:10.5pt;font-family:仿宋_GB2312">{plain(run)}</span>' for run in runs)
    return f'<p class="MsoNormal" align="center" style="text-align:center">\r\n{spans}<o:p></o:p></p>'


def fonts(text: str) -> str:
    """Old editors: nested font elements, each piece of a label in its own."""
    middle = len(text) // 2
    first, second = plain(text[:middle]), plain(text[middle:])
    return f'<font face="宋体"><font size="2">{first}</font></font><font face="宋体" size="2">{second}</font>'


def paragraphs(text: str) -> str:
    """A label cut in two paragraphs, as a narrow column makes authors do."""
    if len(text) < 4 or text.strip().isascii():
        return f"<p>{plain(text)}</p>"
    middle = len(text) // 2
    return f"<p>{plain(text[:middle])}</p>\n<p>{plain(text[middle:])}</p>"


def broken(text: str) -> str:
    """A label cut by line breaks, as a narrow column makes authors do."""
    if len(text) < 4 or text.strip().isascii():
        return plain(text)
    return "<br/>\n".join(plain(text[at : at + 4]) for at in range(0, len(text), 4))


def stacked(text: str) -> str:
    """Line 28 in HTML: one letter a line."""
    return "<br>".join(plain(letter) for letter in text)


def table(grid: Grid, inner: Inner = plain, label: Inner | None = None) -> str:
    """A table with real spans; `label` writes the label cells, `inner` the others."""
    rows = "\n".join(
        "<tr>" + "".join(_cell(square, (label or inner) if square.is_label else inner) for square in row) + "</tr>"
        for row in grid.rows()
    )
    return f'<table border="1" cellspacing="0" cellpadding="0">\n{rows}\n</table>'


def table_with_fillers(grid: Grid, inner: Inner = plain) -> str:
    """Line 13: no spans at all, empty cells in their place."""
    places = {(square.row, square.column): square for square in grid.squares}
    rows = []
    for row in range(grid.row_count):
        cells = (places.get((row, column)) for column in range(grid.column_count))
        rows.append("<tr>" + "".join(f"<td>{inner(square.text) if square else ''}</td>" for square in cells) + "</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _cell(square: Square, inner: Inner) -> str:
    spans = f' rowspan="{square.row_span}"' if square.row_span > 1 else ""
    spans += f' colspan="{square.column_span}"' if square.column_span > 1 else ""
    return f"<td{spans}>{inner(square.text)}</td>"


def body(printed: Printed, tables: Callable[[Grid], str] = table, line: Inner = plain) -> str:
    """The report's own part of a page."""
    return "\n".join(tables(block) if isinstance(block, Grid) else _line(block, line) for block in printed.blocks)


def _line(line: Line, inner: Inner) -> str:
    if line.kind == "break":
        return '<br clear="all" style="page-break-before:always">'
    if line.kind == "title":
        return f"<h1>{inner(line.text)}</h1>"
    if line.kind == "heading":
        return f"<p><strong>{inner(line.text)}</strong></p>"
    return f"<p>&emsp;&emsp;{inner(line.text)}</p>"


@dataclass(frozen=True, slots=True)
class Page:
    """What stands around a report: the head, what comes before and after."""

    title: str = "政府信息公开年报"
    charset: str = "utf-8"
    before: str = ""
    after: str = ""

    def around(self, content: str) -> str:
        meta = f'<meta charset="{self.charset}">' if self.charset else ""
        head = f"<head>{meta}<title>{escape(self.title)}</title></head>"
        return f"<!DOCTYPE html>\n<html>\n{head}\n<body>\n{self.before}{content}{self.after}\n</body>\n</html>\n"


CHROME = Page(
    title="青溪县人民政府门户网站",
    before=(
        '<script>var today = new Date(); var items = [12, 34, 56];</script>\n<div class="top">'
        '今天是 2026年3月18日 星期三 <a href="/">首页</a> | <a href="/zwgk">政务公开</a> | <a href="/hd">互动交流</a></div>\n'
        '<ul class="nav"><li>一、机构概况</li><li>二、政策文件</li><li>三、财政信息</li></ul>\n'
        '<div class="place">当前位置：首页 &gt; 政务公开 &gt; 政府信息公开年报</div>\n'
        '<div class="info">发布时间：2026-02-11 09:30　来源：本站　浏览次数：<span id="hits">1284</span>次　字号：[大 中 小]</div>\n'
        '<div id="content">'
    ),
    after=(
        '</div>\n<div class="share">分享到：微信 微博</div>\n<p>上一篇：青溪县2018年政府信息公开工作年度报告</p>\n'
        "<p>下一篇：没有了</p>\n<table><tr><td>主办单位：青溪县人民政府办公室</td><td>备案号：00000000</td></tr>"
        "<tr><td>网站标识码：0000000000</td><td>访问量：1036</td></tr></table>\n"
        "<script>document.getElementById('hits').innerHTML = 1285;</script>"
    ),
)

LAYOUT_TABLES = Page(
    before='<table width="1000"><tr><td width="200"><table><tr><td>栏目导航</td></tr><tr><td>信息公开年报</td></tr></table></td>'
    '<td><table width="100%"><tr><td class="content">',
    after="</td></tr></table></td></tr><tr><td colspan='2'>版权所有</td></tr></table>",
)


def metadata_page(agency: str, title: str) -> Page:
    """Line 14: the index table that most disclosure pages print above the text."""
    return Page(
        before='<table class="index"><tr><td>索引号：</td><td>000014349/2026-00012</td><td>信息分类：</td><td>政府信息公开年报</td></tr>'
        f"<tr><td>发布机构：</td><td>{agency}</td><td>生成日期：</td><td>2026-01-19</td></tr>"
        f'<tr><td>名称：</td><td colspan="3">{escape(title)}</td></tr>'
        "<tr><td>文号：</td><td>无</td><td>关键词：</td><td>年报 20</td></tr></table>\n"
    )


def in_script(content: str) -> str:
    """Line 15: the whole text as a script string with escaped quotes, written into the page when it loads."""
    quoted = json.dumps(content, ensure_ascii=False).replace("</", "<\\/")
    return (
        f'<div id="zoom"></div>\n<script type="text/javascript">\nvar content = {quoted};\n'
        "$('#zoom').html(content);\n</script>"
    )

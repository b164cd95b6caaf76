"""A report as a clerk would hand it in: 青溪县 2022 on the form of 2021, composed straight into the document model."""

from __future__ import annotations

from decimal import Decimal

from gongkai.documents.model import Block, Document, Heading, Paragraph, Table, TableCell
from gongkai.regulation.annual_report.forms import Form, FormTable, Row, form

TITLE = "青溪县人民政府办公室2022年政府信息公开工作年度报告"
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
LABEL_COLUMNS = 3
PREAMBLE = (
    "本报告依据《中华人民共和国政府信息公开条例》（国务院令第711号）和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国"
    "政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）编制。所列数据的统计期限为2022年1月1日至12月31日。本报告可在"
    "青溪县人民政府网站下载；如有疑问，请与青溪县人民政府办公室联系（地址：青溪县清风路1号，电话：0000-1234567）。"
)
OVERVIEW = {
    "主动公开": "主动公开政府信息5687条，发布政策解读64篇，其中2篇入选优秀材料，召开新闻发布会10场，回应关切353条。",
    "依申请公开": "全年收到自然人申请21件，均在法定期限内答复，办结率100%；没有收取信息处理费。",
    "政府信息管理": "落实“三审三校”制度，对314件行政规范性文件逐件标注效力，废止3件。",
    "政府信息公开平台建设": "政府网站和政务新媒体统一管理，微博发布618条，微信公众号推送801篇，留言3个工作日内回复。",
    "监督保障": "将政务公开纳入年度考核，开展业务培训4次，未发生责任追究情形。",
}
APPLICATIONS = {
    "new_received": (21, 0, 0, 0, 0, 0),
    "granted": (12, 0, 0, 0, 0, 0),
    "partially_granted": (4, 0, 0, 0, 0, 0),
    "denied_state_secret": (1, 0, 0, 0, 0, 0),
    "unable_not_held": (3, 0, 0, 0, 0, 0),
    "carried_forward": (1, 0, 0, 0, 0, 0),
}
AMOUNTS = {"fee_amount_wan": Decimal("7730.28"), "decisions": 550, "issued": 5, "repealed": 3, "in_force": 314}


def sample_report(form_edition: str = "2021") -> Document:
    """Title, preamble, six sections and all statutory tables."""
    edition = form(form_edition)
    blocks: list[Block] = [Heading(TITLE, 1), Paragraph(PREAMBLE)]
    for section in edition.sections:
        blocks.append(Heading(f"{section.numbering}、{section.label}", 2))
        if section.content == "tables":
            blocks.extend(_tables_of(edition, section.key))
        elif section.key == "overview":
            for number, (topic, text) in zip("一二三四五", OVERVIEW.items(), strict=True):
                blocks.extend([Heading(f"（{number}）{topic}", 3), Paragraph(text)])
        else:
            blocks.append(
                Paragraph("存在的主要问题是政策解读形式不够丰富。下一步，将增加图解和短视频，请群众评一评、改一改。")
            )
    return Document(tuple(blocks), title=TITLE)


def _tables_of(edition: Form, section: str) -> list[Table]:
    tables = [table for table in edition.tables if table.section == section]
    return [TABLES.get(table.key, simple_table)(table) for table in tables]


def simple_table(table: FormTable) -> Table:
    """A table of article 20: labels down the left, columns across."""
    cells = [TableCell(table.row_header_label, 0, 0, is_header=True)]
    cells += [TableCell(column.label, 0, at, is_header=True) for at, column in enumerate(table.columns, 1)]
    for row, line in enumerate(table.rows, 1):
        cells.append(TableCell(line.label, row, 0, is_header=True))
        for column, entry in enumerate(table.columns, 1):
            value = AMOUNTS.get(entry.key, 0)
            cells.append(TableCell(str(value), row, column, number=value))
    return Table(tuple(cells), caption=table.caption, key=table.key)


def applications_table(table: FormTable) -> Table:
    """Applications received and handled: 3 columns of labels, 7 of figures, 3 header rows."""
    cells = [
        TableCell(NOTE, 0, 0, 3, LABEL_COLUMNS, is_header=True),
        TableCell("申请人情况", 0, 3, 1, 7, is_header=True),
        TableCell("自然人", 1, 3, 2, 1, is_header=True),
        TableCell("法人或其他组织", 1, 4, 1, 5, is_header=True),
        *(TableCell(column.label, 2, at, is_header=True) for at, column in enumerate(table.columns[1:6], 4)),
        TableCell("总计", 1, 9, 2, 1, is_header=True),
    ]
    lines = [line for line in table.rows if line.is_data]
    results = [row for row, line in enumerate(lines, 3) if _group(table, line) and not line.computed]
    for row, line in enumerate(lines, 3):
        cells += _labels(table, lines, line, row)
        cells += _figures(line, row, lines, results)
    return Table(tuple(cells), key=table.key, column_widths=(2.2, 8.4, 15, *[3.05] * 7))


def _group(table: FormTable, line: Row) -> list[Row]:
    """The header rows above a line, from the nearest to the outermost."""
    by_key = {row.key: row for row in table.rows}
    above = []
    while line.parent:
        line = by_key[line.parent]
        above.append(line)
    return above


def _labels(table: FormTable, lines: list[Row], line: Row, row: int) -> list[TableCell]:
    groups = _group(table, line)
    labels = [TableCell(_label(line), row, len(groups), 1, LABEL_COLUMNS - len(groups), is_header=True)]
    for level, group in enumerate(reversed(groups)):
        members = [other for other in lines if group in _group(table, other)]
        if members[0] is line:
            labels.append(TableCell(_label(group), row, level, len(members), is_header=True))
    return labels


def _label(line: Row) -> str:
    separator = "" if line.numbering.endswith(("）", ".")) else "、"
    return f"{line.numbering}{separator}{line.label}"


def _figures(line: Row, row: int, lines: list[Row], results: list[int]) -> list[TableCell]:
    values = APPLICATIONS.get(line.key, (0,) * 6)
    if line.computed:
        shown = [APPLICATIONS.get(lines[at - 3].key, (0,) * 6) for at in results]
        values = tuple(sum(column) for column in zip(*shown, strict=True))
    cells = []
    for column, value in enumerate((*values, sum(values)), LABEL_COLUMNS):
        sum_of: tuple[tuple[int, int], ...] = ()
        if column == LABEL_COLUMNS + 6:
            sum_of = tuple((row, other) for other in range(LABEL_COLUMNS, LABEL_COLUMNS + 6))
        elif line.computed:
            sum_of = tuple((at, column) for at in results)
        cells.append(TableCell(str(value), row, column, number=value, sum_of=sum_of))
    return cells


def remedies_table(table: FormTable) -> Table:
    """Reconsideration and litigation: 15 columns under 3 header rows, one row of figures without a label."""
    cells = [
        TableCell("行政复议", 0, 0, 2, 5, is_header=True),
        TableCell("行政诉讼", 0, 5, 1, 10, is_header=True),
        TableCell("未经复议直接起诉", 1, 5, 1, 5, is_header=True),
        TableCell("复议后起诉", 1, 10, 1, 5, is_header=True),
    ]
    for at, column in enumerate(table.columns):
        cells.append(TableCell(column.label, 2, at, is_header=True))
        value = {0: 10, 1: 1, 4: 11}.get(at, 0)
        sum_of = tuple((3, other) for other in range(at - 4, at)) if column.computed else ()
        cells.append(TableCell(str(value), 3, at, number=value, sum_of=sum_of))
    return Table(tuple(cells), key=table.key)


TABLES = {"applications": applications_table, "remedies": remedies_table}

"""DOCX: a file one goes on editing, with real styles, real merged cells and the layout of official documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from lxml import etree

from gongkai.documents.model import Document, Figure, Flow, Heading, Mark, Paragraph, Table, TableCell
from gongkai.documents.writers import docx_styles as styles
from gongkai.documents.writers import drawings, layout, marks

DEEPEST_HEADING = 6
TITLE_EMS = 19
CLOSING_EMS = 4
"""How far a signature's longest line stands from the right margin."""
MOST_ROWS_ON_A_PAGE = 36
MOST_AIRY_ROWS = 12
"""A table of no more rows than this has rows 8 mm high, as the official forms print them."""
TWIPS_PER_MM = 1440 / 25.4
NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest date that a ZIP archive can hold, for files that must not depend on when they were written."""


def render(document: Document) -> bytes:
    """The document as a DOCX without a date of its own: equal documents give equal bytes."""
    file = docx.Document()
    _drop_the_picture_of_the_template(file)
    is_letter, pitch = layout.is_letter(document), layout.line_pitch(document)
    styles.set_up(file, pitch=pitch, is_letter=is_letter)
    _properties(file, document)
    content = "".join(_body_xml(document, file, pitch))
    if document.mark:
        content += _mark_xml(document.mark, is_letter=is_letter)
    body = parse_xml(f"<w:body {nsdecls('w')}>{content}</w:body>")
    if document.mark:
        _draw_code(file, body, document.mark, LETTER_CODE_MM if is_letter else CODE_MM)
    end = file.element.body.sectPr
    for element in list(body):
        end.addprevious(element)
    unfinished = BytesIO()
    file.save(unfinished)
    return _finished(unfinished)


def _drop_the_picture_of_the_template(file: DocxDocument) -> None:
    """A new document brings a thumbnail of its template along: of another text, and a picture that nobody can check by program."""
    rels = file.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        del rels[key]


def _properties(file: DocxDocument, document: Document) -> None:
    properties = file.core_properties
    properties.title, properties.language = layout.title_of(document)[:255], "zh-CN"
    properties.author = properties.comments = properties.keywords = ""
    properties.created = properties.modified = NO_DATE.replace(tzinfo=None)


def _finished(unfinished: BytesIO) -> bytes:
    """The archive with our table of fonts, and with no trace of when it was made."""
    finished = BytesIO()
    with ZipFile(unfinished) as source, ZipFile(finished, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, date_time=NO_DATE.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, styles.font_table() if name == "word/fontTable.xml" else source.read(name))
    return finished.getvalue()


def _body_xml(document: Document, file: DocxDocument, pitch: float) -> Iterator[str]:
    for place, (block, sticky) in enumerate(
        zip(document.blocks, layout.leads_to_closing(document.blocks), strict=True)
    ):
        if isinstance(block, Heading):
            yield _heading_xml(block)
        elif isinstance(block, Paragraph) and block.layout == "closing":
            yield from _closing_xml(block, pitch)
        elif isinstance(block, Paragraph):
            style = _style_xml(styles.LAYOUTS[block.layout]) + ("<w:keepNext/>" if sticky else "")
            yield _paragraph_xml(style, layout.printable(block.text))
        else:
            table = layout.at_printable(layout.table_of(block) if isinstance(block, Flow) else block)
            if table.cells:
                yield from _table_xml(table)
        for figure in drawings.figures_behind(document, place):
            yield _figure_xml(figure, file)


def _figure_xml(figure: Figure, file: DocxDocument) -> str:
    """A picture in a paragraph of its own, with its words for whoever can't see it; nothing of it is text of the file."""
    drawn = drawings.picture(figure, styles.TEXT_WIDTH_MM)
    relation, _ = file.part.get_or_add_image(BytesIO(drawn.png))
    # The code of the mark has number 1.
    number = len(file.part.rels) + 1
    name = f"chart-{number}.png"
    inline = CT_Inline.new_pic_inline(number, relation, name, Mm(drawn.width_mm), Mm(drawn.height_mm))
    inline.docPr.set("descr", drawn.words)
    # A line as high as the picture: the body's lines are of a fixed height and would cut it.
    style = f'{_style_xml(styles.TABLE_TEXT)}<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>'
    drawing = etree.tostring(inline, encoding="unicode")
    return f"<w:p><w:pPr>{style}</w:pPr><w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>"


def _heading_xml(heading: Heading) -> str:
    level = min(max(heading.level, 1), DEEPEST_HEADING)
    text = layout.printable(heading.text)
    if level == 1:
        text = "\n".join(layout.heading_lines(text, TITLE_EMS))
    return _paragraph_xml(_style_xml(styles.heading(level)), text)


CODE_MM, LETTER_CODE_MM = 26, 20
LETTER_MARK_MM = 3
"""How far below the text the mark of a letter begins: in the margin at the foot, where it takes no room from the text."""
PAGE_NUMBER_MM = 26
"""What the mark of a letter leaves to the number of the page."""


def _mark_xml(mark: Mark, *, is_letter: bool) -> str:
    """A line over the width of the text, the code below it at the left and the small print beside: after an empty line, or
    in the margin at the foot of a letter's last page."""
    if is_letter:
        code_mm, width_mm, text = LETTER_CODE_MM, styles.TEXT_WIDTH_MM - PAGE_NUMBER_MM, styles.SMALL_TABLE_TEXT
        top = 297 - styles.MARGINS_MM["bottom"] + LETTER_MARK_MM
        placed = (
            '<w:tblpPr w:vertAnchor="page" w:horzAnchor="margin" w:tblpX="1" '
            f'w:tblpY="{round(top * TWIPS_PER_MM)}"/><w:tblOverlap w:val="never"/>'
        )
        before, last = "", '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    else:
        code_mm, width_mm, text, placed = CODE_MM, styles.TEXT_WIDTH_MM, styles.TABLE_TEXT, ""
        before, last = _paragraph_xml(_style_xml(styles.BODY), ""), ""
    width, code = (round(mm * TWIPS_PER_MM) for mm in (width_mm, code_mm + 5))
    style = _style_xml(text) + '<w:jc w:val="left"/>'
    anywhere = '<w:spacing w:line="240" w:lineRule="auto"/>'
    lines = "".join(_paragraph_xml(style, layout.one_line(line)) for line in (*mark.lines, mark.address))
    return (
        f"{before}"
        f'<w:tbl><w:tblPr>{placed}<w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>'
        '<w:top w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{code}"/><w:gridCol w:w="{width - code}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{code}" w:type="dxa"/></w:tcPr>'
        f"{_paragraph_xml(style + anywhere, '')}</w:tc>"
        f'<w:tc><w:tcPr><w:tcW w:w="{width - code}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{lines}</w:tc></w:tr>'
        f"</w:tbl>{_paragraph_xml(_style_xml(styles.TABLE_TEXT) + last, '')}"
    )


def _draw_code(file: DocxDocument, body: BaseOxmlElement, mark: Mark, size: float) -> None:
    """Put the QR code into the first square of the mark, which is the last table."""
    relation, _ = file.part.get_or_add_image(BytesIO(marks.png(mark)))
    inline = CT_Inline.new_pic_inline(1, relation, "code.png", Mm(size), Mm(size))
    inline.docPr.set("descr", marks.LABEL)
    drawing = parse_xml(f"<w:r {nsdecls('w')}><w:drawing/></w:r>")
    drawing[0].append(inline)
    body.xpath("./w:tbl[last()]/w:tr/w:tc[1]/w:p")[0].append(drawing)


def _closing_xml(paragraph: Paragraph, pitch: float) -> Iterator[str]:
    """Signature, seal and date: each line a paragraph, shifted so far from the right that all stand centred on each other."""
    lines = layout.printable(paragraph.text).split("\n")
    widest = max(map(layout.em_width, lines))
    for number, line in enumerate(lines):
        hundredths = round(100 * (CLOSING_EMS + (widest - layout.em_width(line)) / 2))
        before = f'<w:spacing w:before="{round(20 * pitch)}"/>' if number == 0 else ""
        together = "<w:keepNext/>" if number < len(lines) - 1 else ""
        indent = f'<w:ind w:rightChars="{hundredths}" w:right="{round(hundredths / 5 * styles.BODY_POINTS)}"/>'
        yield _paragraph_xml(f"{_style_xml(styles.CLOSING)}{together}{before}{indent}", line)


def _style_xml(style: str) -> str:
    return f'<w:pStyle w:val="{styles.identifier(style)}"/>'


def _paragraph_xml(properties: str, text: str, look: str = "") -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    run = f"<w:r>{look}{lines}</w:r>" if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


def _table_xml(table: Table) -> Iterator[str]:
    """Caption, table and an empty line: without it Word would join two tables that follow each other into one."""
    if table.caption:
        yield _paragraph_xml(_style_xml(styles.CAPTION), table.caption)
    width = round(styles.TEXT_WIDTH_MM * TWIPS_PER_MM)
    widths = [round(share * width) for share in layout.column_shares(table)]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
    yield f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
    yield '<w:tblLayout w:type="fixed"/>'
    yield '<w:tblCellMar><w:left w:w="45" w:type="dxa"/><w:right w:w="45" w:type="dxa"/></w:tblCellMar>'
    yield '<w:tblLook w:val="0020" w:firstRow="1"/>'
    yield f"<w:tblCaption w:val={quoteattr(table.caption)}/></w:tblPr>" if table.caption else "</w:tblPr>"
    yield "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{column}"/>' for column in widths) + "</w:tblGrid>"
    yield from _rows_xml(table, widths)
    yield "</w:tbl>"
    yield _paragraph_xml(_style_xml(styles.TABLE_TEXT), "")


def _rows_xml(table: Table, widths: list[int]) -> Iterator[str]:
    """The rows; a table that fits on a page is kept together, a longer one repeats its header rows."""
    header_rows = layout.header_row_count(table)
    row_count, column_count = table.row_count, table.column_count
    style = _style_xml(styles.SMALL_TABLE_TEXT if column_count > layout.MANY_COLUMNS else styles.TABLE_TEXT)
    height = f'<w:trHeight w:val="{round(8 * TWIPS_PER_MM)}"/>' if row_count <= MOST_AIRY_ROWS else ""
    covering = {square: cell for row in layout.rows(table) for cell in row for square in layout.squares(cell)}
    for row in range(row_count):
        header = "<w:tblHeader/>" if row < header_rows else ""
        yield f"<w:tr><w:trPr><w:cantSplit/>{height}{header}</w:trPr>"
        together = row < header_rows or (row_count <= MOST_ROWS_ON_A_PAGE and row < row_count - 1)
        look = style + ("<w:keepNext/>" if together else "")
        column = 0
        while column < column_count:
            cell = covering[row, column]
            width = sum(widths[column : column + cell.column_span])
            yield _cell_xml(cell, cell.row == row, width, look, header_rows)
            column += cell.column_span
        yield "</w:tr>"


def _cell_xml(cell: TableCell, begins: bool, width: int, look: str, header_rows: int) -> str:
    """One cell of a row: where the cell begins with its text, below that the empty one that continues the merge."""
    merge = "" if cell.row_span == 1 else '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    direction = '<w:textDirection w:val="tbRlV"/>' if layout.stands_upright(cell) else ""
    properties = (
        f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{direction}<w:vAlign w:val="center"/></w:tcPr>'
    )
    align = "" if layout.is_centred(cell, header_rows) else '<w:jc w:val="left"/>'
    face = f"<w:rPr>{styles.face(styles.SECTION_FACE)}</w:rPr>" if cell.row < header_rows else ""
    return f"<w:tc>{properties}{_paragraph_xml(look + align, cell.text if begins else '', face)}</w:tc>"

"""The look of a DOCX: page, styles and footer of official documents, as styles that whoever edits the file can use on.

Source: GB/T 9704—2012 (page, 22 lines of 28 characters, sizes and faces by level of heading).
The official faces are named and not shipped; a computer without them takes the one named as the alternative.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from gongkai.documents.model import ParagraphLayout
from gongkai.documents.writers.layout import LINE_POINTS

TITLE_FACE, SECTION_FACE, TOPIC_FACE, BODY_FACE = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
ALTERNATIVES: Mapping[str, str] = {
    TITLE_FACE: "华文中宋",
    SECTION_FACE: "SimHei",
    TOPIC_FACE: "楷体",
    BODY_FACE: "仿宋",
}
LATIN_FACE = "Times New Roman"

MARGINS_MM: Mapping[str, int] = {"top": 37, "bottom": 35, "left": 28, "right": 26}
TEXT_WIDTH_MM = 210 - MARGINS_MM["left"] - MARGINS_MM["right"]
TITLE_POINTS, BODY_POINTS = 22, 16

BODY, CAPTION, TABLE_TEXT, SMALL_TABLE_TEXT = "Normal", "Caption", "Table Text", "Small Table Text"
FLUSH, CENTRED, CLOSING = "Flush Text", "Centred Text", "Closing Text"
LAYOUTS: Mapping[ParagraphLayout, str] = {"body": BODY, "flush": FLUSH, "centred": CENTRED, "closing": CLOSING}
"""The style of paragraphs by how they are to be set."""
_TWO_CHARACTERS = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'


def set_up(document: DocxDocument, *, pitch: float = LINE_POINTS, is_letter: bool = False) -> None:
    """Give a new document the page, styles and footer of an official one, its lines `pitch` points apart.

    The page number of a letter stands at the right: its mark is at the foot of the page.
    """
    _page(document)
    _defaults(document)
    _style(document, BODY, BODY_FACE, BODY_POINTS, f'{_spacing(pitch)}{_TWO_CHARACTERS}<w:jc w:val="both"/>')
    title = f'<w:keepNext/><w:keepLines/>{_spacing(34, after=pitch)}<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    _style(document, heading(1), TITLE_FACE, TITLE_POINTS, f'{title}<w:jc w:val="center"/><w:outlineLvl w:val="0"/>')
    for level in range(2, 7):
        heading_face = SECTION_FACE if level == 2 else TOPIC_FACE
        chained = f"<w:keepNext/><w:keepLines/>{_spacing(pitch)}{_TWO_CHARACTERS}"
        _style(document, heading(level), heading_face, BODY_POINTS, f'{chained}<w:outlineLvl w:val="{level - 1}"/>')
    centred = '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'
    at_right = '<w:ind w:firstLineChars="0" w:firstLine="0" w:rightChars="100"/><w:jc w:val="right"/>'
    unindented = f'{_spacing(pitch)}<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    _style(document, FLUSH, BODY_FACE, BODY_POINTS, f'{unindented}<w:jc w:val="left"/>')
    _style(document, CLOSING, BODY_FACE, BODY_POINTS, f'{unindented}<w:jc w:val="right"/>')
    _style(document, CENTRED, BODY_FACE, BODY_POINTS, f"{_spacing(pitch, after=pitch / 2)}{centred}")
    _style(document, CAPTION, SECTION_FACE, 14, f"<w:keepNext/>{_spacing(pitch)}{centred}")
    _style(document, TABLE_TEXT, BODY_FACE, 10.5, f"{_spacing(13, before=1.2, after=1.2)}{centred}")
    _style(document, SMALL_TABLE_TEXT, BODY_FACE, 9, f"{_spacing(12, before=1.2, after=1.2)}{centred}")
    _style(document, "Footer", "宋体", 14, at_right if is_letter else centred)
    _page_number(document)


def font_table() -> bytes:
    """The part `word/fontTable.xml`: each official face with the one to take where it isn't installed."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def heading(level: int) -> str:
    """The style of the headings of a level."""
    return f"Heading {level}"


def identifier(style: str) -> str:
    """The name under which paragraphs refer to a style: as Word makes it, the style's name without its spaces."""
    return style.replace(" ", "")


def face(name: str) -> str:
    """The run property that sets a Chinese face; Latin letters and digits keep theirs."""
    return f'<w:rFonts w:ascii="{LATIN_FACE}" w:hAnsi="{LATIN_FACE}" w:eastAsia="{name}" w:cs="{LATIN_FACE}"/>'


def _page(document: DocxDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(MARGINS_MM["top"]), Mm(MARGINS_MM["bottom"])
    section.left_margin, section.right_margin = Mm(MARGINS_MM["left"]), Mm(MARGINS_MM["right"])
    section.footer_distance = Mm(25)


def _defaults(document: DocxDocument) -> None:
    """Chinese as the language of the text, and the layout rules of a current Word instead of those of 2007."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    compat = parse_xml(f"<w:compat {nsdecls('w')}>{mode}</w:compat>")
    successor = next((child for child in settings if child.tag in _AFTER_COMPAT), None)
    if successor is None:
        settings.append(compat)
    else:
        successor.addprevious(compat)


_AFTER_COMPAT = {
    qn(f"w:{name}") for name in ("rsids", "themeFontLang", "clrSchemeMapping", "shapeDefaults", "decimalSymbol")
} | {qn("m:mathPr")}


def _style(document: DocxDocument, name: str, chinese_face: str, points: float, paragraph: str) -> None:
    """Make a paragraph style, or make one of the template over: nothing of its old look stays."""
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name not in (BODY, "Footer") and style.base_style is None:
        style.base_style = styles[BODY]
    style.quick_style, style.hidden = True, False
    element = style.element
    for old in (*element.findall(qn("w:pPr")), *element.findall(qn("w:rPr"))):
        element.remove(old)
    half_points = round(points * 2)
    element.append(parse_xml(f"<w:pPr {nsdecls('w')}>{paragraph}</w:pPr>"))
    run = f'{face(chinese_face)}<w:color w:val="000000"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    element.append(parse_xml(f"<w:rPr {nsdecls('w')}>{run}</w:rPr>"))


def _spacing(line: float, before: float = 0, after: float = 0) -> str:
    """Lines of exactly so many points, and the space around the paragraph."""
    before, after, line = (round(points * 20) for points in (before, after, line))
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


def _page_number(document: DocxDocument) -> None:
    """`— 1 —` at the foot of each page, as a field."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run("— ")
    field = f"<w:fldSimple {nsdecls('w')} w:instr={quoteattr(' PAGE ')}><w:r><w:t>1</w:t></w:r></w:fldSimple>"
    paragraph._p.append(parse_xml(field))
    paragraph.add_run(" —")

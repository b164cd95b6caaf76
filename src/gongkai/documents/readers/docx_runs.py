"""The runs of a Word document, taken out of the way before its body is read.

A run is a stretch of text in one form. Word cuts a number into several of them for no visible reason, and gives each a
dozen properties, which are most of the elements of a file and matter in two cases only: hidden text and raised numbers.
"""

from __future__ import annotations

from lxml import etree

from gongkai.documents.readers import raised
from gongkai.documents.readers.docx_styles import Words

# Properties of form that hold no text and that nothing asks for.
_FORM = (
    *("rPr", "jc", "ind", "spacing", "snapToGrid", "adjustRightInd", "widowControl", "tabs", "pBdr", "sectPr"),
    *("tblPr", "tblPrEx", "tblGrid", "trHeight", "tcW", "tcBorders", "tcMar", "shd", "noWrap", "vAlign"),
    *("bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak"),
)
_HIDDEN = "//w:r[w:rPr/w:vanish][not(ancestor::w:del or ancestor::w:moveFrom)]"
_RAISED = "//w:r[w:rPr/w:vertAlign/@w:val = 'superscript']"


def prepare(body: etree._Element, xml: bytes, words: Words) -> bool:
    """Take out hidden runs, mark raised numbers, and leave the text of runs in their paragraph; whether text was hidden.

    `xml` is the source of the whole part: what it doesn't mention isn't looked for.
    """
    namespaces = {"w": words.namespace}
    has_hidden_text = False
    if b"vanish" in xml and words.namespace:
        for run in body.xpath(_HIDDEN, namespaces=namespaces):
            if words.is_hidden(run):
                has_hidden_text = has_hidden_text or next(run.iterchildren(words.t), None) is not None
                run.clear()
    if b"superscript" in xml and words.namespace:
        for run in body.xpath(_RAISED, namespaces=namespaces):
            _mark_raised_number(run, words)
    etree.strip_elements(body, *map(words.name, _FORM))
    etree.strip_tags(body, words.r)
    return has_hidden_text


def _mark_raised_number(run: etree._Element, words: Words) -> None:
    texts = list(run.iterchildren(words.t))
    text = "".join([element.text or "" for element in texts])
    if raised.is_number(text):
        for element in texts:
            element.text = ""
        texts[0].text = raised.marked(text)

"""From a PDF file to pages of glyphs and rulings, through PDFium.

PDFium is called through its C interface because that gives a character in about two microseconds; a handle lives no
longer than its page. Colours, text modes and matrices are asked once per text-showing operation, not per glyph.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from gongkai.documents.readers.pdf.glyphs import UNKNOWN, Box, Glyph, Page, Ruling, drawn_once
from gongkai.documents.readers.pdf.radicals import unify
from gongkai.documents.readers.refusing import CannotRead, damaged, encrypted, too_large, truncated

MAX_PAGES = 300
MAX_OBJECTS = 100_000  # drawn on one page; the busiest page of a report has about a thousand
MAX_FORM_DEPTH = 8
THICKEST_RULING = 3.0  # a filled rectangle thinner than this is a line, a thicker one is a background

_INVISIBLE_MODES = {pdf.FPDF_TEXTRENDERMODE_INVISIBLE, pdf.FPDF_TEXTRENDERMODE_CLIP}
_WHITE = 245  # of 255, for each of red, green and blue
_GENERATED_OR_SPACE = {" ", "\r", "\n", "\t", "\u00a0", "\u3000", "\u2002", "\u2003", "\u2009", "\u200b", "\ufeff"}

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The file, opened with the empty password if it asks for one.

    Errors: CannotRead when it needs a real password, is damaged or cut off, or has more than `MAX_PAGES` pages.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdf.FPDF_ERR_PASSWORD, pdf.FPDF_ERR_SECURITY):
            raise CannotRead(encrypted()) from error
        cut_off = b"%%EOF" not in data[-4096:]
        raise CannotRead(truncated() if cut_off else damaged("PDF")) from error
    try:
        if len(document) > MAX_PAGES:
            raise CannotRead(too_large(f"{MAX_PAGES} pp."))
        yield document
    finally:
        document.close()


def pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    """The pages one by one, each closed before the next is opened. Errors: CannotRead when none can be loaded."""
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError as error:
            raise CannotRead(damaged(f"PDF, page {index + 1}")) from error
        try:
            yield _Sheet(page, index + 1).read()
        finally:
            page.close()


@dataclass
class _Placement:
    """How user space of the file becomes the page a reader sees: /Rotate and the visible box applied."""

    box: Box  # left, bottom, right, top of the visible part in user space
    turns: int  # quarter turns clockwise

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (height, width) if self.turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self.box
        match self.turns:
            case 0:
                return x - left, top - y
            case 1:
                return y - bottom, x - left
            case 2:
                return right - x, y - bottom
            case _:
                return top - y, right - x

    def rectangle(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


@dataclass
class _Run:
    """What the glyphs of one text-showing operation have in common."""

    number: int
    size: float
    angle: float  # of the writing direction in user space, counter-clockwise, in quarter turns
    invisible: bool
    white: bool


@dataclass
class _Sheet:
    """One page while it is read."""

    page: Any
    number: int
    rulings: list[Ruling] = field(default_factory=list)
    backgrounds: list[Box] = field(default_factory=list)
    picture_area: float = 0.0
    outlines: int = 0
    untold: list[Box] = field(default_factory=list)

    def read(self) -> Page:
        turns = pdf.FPDFPage_GetRotation(self.page.raw) % 4
        self.placement = _Placement(self._visible_box(), turns)
        runs, characters = self._characters()
        self.runs = runs
        sideways = _prevailing_turn(runs, characters, turns)
        if sideways:  # the page is upright but all its text was laid out turned: turn the page instead
            self.placement.turns = (turns + sideways) % 4
        self._drawings(self.page.raw, pdf.FPDFPage_CountObjects, pdf.FPDFPage_GetObject, _IDENTITY, 0)
        glyphs, hidden = self._glyphs(runs, characters)
        width, height = self.placement.size
        return Page(
            number=self.number,
            width=width,
            height=height,
            glyphs=tuple(drawn_once(glyphs)),
            rulings=tuple(self.rulings),
            picture_share=min(1.0, self.picture_area / max(1.0, width * height)),
            outlines=self.outlines,
            hidden=hidden,
        )

    def _visible_box(self) -> Box:
        rectangle = pdf.FS_RECTF()
        if pdf.FPDF_GetPageBoundingBox(self.page.raw, rectangle):
            box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            if all(map(math.isfinite, box)) and box[2] > box[0] and box[3] > box[1]:
                return box
        raise CannotRead(damaged(f"PDF, page {self.number}"))

    # -- text ---------------------------------------------------------------------------------------------------------

    def _characters(self) -> tuple[dict[int, _Run], list[tuple[str, int, bool, Box, float, float]]]:
        """Every character as (text, run, space before it, loose box, origin x, origin y), all in user space."""
        textpage = pdf.FPDFText_LoadPage(self.page.raw)
        if not textpage:
            raise CannotRead(damaged(f"PDF, page {self.number}"))
        try:
            return self._walk(textpage)
        finally:
            pdf.FPDFText_ClosePage(textpage)

    def _walk(self, textpage: Any) -> tuple[dict[int, _Run], list[tuple[str, int, bool, Box, float, float]]]:
        count = pdf.FPDFText_CountChars(textpage)
        if count > MAX_OBJECTS:
            raise CannotRead(too_large(f"{MAX_OBJECTS} glyphs/page"))
        runs: dict[int, _Run] = {}
        found: list[tuple[str, int, bool, Box, float, float]] = []
        box, x, y = pdf.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        at_box, at_x, at_y = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
        space = False
        for index in range(count):
            text = chr(pdf.FPDFText_GetUnicode(textpage, index))
            if text in _GENERATED_OR_SPACE:
                space = space or not pdf.FPDFText_IsGenerated(textpage, index)
                continue
            if text < " " or "\ue000" <= text <= "\uf8ff" or pdf.FPDFText_HasUnicodeMapError(textpage, index) == 1:
                text = UNKNOWN
            owner = pdf.FPDFText_GetTextObject(textpage, index)
            key = ctypes.cast(owner, ctypes.c_void_p).value or 0
            if key not in runs:
                runs[key] = _run(textpage, index, owner, len(runs))
            pdf.FPDFText_GetLooseCharBox(textpage, index, at_box)
            pdf.FPDFText_GetCharOrigin(textpage, index, at_x, at_y)
            around = (box.left, box.bottom, box.right, box.top)
            if box.top - box.bottom > 3 * runs[key].size or box.right - box.left > 3 * runs[key].size:
                around = _em_box(x.value, y.value, runs[key].size)
            found.append((unify(text), key, space, around, x.value, y.value))
            space = False
        return runs, found

    def _glyphs(
        self, runs: dict[int, _Run], characters: list[tuple[str, int, bool, Box, float, float]]
    ) -> tuple[list[Glyph], int]:
        width, height = self.placement.size
        glyphs: list[Glyph] = []
        hidden = 0
        for text, key, spaced, box, x, y in characters:
            run = runs[key]
            left, top, right, bottom = self.placement.rectangle(*box)
            off_the_page = left >= width or right <= 0 or top >= height or bottom <= 0
            if off_the_page or run.invisible or (run.white and not self._on_a_background(left, top, right, bottom)):
                hidden += 1
                continue
            turn = (self.placement.turns - round(run.angle)) % 4
            baseline = self.placement.point(x, y)[1]
            glyphs.append(Glyph(text, left, top, right, bottom, baseline, run.size, run.number, turn, spaced))
        glyphs.extend(
            Glyph(UNKNOWN, *box, baseline=box[3], size=max(box[2] - box[0], box[3] - box[1]), run=-1 - index)
            for index, box in enumerate(self.untold)
            if not any(_covers(glyph, box) for glyph in glyphs)  # else it is a second drawing, to look bold
        )
        return glyphs, hidden

    def _on_a_background(self, left: float, top: float, right: float, bottom: float) -> bool:
        x, y = (left + right) / 2, (top + bottom) / 2
        return any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in self.backgrounds)

    # -- lines, backgrounds and pictures ------------------------------------------------------------------------------

    def _drawings(self, holder: Any, count_of: Any, object_of: Any, matrix: Matrix, depth: int) -> None:
        count = count_of(holder)
        if count > MAX_OBJECTS:
            raise CannotRead(too_large(f"{MAX_OBJECTS} objects/page"))
        for index in range(count):
            drawn = object_of(holder, index)
            kind = pdf.FPDFPageObj_GetType(drawn)
            if kind == pdf.FPDF_PAGEOBJ_PATH:
                self._path(drawn, matrix)
            elif kind == pdf.FPDF_PAGEOBJ_TEXT:
                self._text(drawn, matrix)
            elif kind == pdf.FPDF_PAGEOBJ_IMAGE:
                self._picture(drawn, matrix)
            elif kind == pdf.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
                inner = _times(_matrix_of(drawn), matrix)
                self._drawings(drawn, pdf.FPDFFormObj_CountObjects, pdf.FPDFFormObj_GetObject, inner, depth + 1)

    def _text(self, drawn: Any, matrix: Matrix) -> None:
        """Remember text that PDFium draws but doesn't tell: it leaves out a lone glyph whose character it can't find."""
        if ctypes.cast(drawn, ctypes.c_void_p).value in self.runs:
            return
        edges = [ctypes.c_float() for _ in range(4)]
        if pdf.FPDFPageObj_GetBounds(drawn, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            corners = [_apply(matrix, x, y) for x, y in ((left, bottom), (left, top), (right, bottom), (right, top))]
            box = _around([self.placement.point(*corner) for corner in corners])
            if box[2] - box[0] > 1 and box[3] - box[1] > 0.2 and all(map(math.isfinite, box)):  # a space has no extent
                self.untold.append(box)

    def _picture(self, drawn: Any, matrix: Matrix) -> None:
        to_page = _times(_matrix_of(drawn), matrix)
        corners = [self.placement.point(*_apply(to_page, x, y)) for x, y in ((0, 0), (0, 1), (1, 0), (1, 1))]
        box = _around(corners)
        width, height = self.placement.size
        wide, high = min(width, box[2]) - max(0.0, box[0]), min(height, box[3]) - max(0.0, box[1])
        if wide > THICKEST_RULING and high > THICKEST_RULING:
            self.picture_area += wide * high
            self.backgrounds.append(box)
        else:  # some producers draw a table's lines as pictures one pixel thick
            self._filled(box, visible=True)

    def _path(self, drawn: Any, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not pdf.FPDFPath_GetDrawMode(drawn, fill, stroke) or not (fill.value or stroke.value):
            return
        to_page = _times(_matrix_of(drawn), matrix)
        shapes = self._shapes(drawn, to_page)
        if stroke.value and _is_seen(drawn, pdf.FPDFPageObj_GetStrokeColor):
            self._stroked(drawn, to_page, shapes)
        if fill.value:
            visible = _is_seen(drawn, pdf.FPDFPageObj_GetFillColor)
            for points, curved in shapes:
                if curved:
                    self.outlines += 1
                elif len(points) > 1:
                    self._filled(_around(points), visible)

    def _shapes(self, drawn: Any, to_page: Matrix) -> list[tuple[list[tuple[float, float]], bool]]:
        """The path's pieces as displayed points, each with whether it has curves; a closed piece ends where it began."""
        shapes: list[tuple[list[tuple[float, float]], bool]] = []
        points: list[tuple[float, float]] = []
        curved = False
        x, y = ctypes.c_float(), ctypes.c_float()
        for index in range(min(pdf.FPDFPath_CountSegments(drawn), MAX_OBJECTS)):
            segment = pdf.FPDFPath_GetPathSegment(drawn, index)
            kind = pdf.FPDFPathSegment_GetType(segment)
            if kind == pdf.FPDF_SEGMENT_MOVETO and points:
                shapes.append((points, curved))
                points, curved = [], False
            curved = curved or kind == pdf.FPDF_SEGMENT_BEZIERTO
            pdf.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(self.placement.point(*_apply(to_page, x.value, y.value)))
            if pdf.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            shapes.append((points, curved))
        return shapes

    def _stroked(self, drawn: Any, to_page: Matrix, shapes: list[tuple[list[tuple[float, float]], bool]]) -> None:
        width = ctypes.c_float()
        pdf.FPDFPageObj_GetStrokeWidth(drawn, width)
        thickness = width.value * math.sqrt(abs(to_page[0] * to_page[3] - to_page[1] * to_page[2]))
        for points, curved in shapes:
            if curved:
                continue
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(y0 - y1) <= 1 or abs(x0 - x1) <= 1:
                    half = thickness / 2 if thickness > THICKEST_RULING * 2 else 0.0  # a very thick line is a bar
                    self._filled((min(x0, x1) - half, min(y0, y1) - half, max(x0, x1) + half, max(y0, y1) + half), True)

    def _filled(self, box: Box, visible: bool) -> None:
        left, top, right, bottom = box
        if not visible or not all(map(math.isfinite, box)):
            return
        if bottom - top <= THICKEST_RULING and right - left > bottom - top:
            self.rulings.append(Ruling(True, (top + bottom) / 2, left, right))
        elif right - left <= THICKEST_RULING and bottom - top > right - left:
            self.rulings.append(Ruling(False, (left + right) / 2, top, bottom))
        else:
            self.backgrounds.append(box)


def _run(textpage: Any, index: int, owner: Any, number: int) -> _Run:
    matrix = pdf.FS_MATRIX()
    scale, angle = 1.0, 0.0
    if pdf.FPDFText_GetMatrix(textpage, index, matrix):
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1.0
        angle = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    mode = pdf.FPDFTextObj_GetTextRenderMode(owner)
    colours = [ctypes.c_uint() for _ in range(4)]
    known = pdf.FPDFText_GetFillColor(textpage, index, *colours)
    red, green, blue, opacity = (colour.value for colour in colours)
    return _Run(
        number=number,
        size=(pdf.FPDFText_GetFontSize(textpage, index) or 1.0) * scale,
        angle=angle,
        invisible=mode in _INVISIBLE_MODES or (bool(known) and opacity == 0),
        white=bool(known) and mode == pdf.FPDF_TEXTRENDERMODE_FILL and min(red, green, blue) >= _WHITE,
    )


def _covers(glyph: Glyph, box: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return glyph.left <= x <= glyph.right and glyph.top <= y <= glyph.bottom


def _em_box(x: float, y: float, size: float) -> Box:
    """The square of a Chinese glyph around its origin, in place of PDFium's box for vertical fonts, which isn't scaled."""
    return x, y - 0.14 * size, x + size, y + 0.86 * size


def _prevailing_turn(
    runs: dict[int, _Run], characters: list[tuple[str, int, bool, Box, float, float]], turns: int
) -> int:
    """The quarter turns that bring most of the page's text upright: 0 for nearly every page."""
    counts = [0, 0, 0, 0]
    for _, key, *_ in characters:
        counts[(turns - round(runs[key].angle)) % 4] += 1
    most = max(range(4), key=counts.__getitem__)
    return -most % 4 if counts[most] > 0.6 * sum(counts) else 0


def _is_seen(drawn: Any, colour_of: Any) -> bool:
    colours = [ctypes.c_uint() for _ in range(4)]
    if not colour_of(drawn, *colours):
        return True  # a pattern or shading
    red, green, blue, opacity = (colour.value for colour in colours)
    return opacity > 0 and min(red, green, blue) < _WHITE


def _matrix_of(drawn: Any) -> Matrix:
    matrix = pdf.FS_MATRIX()
    if not pdf.FPDFPageObj_GetMatrix(drawn, matrix):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)

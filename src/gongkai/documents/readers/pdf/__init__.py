"""PDF files with a text layer: `read_pdf` gives their headings, paragraphs and tables in reading order.

`content` gets glyphs and lines out of the file, `lines`, `grids` and `tables` make rows and cells of them; where no lines are
drawn, `alignment`, `stacking`, `headings` and `unruled` find tables by their numbers. `furniture` takes page numbers away,
`paragraphs` joins wrapped lines, `reading` puts it all in order, and `guard` runs it in a process apart.
"""

from gongkai.documents.readers.pdf.guard import read_pdf

__all__ = ["read_pdf"]

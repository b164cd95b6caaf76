"""Charts as accessible SVG, drawn on the server: no script, no style, a text alternative in each.

A chart is a string that stands alone as a file, inside an HTML page under a strict policy, and on a page of a PDF. It
never replaces its table: who shows it shows the numbers beside it. Why these are drawn here and not by a library:
docs/decisions/0019-charts-drawn-here.md.
"""

from gongkai.documents.charts.bars import bars
from gongkai.documents.charts.flow import flow
from gongkai.documents.charts.lines import lines
from gongkai.documents.charts.picture import DOTS_PER_INCH, png, words
from gongkai.documents.charts.stacked import stacked

__all__ = ["DOTS_PER_INCH", "bars", "flow", "lines", "png", "stacked", "words"]

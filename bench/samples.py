"""The files that speed is measured on: clean reports of the corpus, of all sizes, in the shares in which they are published."""

from __future__ import annotations

from pathlib import Path

from tests.corpus.family import EDITIONS, SIZES, Origin
from tests.corpus.outputs import OUTPUTS

# Half the published pages are written by an editor, half pasted from Word with a span around every few letters.
FORMATS = {
    "text": "text-fillers",
    "html": "html",
    "html-word": "html-word",
    "docx": "docx",
    "xlsx": "xlsx",
    "pdf": "pdf",
}
# Of twenty published reports: what a crawl of county websites brings home.
MIX = ("html",) * 6 + ("html-word",) * 6 + ("docx",) * 4 + ("text",) * 2 + ("xlsx",) + ("pdf",)
DISTINCT = 5


def files(folder: Path, kind: str, count: int) -> list[Path]:
    """Distinct reports in one format."""
    output = OUTPUTS[FORMATS[kind]]
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for at in range(count):
        report = Origin(scales=(SIZES[at % len(SIZES)],)).report(EDITIONS[at % 2], f"bench/{kind}/{at}")
        path = folder / f"{kind}-{at:04}{output.suffix}"
        path.write_bytes(output.write(report))
        made.append(path)
    return made


def mixed(folder: Path, count: int) -> list[Path]:
    """A folder of mixed files; a hundred of them are distinct, the others are their copies."""
    folder.mkdir(parents=True, exist_ok=True)
    originals = {kind: files(folder / "originals", kind, DISTINCT * MIX.count(kind)) for kind in FORMATS}
    target = folder / "reports"
    target.mkdir()
    made = []
    for at in range(count):
        kind = MIX[at % len(MIX)]
        source = originals[kind][at % len(originals[kind])]
        path = target / f"{at:05}{source.suffix}"
        path.write_bytes(source.read_bytes())
        made.append(path)
    return made

"""The compiled form of the words that the project adds to the shell's translation."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[2] / "src" / "gongkai" / "office" / "desk" / "locale"


def compiled() -> dict[Path, bytes]:
    """What each `.mo` beside a `.po` must hold."""
    return {path.with_suffix(".mo"): _compile(path) for path in sorted(LOCALE.rglob("*.po"))}


def _compile(path: Path) -> bytes:
    with path.open("rb") as source:
        catalog = read_po(source, locale="zh_Hans")
    target = BytesIO()
    write_mo(target, catalog)
    return target.getvalue()

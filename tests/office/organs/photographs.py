"""Pictures as somebody may upload them."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def photograph(kind: str = "JPEG", size: tuple[int, int] = (900, 1200), mode: str = "RGB", **more: Any) -> bytes:
    """A picture of one colour, of a kind, size in pixels and mode."""
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **more)
    return out.getvalue()

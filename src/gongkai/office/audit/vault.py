"""Where files that were given out under a seal are kept, byte for byte, under the hash of their content.

A later version of a library may write the same text a little differently; whoever downloads again must get the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings


def keep(content: bytes) -> str:
    """Keep a file, whole or not at all; gives its SHA-256 in hexadecimal."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = _path(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{secrets.token_hex(8)}.tmp")
        try:
            with unfinished.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
    return sha256


def kept(sha256: str) -> bytes | None:
    """The file of a hash; None when it is not there or no longer what it was."""
    try:
        content = _path(sha256).read_bytes()
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def _path(sha256: str) -> Path:
    return Path(settings.DATA_DIR) / "sealed" / sha256[:2] / sha256

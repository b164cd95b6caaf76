"""Files written whole or not at all: a full disk, an error or a crash leaves what was there before."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """An empty file to write to, which takes the place of `path` when the block ends well and is gone when it doesn't.

    It grows beside `path`, on the same disk and with the same ending. A link stays a link to the file that is replaced, and
    that file keeps its permissions.
    Errors: OSError, before the block begins where nothing can be written.
    """
    target = path.resolve()
    unfinished = target.with_name(f".{secrets.token_hex(8)}{target.suffix}")
    unfinished.open("xb").close()
    try:
        yield unfinished
        if target.exists():
            unfinished.chmod(target.stat().st_mode)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())  # or a crash may leave the name of the new file without its content
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)

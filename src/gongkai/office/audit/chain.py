"""How entries hang together: what is hashed, and what a walk along the chain finds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it is hashed."""

    sequence: int
    at: datetime
    actor: str
    act: str
    subject: str
    citation: str
    detail: Mapping[str, Any]
    previous_hash: str

    def hash(self) -> str:
        """SHA-256, in hexadecimal, of the entry in canonical JSON (sorted keys, UTF-8, time in UTC)."""
        content = [
            self.sequence,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.actor,
            self.act,
            self.subject,
            self.citation,
            self.detail,
            self.previous_hash,
        ]
        return hashlib.sha256(canonical(content)).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain is broken, and how: `altered`, `missing` (a gap before this place) or `cut` (the end is gone)."""

    sequence: int
    kind: str


def canonical(value: object) -> bytes:
    """A value as the one sequence of bytes that stands for it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def breaks(links: Iterable[tuple[Link, str]], head: tuple[int, str]) -> Iterable[Break]:
    """Walk links, oldest first, each with the hash stored beside it, to the head that was stored (sequence, hash)."""
    last = (0, "")
    for link, stored in links:
        if link.sequence != last[0] + 1:
            yield Break(link.sequence, "missing")
        elif link.previous_hash != last[1] or link.hash() != stored:
            yield Break(link.sequence, "altered")
        last = (link.sequence, stored)
    if last != head:
        yield Break(head[0], "cut")

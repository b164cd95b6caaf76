"""The demonstration's entries in ledgers: entered by each ledger's own rules, as an import would."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongkai.office.ledgers.actions import enter_all
from gongkai.office.ledgers.ledger import Ledger

SOURCE = "演示数据"


def enter(ledger: Ledger, rows: list[dict[str, Any]], *, at: datetime) -> list[Any]:
    """Enter rows; each is called by its place, so that the same comes in once."""
    return enter_all(
        ledger,
        [(f"{number:05d}", ledger.derive(row, at)) for number, row in enumerate(rows, start=1)],
        source=SOURCE,
        subject=f"{ledger.room}.import:demonstration",
        detail={"source": SOURCE},
        by=None,
        at=at,
    )

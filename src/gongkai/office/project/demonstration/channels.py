"""What 青溪县 posted in new media: the ledgers of the room channels."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.office.channels.ledgers import ACCOUNT, POST
from gongkai.office.organs.models import Organ
from gongkai.office.project.demonstration.ledgers import enter
from gongkai.office.project.demonstration.wording import Words, data

YEAR = 2020
_SEED = 20200103


@transaction.atomic
def post(organs: Mapping[str, Organ], *, at: datetime) -> int:
    """Fill the room's ledgers; gives the number of entries."""
    chance = random.Random(_SEED)
    listed = data("channels.toml")["account"]
    rows = [
        {
            "organ": organs[each["organ"]],
            "platform": each["platform"],
            "name": each["name"],
            "on": each["opened"],
            "closed_on": each.get("closed"),
        }
        for each in listed
    ]
    accounts = enter(ACCOUNT, rows, at=at)
    posts = [
        row for account, each in zip(accounts, listed, strict=True) for row in _posts(account, each["months"], chance)
    ]
    return len(accounts) + len(enter(POST, posts, at=at))


def _posts(account: Any, months: list[int], chance: random.Random) -> Iterator[dict[str, Any]]:
    """So many posts in each month, on any of its days."""
    titles = data("channels.toml")["post"]["titles"]
    for month, count in enumerate(months, start=1):
        for _ in range(count):
            on = date(YEAR, month, chance.randint(1, 28))
            words = Words(chance, {"month": str(month), "day": str(on.day)}, "")
            yield {
                "account": account,
                "on": on,
                "title": words.fill(chance.choice(titles)),
                "kind": chance.choice(("original", "original", "reprint")),
            }

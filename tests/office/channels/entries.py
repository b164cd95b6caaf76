"""Entries of this room's ledgers for tests, made through the actions as a clerk would."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.office.channels.ledgers import ACCOUNT, POST
from gongkai.office.ledgers import actions
from tests.office.cast import NOW, Cast


def account(cast: Cast, **values: Any) -> Any:
    """A microblog of the education bureau."""
    given = {
        "organ": cast.education,
        "platform": "weibo",
        "name": "青溪教育",
        "handle": "qingxi-edu",
        "url": "",
        "operator": "",
        "on": date(2023, 1, 1),
        "closed_on": None,
    }
    return actions.register(ACCOUNT, {**given, **values}, by=cast.editor, at=NOW)


def post(cast: Cast, account: Any, **values: Any) -> Any:
    """A post."""
    given = {"account": account, "on": date(2024, 3, 1), "title": "开学提醒", "kind": "original", "url": ""}
    return actions.register(POST, {**given, **values}, by=cast.editor, at=NOW)

"""Entries of this room's ledgers for tests, made through the actions as a clerk would."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.office.ledgers import actions
from gongkai.office.services.ledgers import CASES, ITEM, POINT
from tests.office.cast import NOW, Cast


def item(cast: Cast, **values: Any) -> Any:
    """A service item of the education bureau."""
    given = {
        "organ": cast.education,
        "name": "教师资格认定",
        "item_type": "licence",
        "level": "county",
        "base_code": "",
        "implementation_code": "",
        "legal_basis": ["《中华人民共和国教师法》第十三条"],
        "materials": ["申请表1份"],
        "steps": ["申请", "受理"],
        "case_type": "promised",
        "legal_days": 30,
        "promised_days": 20,
        "online_depth": "full",
        "visits": 0,
        "is_charged": False,
        "on": date(2024, 1, 1),
    }
    return actions.register(ITEM, {**given, **values}, by=cast.editor, at=NOW)


def point(cast: Cast, **values: Any) -> Any:
    """A place of the education bureau."""
    given = {
        "organ": cast.education,
        "name": "教育服务窗口",
        "kind": "hall",
        "address": "青溪县文昌路8号",
        "hours": "工作日",
        "phone": "0990-2100002",
        "is_all_day": False,
        "on": date(2024, 1, 1),
    }
    return actions.register(POINT, {**given, **values}, by=cast.editor, at=NOW)


def cases(cast: Cast, month: date, count: int, **values: Any) -> Any:
    """A month's number."""
    given = {"organ": cast.education, "month": month, "cases": count, "reason": ""}
    return actions.register(CASES, {**given, **values}, by=cast.editor, at=NOW)

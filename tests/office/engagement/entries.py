"""Entries for the tests of ledgers, made through the actions as a clerk would."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from gongkai.office.engagement.ledgers import (
    CONSULTATION,
    INTERPRETATION,
    MESSAGE,
    OPINION,
    PRESS_CONFERENCE,
    PROMISE,
    RESPONSE,
    SELECTION,
)
from gongkai.office.ledgers import actions
from gongkai.office.publishing.models import Item
from tests.office.cast import NOW, TODAY, Cast

_NUMBERS = count(1)


def item(cast: Cast, published_on: date | None = date(2024, 3, 1), **columns: Any) -> Item:
    """An item of the education bureau, public since a day."""
    number = next(_NUMBERS)
    at = datetime(published_on.year, published_on.month, published_on.day, 1, tzinfo=UTC) if published_on else None
    given = {
        "organ": cast.education,
        "column": cast.column,
        "title": f"第{number}条公开信息",
        "index_number": f"11990001MB0A00002L/202403-{number:05d}" if at else None,
        "content_hash": "0" * 64,
        "created_at": NOW,
        "published_at": at,
    }
    return Item.objects.create(**{**given, **columns})


def interpretation(cast: Cast, **values: Any) -> Any:
    """An interpretation in the register of the education bureau."""
    given = {
        "organ": cast.education,
        "title": "校车管理办法解读",
        "on": date(2024, 3, 4),
        "form": "text",
        "level": "own",
        "elements": ["background"],
        "item": None,
        "policy_item": None,
    }
    return actions.register(INTERPRETATION, {**given, **values}, by=cast.editor, at=NOW)


def response(cast: Cast, **values: Any) -> Any:
    """A response."""
    given = {
        "organ": cast.education,
        "title": "关于学校何时开学的回应",
        "topic": "education",
        "gravity": "ordinary",
        "found_by": "",
        "raised_at": datetime(2024, 3, 1, 1, tzinfo=UTC),
        "responded_at": datetime(2024, 3, 2, 1, tzinfo=UTC),
        "item": None,
    }
    return actions.register(RESPONSE, {**given, **values}, by=cast.editor, at=NOW)


def consultation(cast: Cast, **values: Any) -> Any:
    """A consultation that was open in March."""
    given = {
        "organ": cast.education,
        "title": "关于学区划分方案（草案）征求意见",
        "kind": "decision",
        "opens_on": date(2024, 3, 1),
        "closes_on": date(2024, 3, 31),
        "shortened_reason": "",
        "ways": "信函寄至青溪县教育局。",
        "draft_item": None,
        "result_item": None,
        "answered_on": None,
    }
    return actions.register(CONSULTATION, {**given, **values}, by=cast.editor, at=NOW)


def message(cast: Cast, **values: Any) -> Any:
    """A message that came by post today."""
    given = {
        "organ": cast.education,
        "kind": "question",
        "channel": "letter",
        "on": TODAY,
        "subject": "转学怎样办理",
        "content": "孩子想转到实验小学，我的电话是13800138000。",
        "sender": "孙来信",
        "contact": "13800138000",
        "consents": True,
    }
    return actions.register(MESSAGE, {**given, **values}, by=cast.editor, at=NOW)


def selection(cast: Cast) -> Any:
    """That an interpretation was selected."""
    values = {
        "interpretation": interpretation(cast, title="优秀解读"),
        "selected_by": "省政府办公厅",
        "on": TODAY,
        "award": "",
    }
    return actions.register(SELECTION, values, by=cast.officer, at=NOW)


def press_conference(cast: Cast, **values: Any) -> Any:
    """A press conference."""
    given = {
        "organ": cast.education,
        "title": "秋季招生新闻发布会",
        "on": date(2024, 3, 20),
        "place": "县政府新闻发布厅",
        "host": "周主持",
        "speakers": ["吴发布（局长）"],
        "topic": "秋季招生",
        "outlets": ["青溪县融媒体中心"],
        "policy_item": None,
        "item": None,
    }
    return actions.register(PRESS_CONFERENCE, {**given, **values}, by=cast.editor, at=NOW)


def opinion(cast: Cast, consultation: Any) -> Any:
    """An opinion that was adopted."""
    values = {"consultation": consultation, "on": date(2024, 3, 5), "channel": "letter", "text": "同意这个方案。"}
    more = {"author": "孙来信", "contact": "", "adoption": "adopted", "adoption_reason": "已补充。"}
    return actions.register(OPINION, {**values, **more}, by=cast.editor, at=NOW)


def promise(cast: Cast) -> Any:
    """Three working days."""
    values = {"organ": cast.county, "on": date(2024, 1, 1), "working_days": 3}
    return actions.register(PROMISE, values, by=cast.officer, at=NOW)

"""How this room's acts are named in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.office.accounts.models import User
from gongkai.office.audit.actions import Act
from gongkai.office.publishing.models import Item


def act(by: User, verb: str, item: Item, *, citation: str = "practice#three-reviews", **detail: Any) -> Act:
    """An act on an item. The person is named by staff number; the account they used stands in the detail."""
    particulars: Mapping[str, Any] = {"title": item.title, "account": by.get_username(), **detail}
    return Act(by.staff_number, f"publishing.{verb}", f"publishing.item:{item.pk}", citation, particulars)

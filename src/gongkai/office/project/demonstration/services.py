"""What people bring to 青溪县's agencies, where, and how many cases went online: the ledgers of the room services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.office.organs.models import Organ
from gongkai.office.project.demonstration.ledgers import enter
from gongkai.office.project.demonstration.wording import data
from gongkai.office.services.ledgers import CASES, ITEM, POINT

YEAR = 2020
_IN_USE = date(2019, 1, 1)
_HOURS = "周一至周五 上午8:30—12:00，下午2:30—5:30（法定节假日除外）"


@transaction.atomic
def serve(organs: Mapping[str, Organ], *, at: datetime) -> int:
    """Fill the room's ledgers; gives the number of entries."""
    listed = data("services.toml")
    counters = [
        {"organ": organs[each["organ"]], "month": date(YEAR, month, 1), "cases": cases, "reason": ""}
        for each in listed["cases"]
        for month, cases in enumerate(each["months"], start=1)
    ]
    return (
        len(enter(ITEM, [_item(organs[each["organ"]], each) for each in listed["item"]], at=at))
        + len(enter(POINT, [_point(organs[each["organ"]], each) for each in listed["point"]], at=at))
        + len(enter(CASES, counters, at=at))
    )


def _item(organ: Organ, each: dict[str, Any]) -> dict[str, Any]:
    promised = each["promised"]
    return {
        "organ": organ,
        "name": each["name"],
        "item_type": each["type"],
        "level": "county",
        "base_code": "",
        "implementation_code": "",
        "legal_basis": each["basis"],
        "audience": "自然人、法人",
        "conditions": "材料齐全、符合法定形式。",
        "materials": each["materials"],
        "steps": ["申请", "受理", "审查", "决定", "送达"],
        "case_type": "instant" if promised <= 1 else "promised",
        "legal_days": each.get("legal"),
        "promised_days": promised,
        "online_depth": each["depth"],
        "visits": each["visits"],
        "address": "青溪县文昌路60号青溪县政务服务中心",
        "hours": _HOURS,
        "consult": organ.phone,
        "complaint": "12345",
        "is_charged": False,
        "fee_basis": "",
        "result": each["result"],
        "remedies": "可以向青溪县人民政府申请行政复议，或者向人民法院提起行政诉讼。",
        "on": _IN_USE,
    }


def _point(organ: Organ, each: dict[str, Any]) -> dict[str, Any]:
    return {
        "organ": organ,
        "name": each["name"],
        "kind": each["kind"],
        "address": each["address"],
        "hours": "全天" if each["all_day"] else _HOURS,
        "is_all_day": each["all_day"],
        "phone": each["phone"],
        "on": _IN_USE,
    }

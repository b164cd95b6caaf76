"""A complete, clean item for tests, and changed copies of it."""

from dataclasses import replace
from datetime import date
from typing import Any

from gongkai.regulation.disclosure.item import Item
from gongkai.regulation.disclosure.item_check import check_item
from gongkai.regulation.finding import Finding
from tests.regulation.calendars import add_weekdays

DAY = date(2024, 4, 12)
CLEAN = Item(
    title="青溪县2024年度安全生产监督检查计划",
    body="现将监督检查计划予以公布。",
    art20_category="inspections",
    combined_category="安全生产/监督检查",
    issuing_agency="青溪县应急管理局",
    document_number="青应急〔2024〕8号",
    written_date=date(2024, 4, 8),
    formed_date=date(2024, 4, 8),
    keywords=("安全生产",),
    summary="全县年度监督检查计划",
    disclosure_mode="proactive",
)


def check(on: date = DAY, **changes: Any) -> list[Finding]:
    return check_item(replace(CLEAN, **changes), on, add_weekdays)


def codes(**changes: Any) -> list[str]:
    return [finding.code for finding in check(**changes)]

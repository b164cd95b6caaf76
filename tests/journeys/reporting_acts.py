"""A bureau at the beginning of the year after: what it did is in the ledgers, its report is not begun.

`python -m tests.journeys.reporting_acts prepare` fills an installation from a process of its own.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

RESEARCHED = "disclose", "disclose", "not_responsible"
"""How last year's applications ended."""


def prepare() -> dict[str, int]:
    """Last year's items, a normative document, three applications that were answered; the column for reports."""
    from django.utils.timezone import localdate

    from gongkai.office.accounts.models import Appointment
    from gongkai.office.casework.actions import Deciding, decide, record_reply
    from gongkai.office.organs.models import DisclosureOffice
    from gongkai.office.publishing.models import Column
    from gongkai.office.publishing.search import announce
    from tests.office.casework.cases import FIRM, PERSON, at, officers, received
    from tests.office.cast import assemble
    from tests.office.normative import records
    from tests.office.reporting.ledger import published

    cast = assemble()
    year = localdate().year - 1
    Appointment.objects.update(from_date=date(year - 1, 1, 1))
    Column.objects.create(
        code="annual-reports", name="政府信息公开年报", kind=Column.Kind.STATUTORY, path="0002.", art20_category=""
    )
    DisclosureOffice.objects.create(
        organ=cast.education, name="办公室", address="青溪县书院路8号", phone="0000-7654321", office_hours="工作日",
        postcode="999001",
    )  # fmt: skip
    items = published(cast, 4, year=year)
    signed = date(year, 3, 3)
    records.document(cast, signed, written_date=signed - timedelta(days=3))
    announce([item.pk for item in items])
    desk = officers(cast)
    for number, outcome in enumerate(RESEARCHED):
        came = date(year, 4, 1) + timedelta(days=7 * number)
        who = PERSON if number < 2 else replace(FIRM, wanted="请公开校舍维修工程的监理报告。")
        case = received(cast, desk.case, on=came, who=who)
        on = came + timedelta(days=10)
        decide(case, Deciding(outcome, reasons="由住房城乡建设部门负责公开。"), by=desk.case, at=at(on))
        record_reply(case, outcome, on=on, at=at(on), by=desk.case)
    return {"year": year}


def main(verb: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.project.settings")
    import django

    django.setup()
    print(json.dumps({"prepare": prepare}[verb]()))


if __name__ == "__main__":
    assert Path(os.environ["GONGKAI_DATA"]).is_dir()
    main(sys.argv[1])

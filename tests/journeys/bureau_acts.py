"""The education bureau's cases in an installation, from a process of its own: `python -m tests.journeys.bureau_acts <verb>`.

What a day has to be past for (a fee that nobody paid for twenty working days) is done on those days here, by the same actions;
what happens today is done in the browser.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from pathlib import Path


def by_post() -> dict[str, int]:
    """An application that came by signed post yesterday."""
    from django.utils.timezone import localdate

    from tests.office.casework.cases import officers, received
    from tests.office.casework.letters import set_up
    from tests.office.cast import assemble

    cast = assemble()
    desk = officers(cast)
    set_up(cast.education)
    day = localdate() - timedelta(days=1)
    return {"case": received(cast, desk.case, on=day, channel="post_signed").pk}


def unpaid() -> dict[str, int]:
    """Twelve applications of one person in a month, the last with a fee notice that was not paid in time; and one today."""
    from django.utils.timezone import localdate, now

    from gongkai.office.casework.actions import pass_day
    from gongkai.office.casework.actions.delivering import deliver
    from gongkai.office.casework.actions.writing import draft_letter
    from gongkai.regulation.workdays import provisional_workdays
    from tests.office.casework.cases import at, officers, received
    from tests.office.casework.letters import set_up, signed
    from tests.office.cast import assemble

    cast = assemble()
    desk = officers(cast)
    set_up(cast.education)
    days = provisional_workdays()
    today = localdate()
    day = days.on_or_after((today - timedelta(days=60)).replace(day=1))
    cases = [received(cast, desk.case, on=day) for _ in range(12)]
    notified = days.add(day, 3)
    given = {
        "frequency": "一个月内向本机关提出12件申请。",
        "fee_method": "per_item",
        "item_count": 1,
        "payment_way": "凭本通知书到青溪县政务服务中心非税收入窗口缴纳。",
    }
    letter = draft_letter(cases[-1], "fee_notice", by=desk.case, at=at(notified), given=given)
    letter = signed(letter, desk, on=notified)
    deliver(letter, way="counter", by=desk.case, at=at(notified), on=notified, signed_by="孙申请")
    pass_day(today=today, at=now())
    return {"case": cases[-1].pk, "open": received(cast, desk.case, on=today - timedelta(days=1)).pk}


def rows() -> dict[str, int]:
    """The cells of this year's statutory tables that are not zero."""
    from django.utils.timezone import localdate

    from gongkai.office.casework.queries import tally
    from gongkai.office.organs.models import Organ
    from gongkai.office.remedies.queries import tally as remedies

    organs = [Organ.objects.get(code="qingxi-education").pk]
    # From the year in which the oldest case came in: a journey in January begins in the year before.
    first = (localdate() - timedelta(days=120)).replace(month=1, day=1)
    period = (first, localdate().replace(month=12, day=31), "2021")
    return {
        each.measure.key: int(each.value)
        for count in (tally, remedies)
        for each in count(organs, *period)
        if each.value
    }


def main(verb: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.project.settings")
    import django

    django.setup()
    print(json.dumps({"by_post": by_post, "unpaid": unpaid, "rows": rows}[verb]()))


if __name__ == "__main__":
    assert Path(os.environ["GONGKAI_DATA"]).is_dir()
    main(sys.argv[1])

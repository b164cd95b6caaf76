"""The education bureau before anybody has applied, and what it counts after: `python -m tests.journeys.applying <verb>`."""

from __future__ import annotations

import json
import os
import sys


def prepare() -> dict[str, int]:
    """青溪县, the bureau's officers, and what its letters name, the online channel for reconsideration too."""
    from tests.office.casework.cases import officers
    from tests.office.casework.letters import set_up
    from tests.office.cast import assemble

    cast = assemble()
    officers(cast)
    named = set_up(cast.education)
    named.reconsideration_channel = "青溪县行政复议网上受理平台"
    named.save()
    return {"organ": cast.education.pk}


def rows() -> dict[str, int]:
    """The cells of this year's table of applications that are not zero."""
    from django.utils.timezone import localdate

    from gongkai.office.casework.queries import tally
    from gongkai.office.organs.models import Organ

    organ = Organ.objects.get(code="qingxi-education").pk
    today = localdate()
    counted = tally([organ], today.replace(month=1, day=1), today.replace(month=12, day=31), "2021")
    return {each.measure.key: int(each.value) for each in counted if each.value}


def main(verb: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.project.settings")
    import django

    django.setup()
    print(json.dumps({"prepare": prepare, "rows": rows}[verb]()))


if __name__ == "__main__":
    main(sys.argv[1])

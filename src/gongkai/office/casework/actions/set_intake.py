"""Say through which channels an agency takes applications in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.audit.actions import Act, record
from gongkai.office.casework import policy
from gongkai.office.casework.models import Intake
from gongkai.office.organs.models import Organ
from gongkai.office.renderings import keys
from gongkai.office.renderings.actions import touch

SETTINGS = ("online_open", "fax_open", "individual_business_column")


@transaction.atomic
def set_intake(
    organ: Organ, *, online_open: bool, fax_open: bool, individual_business_column: str, by: User, at: datetime
) -> Intake:
    """Open or close the internet and fax of an agency; the guide says so at once. Handing in and post have no switch.

    What is on its way in is not affected: an application that was sent before stays.
    Errors: Refused without the role. Source: 国办公开办函〔2017〕19号.
    """
    policy.require(by, "settings", organ, on=localdate(at))
    intake = Intake.objects.select_for_update().get_or_create(organ=organ)[0]
    before = {name: getattr(intake, name) for name in SETTINGS}
    intake.online_open, intake.fax_open = online_open, fax_open
    intake.individual_business_column = individual_business_column
    intake.save()
    after = {name: getattr(intake, name) for name in SETTINGS}
    changed = {name: [before[name], after[name]] for name in SETTINGS if before[name] != after[name]}
    if changed:
        record(Act(by.staff_number, "casework.set_intake", f"organs.organ:{organ.pk}", detail=changed), at=at)
        touch([keys.organ(organ.pk), keys.OFFICES])
    return intake

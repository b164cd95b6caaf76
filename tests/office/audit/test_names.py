"""The log says in words what was done to a letter or a notice, and what of a person was looked at."""

from __future__ import annotations

import pytest

from gongkai.office.audit.actions import Act, record
from gongkai.office.audit.models import Entry
from gongkai.office.audit.names import act_name, particulars
from gongkai.office.casework import masking
from gongkai.office.casework.kinds import KINDS
from gongkai.office.casework.models import LetterStep
from gongkai.office.notices.record import _ON_RECORD
from tests.office.cast import NOW

_GENERIC = ("办理依申请公开事项", "办理通知送达事项")


@pytest.mark.parametrize(
    "act",
    [
        *(f"casework.{kind}" for kind in KINDS),
        *(f"casework.letter_{kind}" for kind in LetterStep.Kind),
        *(f"notices.{result}" for result in sorted(_ON_RECORD)),
    ],
)
def test_what_is_done_with_cases_letters_and_notices_has_a_name_of_its_own(act: str) -> None:
    assert act_name(act) not in _GENERIC


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "label"), masking.FIELDS.items())
def test_a_look_at_what_is_masked_says_at_what_and_what_for(field: str, label: str) -> None:
    act = Act("C001", "personal.reveal", "casework.application:7", detail={"field": field, "purpose": "电话联系补正"})
    record(act, at=NOW)
    (what, shown), *rest = particulars(Entry.objects.get(act="personal.reveal"))
    assert what == "查看的内容"
    assert label in shown
    assert rest == [("事由", "电话联系补正")]

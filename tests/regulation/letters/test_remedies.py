"""Who reconsiders, by the kind of agency and the law of the day."""

from dataclasses import replace
from datetime import date

import pytest

from gongkai.regulation.law import law_on
from gongkai.regulation.letters import AgencyKind, kinds, reconsideration_comes_first, write_letter
from tests.regulation.letters.made_letters import AFTER, BEFORE, OFFICE, case_of


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("department", "青溪县人民政府或者池山市自然资源局", "青溪县人民政府"),
        ("government", "池山市自然资源局", "池山市自然资源局"),
        ("vertical", "池山市自然资源局", "池山市自然资源局"),
        ("province", "青溪县自然资源局", "青溪县自然资源局"),
        ("ministry", "青溪县自然资源局", "青溪县自然资源局"),
    ],
)
def test_the_law_says_who_reconsiders(kind: AgencyKind, before: str, after: str) -> None:
    for on, body in ((BEFORE, before), (AFTER, after)):
        case = case_of("reply_withdrawn", on, {"withdrawn_on": on})
        letter = write_letter("reply_withdrawn", replace(case, office=replace(OFFICE, kind=kind)), law_on(on), on)
        assert f"向{body}申请行政复议" in {part.key: part.text for part in letter.parts}["remedies"]


def test_a_body_that_the_office_does_not_name_is_missing() -> None:
    case = case_of("reply_withdrawn", AFTER, {"withdrawn_on": AFTER})
    letter = write_letter(
        "reply_withdrawn", replace(case, office=replace(OFFICE, own_government="")), law_on(AFTER), AFTER
    )
    assert [finding.where for finding in letter.findings] == [("reconsideration_body",)]


def test_refusals_alone_go_to_reconsideration_first_and_since_2024_only() -> None:
    first = {key for key, kind in kinds().items() if reconsideration_comes_first(kind, date(2024, 1, 1))}
    assert first == {key for key in kinds() if key.startswith("reply_deny_")} | {"reply_partial"}
    assert not any(reconsideration_comes_first(kind, date(2023, 12, 31)) for kind in kinds().values())
    assert first == {key for key, kind in kinds().items() if reconsideration_comes_first(kind, date(2026, 11, 25))}


def test_an_online_reply_needs_an_online_channel_since_2024() -> None:
    facts = {"withdrawn_on": AFTER, "delivery": "online"}
    case = case_of("reply_withdrawn", AFTER, facts)
    office = replace(OFFICE, reconsideration_channel="")
    letter = write_letter("reply_withdrawn", replace(case, office=office), law_on(AFTER), AFTER)
    assert [finding.where for finding in letter.findings] == [("reconsideration_channel",)]

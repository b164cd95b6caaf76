"""Handing in: the pre-check stops errors, asks for reasons, and the record says who handed in what."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing import actions
from gongkai.office.publishing.refusals import CheckFailed, RefusedByRule
from tests.office.cast import TODAY, Cast
from tests.office.publishing.stage import content, drafted, later, shown, submitted


def test_a_submitted_item_waits_for_the_first_review_until_a_day(cast: Cast):
    item = submitted(cast)
    item.refresh_from_db()
    assert (item.draft.state, item.draft.next_step) == ("in_review", "first")
    assert item.draft.due_on > TODAY


def test_an_error_of_the_check_stops_it(cast: Cast):
    item = drafted(cast, body="<p>联系人手机：13812345678。</p>", art20_category="")
    with pytest.raises(CheckFailed) as refused:
        actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(1))
    assert {each.code for each in refused.value.findings} == {"ITEM-MOBILE", "ITEM-ELEMENT"}
    assert "13812345678" not in str(refused.value)
    assert item.review_events.filter(kind="submitted").count() == 0


def test_a_warning_asks_for_a_reason_which_is_kept(cast: Cast):
    item = drafted(cast, formed_date=date(2024, 1, 2), written_date=date(2024, 1, 2))
    with pytest.raises(CheckFailed) as refused:
        actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(1), reasons={"ITEM-DEADLINE": "  "})
    assert [each.code for each in refused.value.unexplained] == ["ITEM-DEADLINE"]
    reasons = {"ITEM-DEADLINE": "上级三月才批复", "ITEM-MOBILE": "没有这回事"}
    actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(2), reasons=reasons)
    assert item.review_events.get(kind="submitted").detail["reasons"] == {"ITEM-DEADLINE": "上级三月才批复"}


def test_a_text_that_changed_since_it_was_on_the_screen_is_not_submitted(cast: Cast):
    item = drafted(cast)
    old = shown(item)
    actions.edit(item, content(cast, summary="新的"), edition=1, by=cast.editor, at=later(1))
    with pytest.raises(RefusedByRule) as refused:
        actions.submit(item, content_hash=old, by=cast.editor, at=later(2))
    assert refused.value.finding.code == "REV-TEXT-CHANGED"


def test_it_is_not_submitted_twice(cast: Cast):
    item = submitted(cast)
    with pytest.raises(RefusedByRule, match="审核中"):
        actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(2))


def test_staff_of_another_agency_submit_nothing(cast: Cast):
    item = drafted(cast)
    with pytest.raises(Refused, match="信息编辑"):
        actions.submit(item, content_hash=shown(item), by=cast.outsider, at=later(1))

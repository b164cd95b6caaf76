"""Returned by a reviewer, taken back by the author: the passes fall, the reason stays."""

from __future__ import annotations

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing import actions
from gongkai.office.publishing.record import read
from gongkai.office.publishing.refusals import RefusedByRule
from tests.office.cast import Cast
from tests.office.publishing.stage import later, pass_steps, passed, shown, submitted


def test_a_returned_item_is_with_its_author_again_and_the_passes_are_void(cast: Cast):
    item = passed(cast, 1)
    actions.return_to_author(item, step="second", reason="第二段数字不对", by=cast.second, at=later(9))
    item.refresh_from_db()
    standing = read(item, at=later(10)).standing()
    assert (standing.state, standing.passes, standing.returned.reason) == ("returned", (), "第二段数字不对")
    assert [each.step for each in standing.void] == ["first"]
    assert item.draft.state == "returned"


def test_after_a_return_all_three_pass_again(cast: Cast):
    item = passed(cast, 2)
    actions.return_to_author(item, step="final", reason="请补附件", by=cast.final, at=later(9))
    actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(20))
    pass_steps(cast, item, minutes=21)
    item.refresh_from_db()
    assert item.published_at is not None


def test_a_return_needs_a_reason_and_the_step_that_is_due(cast: Cast):
    item = submitted(cast)
    with pytest.raises(Refused, match="退回的理由"):
        actions.return_to_author(item, step="first", reason=" ", by=cast.first, at=later(3))
    with pytest.raises(RefusedByRule) as refused:
        actions.return_to_author(item, step="second", reason="不行", by=cast.second, at=later(3))
    assert refused.value.finding.code == "REV-ORDER"
    with pytest.raises(Refused, match="初审"):
        actions.return_to_author(item, step="first", reason="不行", by=cast.outsider, at=later(3))


def test_an_author_takes_it_back_and_nobody_else_does(cast: Cast):
    item = passed(cast, 1)
    with pytest.raises(Refused):
        actions.take_back(item, reason="再改改", by=cast.first, at=later(9))
    actions.take_back(item, reason="再改改", by=cast.editor, at=later(9))
    item.refresh_from_db()
    assert (item.draft.state, item.draft.next_step) == ("draft", "")
    with pytest.raises(Refused, match="撤回送审的理由"):
        submitted_again(cast, item)


def submitted_again(cast: Cast, item) -> None:
    actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(10))
    actions.take_back(item, reason="", by=cast.editor, at=later(11))

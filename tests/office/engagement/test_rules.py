"""What an entry takes over from its item, and what can't be true."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.engagement.ledgers import OPINION, PROMISE, SELECTION
from gongkai.office.engagement.rules import promise_of
from gongkai.office.ledgers import actions
from tests.office.cast import NOW, TODAY
from tests.office.engagement.entries import consultation, interpretation, item, message, response

pytestmark = pytest.mark.django_db


def test_an_interpretation_takes_title_and_day_from_its_item(cast):
    public = item(cast, title="一图读懂校车管理办法")
    made = interpretation(cast, item=public, title="", on=None)
    assert (made.title, made.on) == ("一图读懂校车管理办法", date(2024, 3, 1))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": ""}, "缺少“标题”"),
        ({"on": None}, "缺少“发布日期”"),
        ({"on": TODAY + timedelta(days=1)}, "还没有到"),
    ],
)
def test_an_interpretation_without_an_item_says_what_it_is(cast, values, said):
    with pytest.raises(Refused, match=said):
        interpretation(cast, **values)


def test_what_is_not_public_yet_is_not_entered(cast):
    with pytest.raises(Refused, match="还没有公开"):
        interpretation(cast, item=item(cast, None))


def test_nobody_responds_before_a_concern_is_raised(cast):
    with pytest.raises(Refused, match="晚于回应时间"):
        response(cast, raised_at=datetime(2024, 3, 3, tzinfo=UTC))


def test_a_selection_belongs_to_the_agency_of_the_interpretation_and_is_the_office_s_to_enter(cast):
    made = interpretation(cast)
    values = {"interpretation": made, "selected_by": "省政府办公厅", "on": TODAY, "award": ""}
    with pytest.raises(Refused, match="政务公开机构工作人员"):
        actions.register(SELECTION, values, by=cast.editor, at=NOW)
    assert actions.register(SELECTION, values, by=cast.officer, at=NOW).organ == cast.education
    with pytest.raises(Refused, match="早于解读的发布日期"):
        actions.register(SELECTION, {**values, "on": date(2024, 3, 3)}, by=cast.officer, at=NOW)


def test_a_consultation_is_long_enough_or_says_why_not(cast):
    with pytest.raises(Refused, match="最早到2024-03-31截止"):
        consultation(cast, closes_on=date(2024, 3, 30))
    assert consultation(cast, closes_on=date(2024, 3, 10), shortened_reason="防汛紧急需要").pk


def test_the_result_of_a_consultation_comes_after_it(cast):
    with pytest.raises(Refused, match="早于截止日期"):
        consultation(cast, answered_on=date(2024, 3, 20))
    result = item(cast, date(2024, 4, 8))
    assert consultation(cast, result_item=result).answered_on == date(2024, 4, 8)


def test_an_opinion_came_while_it_was_asked_for_and_is_not_dropped_without_a_reason(cast):
    asked = consultation(cast)
    values = {
        "consultation": asked,
        "on": date(2024, 3, 31),
        "channel": "letter",
        "text": "同意。",
        "adoption": "adopted",
    }
    assert actions.register(OPINION, values, by=cast.editor, at=NOW).organ == cast.education
    with pytest.raises(Refused, match="不计入"):
        actions.register(OPINION, {**values, "on": date(2024, 4, 1)}, by=cast.editor, at=NOW)
    with pytest.raises(Refused, match="写明理由"):
        actions.register(OPINION, {**values, "adoption": "not_adopted"}, by=cast.editor, at=NOW)


def test_the_nearest_promise_above_counts_from_its_day_on(cast):
    assert promise_of(cast.education, TODAY) == 7
    actions.register(
        PROMISE, {"organ": cast.county, "on": date(2024, 1, 1), "working_days": 3}, by=cast.officer, at=NOW
    )
    own = {"organ": cast.education, "on": TODAY, "working_days": 2}
    actions.register(PROMISE, own, by=cast.officer, at=NOW)
    assert promise_of(cast.education, TODAY - timedelta(days=1)) == 3
    assert promise_of(cast.education, TODAY) == 2
    assert promise_of(cast.water, TODAY) == 3


def test_a_promise_longer_than_the_rule_allows_is_refused(cast):
    longer = {"organ": cast.county, "on": TODAY, "working_days": 16}
    with pytest.raises(Refused, match="不能超过 15 个工作日"):
        actions.register(PROMISE, longer, by=cast.officer, at=NOW)
    actions.register(PROMISE, {**longer, "working_days": 15}, by=cast.officer, at=NOW)
    assert promise_of(cast.education, TODAY) == 15


def test_a_message_is_due_as_promised_on_the_day_it_came(cast):
    actions.register(
        PROMISE, {"organ": cast.county, "on": date(2024, 1, 1), "working_days": 3}, by=cast.officer, at=NOW
    )
    made = message(cast)
    assert (made.promised_days, made.due_on) == (3, date(2024, 4, 17))
    assert made.number.startswith("20240412-")

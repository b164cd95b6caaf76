"""A message's life: who may do what, what is refused, what stays sealed, what the public sees."""

from datetime import date, timedelta

import pytest
from django.db import connection

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.engagement import actions, queries
from gongkai.office.engagement.ledgers import MESSAGE
from gongkai.office.ledgers import actions as ledger_actions
from gongkai.office.ledgers import queries as ledger_queries
from tests.office.cast import NOW, TODAY
from tests.office.engagement.entries import message

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=4)
PUBLIC = {"public_subject": "转学怎样办理", "public_content": "怎样转学？", "public_answer": "请到学校办理。"}


def answered(cast, **values):
    return actions.answer(message(cast, **values), "请到学校办理。", on=TODAY, by=cast.editor, at=NOW)


def test_who_wrote_and_what_is_sealed_and_looked_at_for_a_reason(cast):
    made = message(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, sender, contact FROM engagement_message")
        assert not [column for column in cursor.fetchone() if "孙来信" in column or "1380" in column]
    with pytest.raises(Refused, match="事由"):
        actions.reveal(made, purpose=" ", by=cast.editor, at=NOW)
    with pytest.raises(Refused, match="权限"):
        actions.reveal(made, purpose="好奇", by=cast.outsider, at=NOW)
    shown = dict(actions.reveal(made, purpose="电话核实", by=cast.editor, at=NOW))
    assert shown["姓名"] == "孙来信"
    assert Entry.objects.filter(act="personal.reveal").count() == 3
    assert "孙来信" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_what_comes_by_the_form_is_received_today_with_its_number(cast):
    made = actions.receive(
        cast.education, kind="question", subject="转学", content="怎样转学", sender="孙来信", contact="1", consents=False,
        at=NOW,
    )  # fmt: skip
    assert (made.on, made.channel, made.state) == (TODAY, "web", "received")
    assert Entry.objects.order_by("-sequence").first().act == "engagement.receive"


def test_the_agency_that_a_message_was_given_to_answers_it(cast):
    made = message(cast)
    with pytest.raises(Refused, match="权限"):
        actions.answer(made, "好的", on=TODAY, by=cast.outsider, at=NOW)
    assert list(queries.waiting(cast.outsider, on=TODAY)) == []
    actions.assign(made, cast.water, by=cast.officer, at=NOW)
    assert list(queries.waiting(cast.outsider, on=TODAY)) == [made]
    assert list(ledger_queries.entries_for(MESSAGE, cast.outsider, on=TODAY)) == [made]
    done = actions.answer(made, "已经修好。", on=date(2024, 4, 16), by=cast.outsider, at=LATER)
    assert (done.state, done.working_days) == ("answered", 2)
    assert list(queries.waiting(cast.officer, on=TODAY)) == []


def test_a_message_is_answered_once_and_not_before_it_came_or_tomorrow(cast):
    made = message(cast)
    with pytest.raises(Refused, match="还没有到"):
        actions.answer(made, "好", on=TODAY + timedelta(days=1), by=cast.editor, at=NOW)
    with pytest.raises(Refused, match="早于收到日期"):
        actions.answer(made, "好", on=TODAY - timedelta(days=1), by=cast.editor, at=NOW)
    with pytest.raises(Refused, match="写明答复"):
        actions.answer(made, " ", on=TODAY, by=cast.editor, at=NOW)
    actions.answer(made, "好", on=TODAY, by=cast.editor, at=NOW)
    with pytest.raises(Refused, match="已答复"):
        actions.answer(made, "再答", on=TODAY, by=cast.editor, at=NOW)
    with pytest.raises(Refused, match="已答复"):
        actions.hand_over(made, "petition", reason="信访", by=cast.editor, at=NOW)


def test_a_petition_is_handed_over_and_counted_no_message_answered(cast):
    made = message(cast)
    with pytest.raises(Refused, match="写明为什么"):
        actions.hand_over(made, "petition", reason="", by=cast.editor, at=NOW)
    done = actions.hand_over(made, "petition", reason="属于信访事项，已告知来信人", by=cast.editor, at=NOW)
    assert done.state == "handed_over"
    counted = {each.measure.key: each.value for each in queries.tally([cast.education.pk], TODAY, TODAY, "2021")}
    assert counted["messages_answered"] == 0


def test_the_public_sees_what_somebody_else_has_looked_through(cast):
    made = answered(cast)
    with pytest.raises(Refused, match="职责"):
        actions.show(made, **PUBLIC, by=cast.editor, at=NOW)
    with pytest.raises(Refused, match="像是个人信息"):
        actions.show(made, **{**PUBLIC, "public_content": "我的手机13800138000"}, by=cast.officer, at=NOW)
    shown = actions.show(made, **PUBLIC, by=cast.officer, at=NOW)
    assert list(queries.shown_messages()) == [shown]
    actions.hide(shown, reason="来信人撤回同意", by=cast.officer, at=NOW)
    assert list(queries.shown_messages()) == []


def test_who_answered_does_not_review_the_display(cast):
    made = actions.answer(message(cast), "请到学校办理。", on=TODAY, by=cast.officer, at=NOW)
    with pytest.raises(Refused, match="答复人以外"):
        actions.show(made, **PUBLIC, by=cast.officer, at=NOW)


def test_without_consent_or_an_answer_nothing_is_shown(cast):
    with pytest.raises(Refused, match="没有同意"):
        actions.show(answered(cast, consents=False), **PUBLIC, by=cast.officer, at=NOW)
    with pytest.raises(Refused, match="答复以后"):
        actions.show(message(cast), **PUBLIC, by=cast.officer, at=NOW)


def test_striking_a_shown_message_takes_it_from_the_public(cast):
    shown = actions.show(answered(cast), **PUBLIC, by=cast.officer, at=NOW)
    ledger_actions.strike(MESSAGE, shown, reason="测试数据", by=cast.editor, at=NOW)
    assert list(queries.shown_messages()) == []


def test_an_answer_is_rated_once_by_whoever_has_the_number(cast):
    made = message(cast)
    with pytest.raises(Refused, match="答复以后"):
        actions.rate(made, 5, at=NOW)
    made = actions.answer(made, "请到学校办理。", on=TODAY, by=cast.editor, at=NOW)
    with pytest.raises(Refused, match="选择一项"):
        actions.rate(made, 6, at=NOW)
    rated = actions.rate(made, 2, at=NOW)
    assert (rated.satisfaction, rated.rated_on) == (2, TODAY)
    with pytest.raises(Refused, match="只评价一次"):
        actions.rate(made, 5, at=NOW)
    found = {
        each.measure.key: each
        for each in queries.tally([cast.education.pk], date(2024, 1, 1), date(2024, 12, 31), "2021")
    }
    assert (found["messages_rated"].ids, found["messages_satisfied"].value) == ((made.pk,), 0)
    assert list(queries.messages_dissatisfied_in(date(2024, 4, 1), date(2024, 4, 30))) == [made]
    assert (queries.statistics(2024)["rated"], queries.statistics(2024)["satisfied"]) == (1, 0)

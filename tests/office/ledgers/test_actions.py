"""Entering, changing, striking, restoring: who may, what is refused, what is on record."""

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.engagement.ledgers import INTERPRETATION, RESPONSE
from gongkai.office.engagement.models import Interpretation
from gongkai.office.ledgers import actions, queries
from tests.office.cast import NOW, TODAY
from tests.office.engagement.entries import interpretation, item, response

pytestmark = pytest.mark.django_db


def last_act() -> Entry:
    return Entry.objects.order_by("-sequence").first()


def test_what_is_entered_stands_and_is_on_record(cast):
    made = interpretation(cast)
    assert list(queries.standing(INTERPRETATION)) == [made]
    act = last_act()
    assert (act.actor, act.act) == (cast.editor.staff_number, "engagement.register")
    assert act.subject == f"engagement.interpretation:{made.pk}"
    assert act.detail["title"] == made.title


def test_who_works_elsewhere_enters_changes_and_strikes_nothing(cast):
    made = interpretation(cast)
    values = {"organ": cast.education, "title": "改", "on": TODAY, "form": "text", "level": "own", "elements": []}
    for act in (
        lambda: actions.register(INTERPRETATION, values, by=cast.outsider, at=NOW),
        lambda: actions.change(INTERPRETATION, made, values, by=cast.outsider, at=NOW),
        lambda: actions.strike(INTERPRETATION, made, reason="不喜欢", by=cast.outsider, at=NOW),
        lambda: actions.register(INTERPRETATION, values, by=cast.first, at=NOW),
    ):
        with pytest.raises(Refused, match="信息编辑"):
            act()
    assert list(queries.entries_for(INTERPRETATION, cast.outsider, on=TODAY)) == []
    assert Interpretation.objects.get().title == made.title


def test_an_entry_is_not_moved_to_an_agency_somebody_does_not_work_for(cast):
    made = interpretation(cast)
    values = {"organ": cast.water, "title": made.title, "on": made.on, "form": "text", "level": "own", "elements": []}
    with pytest.raises(Refused, match="水利局"):
        actions.change(INTERPRETATION, made, values, by=cast.editor, at=NOW)


def test_a_change_keeps_what_was_said_before_in_the_log(cast):
    made = response(cast)
    values = {"organ": cast.education, "title": "关于开学时间的回应", "topic": "education", "gravity": "ordinary"}
    values |= {"responded_at": made.responded_at, "raised_at": made.raised_at, "item": None, "found_by": ""}
    actions.change(RESPONSE, made, values, by=cast.editor, at=NOW)
    assert last_act().detail == {"from": {"title": "关于学校何时开学的回应"}, "to": {"title": "关于开学时间的回应"}}
    before = Entry.objects.count()
    actions.change(RESPONSE, made, values, by=cast.editor, at=NOW)
    assert Entry.objects.count() == before, "nothing changed, nothing happened"


def test_striking_takes_an_entry_out_of_lists_and_counts_and_is_undone(cast):
    made = response(cast)
    struck = actions.strike(RESPONSE, made, reason="重复登记", by=cast.editor, at=NOW)
    assert list(queries.standing(RESPONSE)) == []
    with pytest.raises(Refused, match="已经划去"):
        actions.strike(RESPONSE, struck, reason="再划", by=cast.editor, at=NOW)
    with pytest.raises(Refused, match="先恢复"):
        actions.change(RESPONSE, struck, {"title": "改"}, by=cast.editor, at=NOW)
    actions.restore(RESPONSE, struck, by=cast.editor, at=NOW)
    assert list(queries.standing(RESPONSE)) == [made]
    assert last_act().detail == {"was_struck_for": "重复登记"}
    with pytest.raises(Refused, match="没有划去"):
        actions.restore(RESPONSE, made, by=cast.editor, at=NOW)


def test_a_reason_is_asked_for(cast):
    with pytest.raises(Refused, match="原因"):
        actions.strike(RESPONSE, response(cast), reason=" ", by=cast.editor, at=NOW)


def test_the_same_item_is_entered_once_as_long_as_the_first_entry_stands(cast):
    public = item(cast)
    first = interpretation(cast, item=public)
    with pytest.raises(Refused, match="已经登记了同样的"):
        interpretation(cast, item=public)
    actions.strike(INTERPRETATION, first, reason="登记错了", by=cast.editor, at=NOW)
    interpretation(cast, item=public)
    with pytest.raises(Refused, match="已经登记了同样的"):
        actions.restore(INTERPRETATION, first, by=cast.editor, at=NOW)

"""The clock: what is approved goes public when its hour has come, once."""

from __future__ import annotations

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.publishing import actions
from gongkai.office.publishing.models import Item
from gongkai.office.publishing.queries import public_items
from tests.office.cast import Cast
from tests.office.publishing.stage import cleared, content, later, pass_steps, submitted


def approved(cast: Cast, minutes: int = 60) -> Item:
    item = cleared(cast)
    actions.schedule(item, publish_at=later(minutes), by=cast.editor, at=later(3))
    pass_steps(cast, item)
    return item


def test_it_goes_public_at_its_hour_and_not_before(cast: Cast):
    item = approved(cast)
    assert actions.publish_due(later(59)).published == ()
    assert actions.publish_due(later(60)).published == (item,)
    assert public_items().get().published_at == later(60)
    assert actions.publish_due(later(61)).published == ()
    assert item.review_events.filter(kind="published").get().person == cast.final.staff_number
    assert Entry.objects.get(act="publishing.publish").actor == "system"


def test_an_item_without_its_passes_is_not_published_by_the_clock(cast: Cast):
    item = submitted(cast)
    actions.schedule(item, publish_at=later(5), by=cast.editor, at=later(3))
    assert actions.publish_due(later(60)).published == ()


def test_a_state_written_by_hand_publishes_nothing(cast: Cast):
    """Somebody with the database in hand marks a draft as approved."""
    item = submitted(cast)
    item.draft.state = "approved"
    item.draft.save()
    assert actions.publish_due(later(60)).published == ()
    assert not public_items().exists()


def test_an_edit_after_the_last_pass_calls_the_publication_off(cast: Cast):
    item = approved(cast)
    item.refresh_from_db()
    actions.edit(item, content(cast, summary="改动"), edition=item.draft.edition, by=cast.editor, at=later(20))
    assert actions.publish_due(later(60)).published == ()


def test_one_that_cannot_be_published_stops_no_other_and_says_why(cast: Cast):
    stuck, fine = approved(cast), approved(cast)
    stuck.organ = cast.water
    Item.objects.filter(pk=stuck.pk).update(organ=cast.water)
    cast.water.credit_code = ""
    cast.water.save()
    due = actions.publish_due(later(60))
    assert due.published == (fine,)
    assert [item for item, _ in due.refused] == [stuck]
    assert "统一社会信用代码" in due.refused[0][1]


def test_the_hour_lies_ahead_and_is_set_by_an_editor_or_the_final_reviewer(cast: Cast):
    item = cleared(cast)
    with pytest.raises(Refused, match="已经过了"):
        actions.schedule(item, publish_at=later(1), by=cast.editor, at=later(3))
    for by in (cast.first, cast.outsider):
        with pytest.raises(Refused):
            actions.schedule(item, publish_at=later(60), by=by, at=later(3))
    actions.schedule(item, publish_at=later(60), by=cast.final, at=later(3))


def test_taking_the_hour_away_publishes_at_the_next_round(cast: Cast):
    item = approved(cast)
    actions.schedule(item, publish_at=None, by=cast.editor, at=later(20))
    assert actions.publish_due(later(21)).published == (item,)

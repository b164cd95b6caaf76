"""Writing: who may, what is kept of it, and what happens when two do it at once."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.accounts.models import Role
from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing import actions
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Draft, Item
from gongkai.office.publishing.queries import public_items
from gongkai.office.publishing.refusals import Conflict, RefusedByRule
from tests.office.cast import Cast, appoint
from tests.office.publishing.stage import content, drafted, later, pass_step, passed, shown, submitted


def save(cast: Cast, item: Item, by=None, minutes: int = 10, **more: object) -> Draft:
    item.refresh_from_db()
    edition = item.draft.edition
    return actions.edit(item, content(cast, **more), edition=edition, by=by or cast.editor, at=later(minutes))


def test_a_draft_is_not_public_and_has_no_index_number(cast: Cast):
    item = drafted(cast)
    assert (item.published_at, item.index_number, item.body) == (None, None, "")
    assert not public_items().exists()
    assert item.title == content(cast).title
    assert item.draft.state == "draft"


def test_only_an_editor_of_the_agency_drafts_and_edits(cast: Cast):
    for stranger in (cast.first, cast.officer, cast.outsider):
        with pytest.raises(Refused, match="信息编辑"):
            actions.draft(cast.education, content(cast), by=stranger, at=later(0))
    item = drafted(cast)
    with pytest.raises(Refused, match="信息编辑"):
        save(cast, item, by=cast.outsider, summary="外人改的")


def test_a_draft_needs_a_title_and_a_column(cast: Cast):
    with pytest.raises(Refused, match="标题"):
        actions.draft(cast.education, content(cast, title="  "), by=cast.editor, at=later(0))
    with pytest.raises(Refused, match="栏目"):
        actions.draft(cast.education, content(cast, column=999999), by=cast.editor, at=later(0))


def test_what_is_stored_is_clean_whatever_path_it_came_by(cast: Cast):
    item = drafted(cast, body='<p onclick="x()" style="color:red">甲<script>alert(1)</script></p>')
    assert item.draft.content["body"] == "<p>甲</p>"
    save(cast, item, body='<p><a href="javascript:alert(1)">乙</a></p>')
    item.refresh_from_db()
    assert "javascript" not in item.draft.content["body"]


def test_saving_by_one_person_is_one_edit_however_often(cast: Cast):
    item = drafted(cast)
    for number in range(3):
        save(cast, item, minutes=10 + number, summary=f"第{number}次")
    assert item.review_events.filter(kind="edited").count() == 1
    actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(20))
    hashes = item.review_events.values_list("content_hash", flat=True)
    assert item.review_events.filter(kind="edited").count() == 2
    assert hashes.last() == shown(item)


def test_whoever_wrote_over_somebody_leaves_both_as_authors(cast: Cast):
    appoint(cast.officer, Role.EDITOR, cast.education)
    appoint(cast.second, Role.EDITOR, cast.education)
    item = drafted(cast)
    save(cast, item, by=cast.second, minutes=10, summary="王复审改了")
    save(cast, item, by=cast.officer, minutes=11, summary="吴公开又改了")
    actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(12))
    pass_step(item, "first", cast.first, 13)
    with pytest.raises(RefusedByRule) as refused:
        pass_step(item, "second", cast.second, 14)
    assert refused.value.finding.code == "REV-OWN-TEXT"


def test_an_older_edition_is_refused_with_both_texts_kept(cast: Cast):
    appoint(cast.officer, Role.EDITOR, cast.education)
    item = drafted(cast)
    opened = item.draft.edition
    save(cast, item, by=cast.officer, summary="吴公开先存了")
    with pytest.raises(Conflict, match="吴公开") as conflict:
        actions.edit(item, content(cast, summary="我的"), edition=opened, by=cast.editor, at=later(11))
    assert (conflict.value.theirs.summary, conflict.value.yours.summary) == ("吴公开先存了", "我的")
    item.refresh_from_db()
    assert item.draft.content["summary"] == "吴公开先存了"


def test_saving_without_a_change_voids_nothing(cast: Cast):
    item = passed(cast, 2)
    save(cast, item)
    item.refresh_from_db()
    assert (item.draft.state, item.draft.next_step) == ("in_review", "final")


def test_an_edit_during_review_brings_the_item_back_to_its_draft(cast: Cast):
    item = passed(cast, 2)
    save(cast, item, summary="改动")
    item.refresh_from_db()
    assert (item.draft.state, item.draft.next_step, item.draft.due_on, item.draft.secrecy) == ("draft", "", None, "")


def test_what_is_public_is_not_edited_but_corrected(cast: Cast):
    item = passed(cast, 3)
    with pytest.raises(Refused, match="更正"):
        actions.edit(item, content(cast, summary="改动"), edition=1, by=cast.editor, at=later(10))


def test_a_discarded_draft_is_gone_and_its_record_stays(cast: Cast):
    item = drafted(cast)
    actions.discard(item, reason="重复了", by=cast.editor, at=later(5))
    assert not Draft.objects.exists()
    assert item.review_events.count() == 1
    with pytest.raises(Refused, match="没有正在处理的稿件"):
        actions.submit(item, content_hash="0", by=cast.editor, at=later(6))


def test_a_draft_in_review_is_not_discarded(cast: Cast):
    with pytest.raises(Refused, match="撤回送审"):
        actions.discard(submitted(cast), reason="不要了", by=cast.editor, at=later(5))


def test_a_content_survives_its_way_through_the_database(cast: Cast):
    written = content(cast, effective_date=date(2024, 5, 1), keywords=("甲", "乙"))
    item = actions.draft(cast.education, written, by=cast.editor, at=later(0)).item
    item.refresh_from_db()
    assert Content.from_json(item.draft.content) == written

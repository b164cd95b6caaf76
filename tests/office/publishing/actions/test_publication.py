"""Going public, being corrected, withdrawn and restored; what the public sees at each moment."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.organs.models import Site
from gongkai.office.publishing import actions
from gongkai.office.publishing.content import AttachedFile
from gongkai.office.publishing.index_numbers import claim
from gongkai.office.publishing.models import Column, Draft, Item, StoredFile, Version
from gongkai.office.publishing.publication import public_content
from gongkai.office.publishing.queries import public_items
from gongkai.office.publishing.refusals import CheckFailed
from tests.office.cast import NOW, Cast
from tests.office.publishing.stage import (
    clear,
    cleared,
    content,
    drafted,
    later,
    pass_step,
    pass_steps,
    passed,
    published,
    shown,
)


def stored(sha256: str) -> StoredFile:
    return StoredFile.objects.create(sha256=sha256, size=1, media_type="application/pdf", stored_at=NOW)


def through_review(cast: Cast, item: Item, minutes: int) -> None:
    actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(minutes))
    clear(cast, item, minutes + 1)
    pass_steps(cast, item, minutes=minutes + 2)
    item.refresh_from_db()


def test_what_goes_public_is_what_was_reviewed(cast: Cast):
    stored("a" * 64)
    attached = (AttachedFile("a" * 64, "附表.pdf"),)
    item = published(cast, attachments=attached)
    assert public_content(item) == content(cast, attachments=attached)
    assert item.content_hash == content(cast, attachments=attached).hash()
    assert not Draft.objects.exists()
    version = Version.objects.get()
    assert (version.number, version.content_hash, version.published_at) == (1, item.content_hash, item.published_at)


def test_index_numbers_count_up_and_are_never_changed(cast: Cast):
    first, second = published(cast), published(cast, title="第二件政府信息")
    assert first.index_number == "11990001MB0A00002L/202404-00001"
    assert second.index_number == "11990001MB0A00002L/202404-00002"
    actions.correct(first, note="改正错字", by=cast.editor, at=later(20))
    through_review(cast, first, 21)
    assert first.index_number == "11990001MB0A00002L/202404-00001"


def test_a_number_that_an_import_brought_is_not_given_again(cast: Cast):
    claim(["11990001MB0A00002L/202404-00041", "别处的号"])
    assert published(cast).index_number == "11990001MB0A00002L/202404-00042"


def test_an_agency_without_its_code_is_told_before_review(cast: Cast):
    Site.objects.update(index_number_template="{region}-{yyyy}-{seq:04d}")
    item = drafted(cast)
    with pytest.raises(CheckFailed, match="行政区划代码"):
        actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(1))


def test_a_failure_while_going_public_leaves_nothing_half_done(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    item = passed(cast, 2)
    events = item.review_events.count()

    def fall(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("gongkai.office.publishing.publication._attach", fall)
    with pytest.raises(OSError, match="disk"), transaction.atomic():
        pass_step(item, "final", cast.final, 9)
    item.refresh_from_db()
    assert (item.published_at, item.index_number, item.review_events.count()) == (None, None, events)
    assert item.draft.next_step == "final"


def test_what_is_public_stays_until_the_correction_is_passed(cast: Cast):
    item = published(cast)
    first_published = item.published_at
    draft = actions.correct(item, note="更正日期", by=cast.editor, at=later(20))
    changed = content(cast, summary="更正以后的概述。", correction_note="更正日期")
    actions.edit(item, changed, edition=draft.edition, by=cast.editor, at=later(21))
    assert public_items().get().summary == content(cast).summary
    through_review(cast, item, 22)
    assert item.summary == "更正以后的概述。"
    assert (item.published_at, item.changed_at) == (first_published, later(26))
    assert list(item.versions.values_list("number", "note")) == [(1, ""), (2, "更正日期")]


def test_a_correction_without_a_note_is_refused(cast: Cast):
    item = published(cast)
    with pytest.raises(Refused, match="更正说明"):
        actions.correct(item, note=" ", by=cast.editor, at=later(20))
    draft = actions.correct(item, note="改错字", by=cast.editor, at=later(20))
    actions.edit(item, content(cast, summary="新"), edition=draft.edition, by=cast.editor, at=later(21))
    with pytest.raises(CheckFailed, match="更正"):
        actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(22))


def test_the_first_correction_of_an_imported_item_keeps_what_was_public(cast: Cast):
    item = Item.objects.create(
        organ=cast.education,
        column=cast.column,
        title="旧站信息",
        body="<p>旧文</p>",
        art20_category="livelihood",
        issuing_agency="青溪县教育局",
        formed_date=content(cast).formed_date,
        summary="旧文",
        keywords=["旧"],
        index_number="旧-1",
        content_hash="0" * 64,
        created_at=NOW,
        published_at=NOW,
    )
    new = replace(public_content(item), body="<p>新文</p>", keywords=("旧",))
    actions.correct(item, note="改正文", by=cast.editor, at=later(1), content=new)
    through_review(cast, item, 2)
    assert [each.content["body"] for each in item.versions.all()] == ["<p>旧文</p>", "<p>新文</p>"]


def test_a_withdrawal_takes_effect_at_once_and_gives_its_reason(cast: Cast):
    item = published(cast)
    actions.withdraw(item, reason="内容有误", by=cast.officer, at=later(20))
    item.refresh_from_db()
    assert not public_items().exists()
    assert (item.withdrawn_at, item.withdrawn_reason) == (later(20), "内容有误")
    assert Entry.objects.get(act="publishing.withdraw").detail["reason"] == "内容有误"


@pytest.mark.parametrize("part", ["editor", "first", "second", "secrecy", "administrator", "outsider"])
def test_only_the_final_reviewer_and_the_disclosure_office_withdraw(cast: Cast, part: str):
    item = published(cast)
    with pytest.raises(Refused, match="撤下已公开的信息"):
        actions.withdraw(item, reason="撤", by=getattr(cast, part), at=later(20))
    assert public_items().exists()


def test_a_withdrawal_needs_a_reason_and_something_public(cast: Cast):
    with pytest.raises(Refused, match="还没有公开"):
        actions.withdraw(cleared(cast), reason="撤", by=cast.final, at=later(20))
    item = published(cast)
    with pytest.raises(Refused, match="理由"):
        actions.withdraw(item, reason="", by=cast.final, at=later(20))
    actions.withdraw(item, reason="内容有误", by=cast.final, at=later(20))
    with pytest.raises(Refused, match="已经撤下"):
        actions.withdraw(item, reason="再撤", by=cast.final, at=later(21))


def test_what_was_withdrawn_comes_back_through_the_reviews_only(cast: Cast):
    item = published(cast)
    actions.withdraw(item, reason="内容有误", by=cast.final, at=later(20))
    with pytest.raises(Refused, match="申请恢复"):
        actions.correct(item, note="改", by=cast.editor, at=later(21))
    actions.restore(item, note="核实无误，恢复公开", by=cast.editor, at=later(22))
    assert not public_items().exists()
    through_review(cast, item, 23)
    assert public_items().get() == item
    assert item.withdrawn_reason == ""
    assert Entry.objects.filter(act="publishing.restore").exists()


def test_there_is_one_draft_at_a_time(cast: Cast):
    item = published(cast)
    actions.correct(item, note="改", by=cast.editor, at=later(20))
    with pytest.raises(Refused, match="已经有一份正在处理的稿件"):
        actions.correct(item, note="再改", by=cast.editor, at=later(21))


def test_the_database_refuses_to_change_a_version_or_a_review(cast: Cast):
    published(cast)
    for rows, change in (
        (Version.objects.all(), {"note": "改"}),
        (Item.objects.get().review_events.all(), {"person": "X"}),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(**change)


def test_every_list_it_stands_in_is_told_before_and_after(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    told: list[set[str]] = []
    monkeypatch.setattr("gongkai.office.publishing.publication.touch", told.append)
    item = published(cast)
    other = Column.objects.create(code="policies", name="政策", path="0002.")
    actions.correct(
        item, note="改栏目", by=cast.editor, at=later(20), content=replace(public_content(item), column=other.pk)
    )
    through_review(cast, item, 21)
    for pk in (cast.column.pk, other.pk):
        assert f"listed:column:{pk}" in told[-1]
    assert {f"item:{item.pk}", "home", "listed:category:livelihood", f"listed:organ:{cast.county.pk}"} <= told[-1]
    actions.withdraw(item, reason="有误", by=cast.final, at=later(40))
    assert f"listed:column:{other.pk}" in told[-1]
    assert f"listed:column:{cast.column.pk}" not in told[-1]

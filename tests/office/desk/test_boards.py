"""Everybody sees first what waits for them, and nothing that is none of their business."""

from datetime import timedelta

import pytest

from gongkai.office.desk import boards
from gongkai.office.publishing.actions.draft import draft
from gongkai.office.publishing.actions.return_to_author import return_to_author
from gongkai.office.publishing.actions.submit import submit
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Draft
from tests.office.cast import NOW, TODAY, Cast


def begun(cast: Cast, title: str = "关于停水的公告") -> Draft:
    content = Content(
        title,
        cast.column.pk,
        body="<p>因管道检修，定于周六停水四小时，请提前储水。</p>",
        summary="周六停水四小时的安排和联系方式。",
        keywords=("停水",),
        art20_category="other_required",
        genre_category="公告",
        issuing_agency=cast.education.name,
        formed_date=TODAY,
    )
    return draft(cast.education, content, by=cast.editor, at=NOW)


def shown(user, key: str) -> list[str]:
    return [line.draft.item.title for board in boards.work(user, on=TODAY) if board.key == key for line in board.lines]


def test_a_draft_stands_on_its_author_s_board_only(cast: Cast):
    begun(cast)
    assert shown(cast.editor, "drafts") == ["关于停水的公告"]
    for other in (cast.first, cast.outsider):
        assert shown(other, "drafts") == shown(other, "waiting") == []


def test_what_was_handed_in_waits_for_the_first_reviewer_and_comes_back_when_returned(cast: Cast):
    made = begun(cast)
    submit(made.item, content_hash=made.content_hash, by=cast.editor, at=NOW)
    assert shown(cast.first, "waiting") == ["关于停水的公告"]
    assert shown(cast.second, "waiting") == shown(cast.editor, "drafts") == []
    return_to_author(made.item, step="first", reason="请补充电话", by=cast.first, at=NOW + timedelta(minutes=1))
    assert shown(cast.first, "waiting") == []
    assert shown(cast.editor, "returned") == ["关于停水的公告"]


def test_a_late_review_is_seen_by_the_disclosure_office(cast: Cast):
    made = begun(cast)
    submit(made.item, content_hash=made.content_hash, by=cast.editor, at=NOW)
    Draft.objects.update(due_on=TODAY - timedelta(days=2))
    assert shown(cast.officer, "late") == ["关于停水的公告"]
    line = boards.work(cast.officer, on=TODAY)[-1].lines[0]
    assert line.due == boards.Due("已超期 2 天", "bad")


@pytest.mark.parametrize(
    ("days", "due"),
    [(0, boards.Due("今天到期", "warn")), (1, boards.Due("还有 1 天", "warn")), (5, boards.Due("还有 5 天", "open"))],
)
def test_the_days_left_are_words_and_a_colour(days, due):
    assert boards.due(Draft(due_on=TODAY + timedelta(days=days)), on=TODAY) == due


def test_a_board_shows_some_and_counts_all(cast: Cast):
    for number in range(boards.SHOWN + 3):
        begun(cast, f"第{number}号公告")
    board = next(board for board in boards.work(cast.editor, on=TODAY) if board.key == "drafts")
    assert (len(board.lines), board.count) == (boards.SHOWN, boards.SHOWN + 3)


def test_a_column_that_owes_something_is_shown_to_who_looks_after_columns(cast: Cast):
    cast.column.update_interval_days = 7
    cast.column.save()
    assert [column.pk for column in boards.overdue_columns(cast.officer, on=TODAY)] == [cast.column.pk]
    assert boards.overdue_columns(cast.editor, on=TODAY) == []

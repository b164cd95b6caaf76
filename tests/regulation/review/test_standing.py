"""Where an item stands, derived from its record."""

from datetime import date

from gongkai.regulation.review import (
    Edited,
    Passed,
    Published,
    Returned,
    ReviewEvent,
    SecrecyReviewed,
    Standing,
    Submitted,
    Withdrawn,
    review_standing,
)
from tests.regulation.calendars import add_weekdays
from tests.regulation.review.acts import (
    APPROVED,
    AUTHOR,
    CLEARED,
    DAY,
    DRAFTED,
    FINAL,
    FIRST,
    IN_REVIEW,
    OFFICER,
    OUTSIDER,
    SECOND,
    SUBMITTED,
    THREE_PASSES,
    at,
    record_of,
)


def standing_of(*events: ReviewEvent, on: date = DAY) -> Standing:
    return review_standing(record_of(*events), on, add_weekdays)


def test_nothing_on_record_is_a_draft_that_can_only_be_written() -> None:
    standing = standing_of()
    assert (standing.state, standing.verbs) == ("draft", ("edit",))


def test_a_submitted_item_waits_for_its_first_review_till_the_next_working_day() -> None:
    standing = standing_of(DRAFTED, Submitted(AUTHOR, at(12), "a1"))
    assert (standing.state, standing.next_step) == ("in_review", "first")
    assert standing.due_on == date(2024, 4, 15)  # 12 April 2024 is a Friday
    assert standing.verbs == ("edit", "review_secrecy", "pass", "return", "withdraw")


def test_each_pass_moves_on_and_starts_the_clock_of_the_next_step() -> None:
    standing = standing_of(*IN_REVIEW, *THREE_PASSES[:2])
    assert standing.next_step == "final"
    assert standing.due_on == date(2024, 4, 11)
    assert [(each.step, each.by) for each in standing.passes] == [("first", FIRST), ("second", SECOND)]


def test_a_late_step_is_a_warning() -> None:
    assert [finding.code for finding in standing_of(*IN_REVIEW, on=date(2024, 4, 10)).findings] == ["REV-OVERDUE"]
    assert standing_of(*IN_REVIEW, on=date(2024, 4, 9)).findings == ()


def test_the_final_pass_is_not_open_without_a_secrecy_review() -> None:
    passes = (Passed("first", FIRST, at(9), "a1"), Passed("second", SECOND, at(10), "a1"))
    assert "pass" not in standing_of(DRAFTED, SUBMITTED, *passes).verbs
    assert "pass" in standing_of(*IN_REVIEW, *passes).verbs


def test_three_passes_open_publication() -> None:
    standing = standing_of(*APPROVED)
    assert (standing.state, standing.next_step, standing.due_on) == ("approved", None, None)
    assert standing.verbs == ("edit", "review_secrecy", "withdraw", "publish")


def test_an_edit_voids_every_pass_and_says_by_whom() -> None:
    standing = standing_of(*APPROVED, Edited(AUTHOR, at(12), "a2"))
    assert (standing.state, standing.passes, standing.secrecy) == ("draft", (), None)
    assert [each.step for each in standing.void] == ["first", "second", "final"]
    assert {each.reason.code for each in standing.void} == {"REV-VOID-EDIT"}
    assert standing.void[0].reason.values["by"] == AUTHOR


def test_a_return_goes_back_with_its_reason_and_voids_the_passes() -> None:
    standing = standing_of(*IN_REVIEW, THREE_PASSES[0], Returned("second", SECOND, at(10), "缺少成文日期"))
    assert standing.state == "returned"
    assert standing.returned is not None
    assert standing.returned.reason == "缺少成文日期"
    assert [each.reason.code for each in standing.void] == ["REV-VOID-RETURN"]
    assert standing.secrecy == CLEARED  # the text is still the one that was reviewed


def test_a_withdrawal_from_review_makes_it_a_draft_again() -> None:
    standing = standing_of(*APPROVED, Withdrawn(AUTHOR, at(12), "政策有调整"))
    assert (standing.state, standing.passes) == ("draft", ())


def test_a_publication_ends_the_round_and_a_later_edit_begins_another() -> None:
    published = (*APPROVED, Published(AUTHOR, at(11, 15), "a1"))
    assert (standing_of(*published).state, standing_of(*published).verbs) == ("published", ("edit",))
    edited = standing_of(*published, Edited(AUTHOR, at(12), "a2"))
    assert (edited.state, edited.content_hash, edited.published_hash) == ("draft", "a2", "a1")
    assert {each.reason.code for each in edited.void} == {"REV-VOID-EDIT"}


def test_acts_on_record_that_the_rules_refuse_have_no_effect_and_are_listed() -> None:
    own = Passed("first", AUTHOR, at(9), "a1")
    foreign = Withdrawn(OUTSIDER, at(9, 10), "不想发了")
    standing = standing_of(*IN_REVIEW, own, foreign)
    assert (standing.state, standing.passes) == ("in_review", ())
    assert [each.reason.code for each in standing.void] == ["REV-OWN-TEXT"]
    assert "REV-NOT-AUTHOR" in {finding.code for finding in standing.findings}


def test_a_publication_past_the_reviews_is_on_record_as_unlawful() -> None:
    standing = standing_of(*IN_REVIEW, THREE_PASSES[0], Published("系统管理员", at(9, 12), "a1"))
    assert standing.state == "published"
    assert [finding.code for finding in standing.findings] == ["REV-UNFINISHED"]


def test_a_submission_of_text_that_nobody_is_on_record_for_is_not_taken() -> None:
    standing = standing_of(DRAFTED, Submitted(AUTHOR, at(9), "b7"))
    assert (standing.state, standing.content_hash) == ("draft", "a1")
    assert [finding.code for finding in standing.findings] == ["REV-TEXT-CHANGED"]


def test_the_secrecy_review_of_other_content_is_not_taken() -> None:
    other = SecrecyReviewed(OFFICER, at(9), "b7", "对照保密事项范围", "may_disclose")
    assert standing_of(DRAFTED, SUBMITTED, other).secrecy is None


def test_the_standing_on_an_earlier_day_does_not_know_what_came_later() -> None:
    assert standing_of(*APPROVED, on=date(2024, 4, 9)).next_step == "second"
    assert {each.by for each in standing_of(*APPROVED).passes} == {FIRST, SECOND, FINAL}

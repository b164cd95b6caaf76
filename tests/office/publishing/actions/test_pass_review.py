"""Passing a step: the hole each stock workflow has, closed; and what a pass does."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.publishing import actions
from gongkai.office.publishing.models import Item, WordPreference
from gongkai.office.publishing.queries import public_items
from gongkai.office.publishing.refusals import CheckFailed, RefusedByRule
from tests.office.cast import PASSWORD, Cast, appoint
from tests.office.publishing.stage import (
    STEPS,
    clear,
    cleared,
    content,
    delegated,
    later,
    pass_step,
    pass_steps,
    passed,
    shown,
    submitted,
)


def refusal(item: Item, step: str, by: User) -> str:
    """The code of the rule that refuses a pass; the record must not have grown."""
    before = item.review_events.count()
    with pytest.raises(RefusedByRule) as refused:
        pass_step(item, step, by, 30)
    assert item.review_events.count() == before
    return refused.value.finding.code


def test_the_last_of_three_different_people_makes_it_public_at_once(cast: Cast):
    item = passed(cast, 2)
    assert not public_items().exists()
    assert pass_step(item, "final", cast.final, 9) is True
    item = public_items().get()
    assert item.published_at == later(9)
    assert item.index_number == "11990001MB0A00002L/202404-00001"
    assert list(item.review_events.values_list("kind", "person")) == [
        ("edited", "A001"),
        ("submitted", "A001"),
        ("secrecy_reviewed", "A005"),
        ("passed", "A002"),
        ("passed", "A003"),
        ("passed", "A004"),
        ("published", "A004"),
    ]


def test_each_pass_is_in_the_audit_log_with_the_hash_it_signs(cast: Cast):
    item = passed(cast, 3)
    acts = Entry.objects.filter(subject=f"publishing.item:{item.pk}")
    passes = [each.detail for each in acts if each.act == "publishing.pass_review"]
    assert [each["step"] for each in passes] == list(STEPS)
    assert {each["content_hash"] for each in passes} == {Item.objects.get().content_hash}
    assert acts.last().act == "publishing.publish"


def test_one_person_with_every_role_passes_one_step_only(cast: Cast):
    for role in (Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER):
        appoint(cast.officer, role, cast.education)
    item = cleared(cast)
    pass_step(item, "first", cast.officer)
    assert refusal(item, "second", cast.officer) == "REV-SAME-PERSON"
    pass_step(item, "second", cast.second, 31)
    assert refusal(item, "final", cast.officer) == "REV-SAME-PERSON"
    assert not public_items().exists()


def test_a_superuser_without_an_appointment_passes_nothing(cast: Cast):
    root = User.objects.create_superuser(username="root", password=PASSWORD, name="系统", staff_number="R1")
    item = cleared(cast)
    with pytest.raises(Refused, match="初审"):
        pass_step(item, "first", root)


def test_a_superuser_who_wrote_it_does_not_review_it(cast: Cast):
    cast.editor.is_superuser = True
    cast.editor.save()
    appoint(cast.editor, Role.FIRST_REVIEWER, cast.education)
    assert refusal(cleared(cast), "first", cast.editor) == "REV-OWN-TEXT"


def test_every_permission_of_the_shell_gives_no_word_in_a_review(cast: Cast):
    clerk = User.objects.create_user(username="clerk", password=PASSWORD, name="冯权限", staff_number="C1")
    clerk.user_permissions.set(Permission.objects.all())
    item = passed(cast, 2)
    with pytest.raises(Refused, match="终审"):
        pass_step(item, "final", clerk, 30)
    assert not public_items().exists()


@pytest.mark.parametrize(("steps", "wrong"), [(0, "second"), (0, "final"), (1, "first"), (1, "final"), (2, "second")])
def test_no_step_is_taken_out_of_its_order(cast: Cast, steps: int, wrong: str):
    item = passed(cast, steps)
    stranger = User.objects.create_user(username="s", password=PASSWORD, name="陈审核", staff_number="S1")
    for role in (Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER):
        appoint(stranger, role, cast.education)
    assert refusal(item, wrong, stranger) == "REV-ORDER"


def test_nothing_is_passed_before_it_is_submitted(cast: Cast):
    item = actions.draft(cast.education, content(cast), by=cast.editor, at=later(0)).item
    assert refusal(item, "first", cast.first) == "REV-STATE"


def test_the_final_pass_needs_a_secrecy_review_on_record(cast: Cast):
    item = submitted(cast)
    pass_step(item, "first", cast.first)
    pass_step(item, "second", cast.second)
    assert refusal(item, "final", cast.final) == "REV-SECRECY-MISSING"
    clear(cast, item, 31)
    assert pass_step(item, "final", cast.final, 32) is True


def test_a_negative_secrecy_review_stops_every_step(cast: Cast):
    item = submitted(cast)
    actions.review_secrecy(
        item, decision="may_not_disclose", basis="涉及国家秘密", content_hash=shown(item), by=cast.secrecy, at=later(2)
    )
    assert refusal(item, "first", cast.first) == "REV-SECRECY-REFUSED"


def test_an_edit_during_review_voids_the_passes(cast: Cast):
    item = passed(cast, 2)
    item.refresh_from_db()
    actions.edit(item, content(cast, summary="改动一句。"), edition=item.draft.edition, by=cast.editor, at=later(20))
    assert refusal(item, "final", cast.final) == "REV-STATE"
    actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(31))
    assert refusal(item, "final", cast.final) == "REV-ORDER"


def test_a_text_changed_behind_the_record_counts_as_edited(cast: Cast):
    """Somebody with the database in hand changes the draft's text and leaves its stored hash alone."""
    item = passed(cast, 2)
    item.refresh_from_db()
    item.draft.content["title"] = "换了题目"
    item.draft.save()
    assert refusal(item, "final", cast.final) == "REV-STATE"
    assert not public_items().exists()


def test_a_pass_signs_the_text_that_was_on_the_screen(cast: Cast):
    """The screen was opened before the text was changed and submitted again."""
    item = cleared(cast)
    old = shown(item)
    actions.edit(item, content(cast, summary="改动一句。"), edition=item.draft.edition, by=cast.editor, at=later(20))
    actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(21))
    with pytest.raises(RefusedByRule) as refused:
        actions.pass_review(item, step="first", content_hash=old, by=cast.first, at=later(22))
    assert refused.value.finding.code == "REV-TEXT-CHANGED"


def test_staff_of_another_agency_pass_nothing_here(cast: Cast):
    item = cleared(cast)
    for step in STEPS:
        with pytest.raises(Refused, match="钱外人没有在青溪县教育局"):
            pass_step(item, step, cast.outsider)


def test_a_forged_agency_in_the_callers_hand_opens_nothing(cast: Cast):
    item = cleared(cast)
    seen = shown(item)
    item.organ = cast.water
    with pytest.raises(Refused, match="青溪县教育局"):
        actions.pass_review(item, step="first", content_hash=seen, by=cast.outsider, at=later(3))


def test_the_authors_delegate_reviews_nothing(cast: Cast):
    """张起草 also holds the first review and hands it to 吴公开 for the day."""
    appoint(cast.editor, Role.FIRST_REVIEWER, cast.education)
    delegated(cast.editor, cast.officer, Role.FIRST_REVIEWER)
    assert refusal(cleared(cast), "first", cast.officer) == "REV-OWN-TEXT-DELEGATED"


def test_who_has_passed_a_step_does_not_pass_another_as_a_delegate(cast: Cast):
    delegated(cast.second, cast.first, Role.SECOND_REVIEWER)
    assert refusal(passed(cast, 1), "second", cast.first) == "REV-SAME-PERSON"


def test_a_delegate_who_is_a_third_person_passes_in_place_of_the_reviewer(cast: Cast):
    delegated(cast.second, cast.officer, Role.SECOND_REVIEWER)
    item = passed(cast, 1)
    pass_step(item, "second", cast.officer, 9)
    assert item.review_events.filter(kind="passed", person="A006").exists()
    # 王复审 is spoken for: another step is closed to him.
    appoint(cast.second, Role.FINAL_REVIEWER, cast.education)
    assert refusal(item, "final", cast.second) == "REV-SAME-PERSON"


def test_two_accounts_of_one_person_are_one_person(cast: Cast):
    twin = User.objects.create_user(username="a002-2", password=PASSWORD, name="李初审", staff_number="A002")
    appoint(twin, Role.SECOND_REVIEWER, cast.education)
    assert refusal(passed(cast, 1), "second", twin) == "REV-SAME-PERSON"


def test_a_closed_account_passes_nothing(cast: Cast):
    item = cleared(cast)
    cast.first.is_active = False
    cast.first.save()
    with pytest.raises(Refused):
        pass_step(item, "first", cast.first)


def test_a_refusal_names_people_and_not_their_numbers(cast: Cast):
    appoint(cast.editor, Role.FIRST_REVIEWER, cast.education)
    item = cleared(cast)
    with pytest.raises(RefusedByRule, match="张起草写过或者改过这条信息") as refused:
        pass_step(item, "first", cast.editor)
    assert "A001" not in str(refused.value)


def test_the_text_is_checked_again_before_each_pass(cast: Cast):
    """Between the submission and the pass the office learnt that a word of it must not be used."""
    item = cleared(cast)
    WordPreference.objects.create(word="学校食堂", suggestion="学校餐厅", is_error=True)
    with pytest.raises(CheckFailed, match="学校食堂"):
        pass_step(item, "first", cast.first)


def test_a_warning_that_came_up_since_asks_the_reviewer_for_a_reason(cast: Cast):
    item = cleared(cast)
    WordPreference.objects.create(word="学校食堂", suggestion="学校餐厅")
    with pytest.raises(CheckFailed):
        pass_step(item, "first", cast.first)
    reasons = {"ITEM-SENSITIVE": "这是文件原名"}
    actions.pass_review(item, step="first", content_hash=shown(item), by=cast.first, at=later(9), reasons=reasons)
    pass_step(item, "second", cast.second, 10)  # the reason given stands for those who follow
    assert item.review_events.filter(kind="passed").first().detail["reasons"] == reasons


def test_an_hour_that_lies_ahead_keeps_an_approved_item_waiting(cast: Cast):
    item = cleared(cast)
    actions.schedule(item, publish_at=later(60), by=cast.editor, at=later(3))
    pass_steps(cast, item)
    item.refresh_from_db()
    assert item.draft.state == "approved"
    assert not public_items().exists()


def test_a_clock_that_lags_behind_puts_no_event_before_the_last(cast: Cast):
    item = cleared(cast)
    pass_step(item, "first", cast.first, 10)
    pass_step(item, "second", cast.second, 4)  # this process read its clock earlier and got the lock later
    assert item.review_events.last().at == later(10)

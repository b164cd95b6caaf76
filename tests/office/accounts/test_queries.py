"""Who holds a role where: by appointment, by standing in, with or without what is below."""

from datetime import date

import pytest

from gongkai.office.accounts.models import Appointment, Delegation, Role, User
from gongkai.office.accounts.queries import colleagues, holds, scope
from gongkai.office.organs.models import Organ
from tests.office.cast import NOW, TODAY, Cast


def test_a_role_counts_in_its_own_agency_only(cast: Cast):
    assert holds(cast.editor, [Role.EDITOR], cast.education, on=TODAY)
    assert not holds(cast.editor, [Role.EDITOR], cast.water, on=TODAY)
    assert not holds(cast.editor, [Role.FINAL_REVIEWER], cast.education, on=TODAY)


def test_a_role_with_subordinates_reaches_down_and_not_up(cast: Cast):
    assert holds(cast.officer, [Role.DISCLOSURE_OFFICER], cast.water, on=TODAY)
    assert not holds(cast.editor, [Role.EDITOR], cast.county, on=TODAY)


def test_being_a_superuser_gives_no_role(cast: Cast):
    cast.editor.is_superuser = True
    cast.editor.save()
    assert not holds(cast.editor, [Role.FINAL_REVIEWER], cast.education, on=TODAY)


@pytest.mark.parametrize(("day", "held"), [(date(2023, 12, 31), False), (date(2024, 1, 1), True)])
def test_an_appointment_begins_on_its_first_day(cast: Cast, day, held):
    assert holds(cast.editor, [Role.EDITOR], cast.education, on=day) is held


def test_an_appointment_ends_after_its_last_day(cast: Cast):
    Appointment.objects.filter(user=cast.editor).update(to_date=TODAY)
    assert holds(cast.editor, [Role.EDITOR], cast.education, on=TODAY)
    assert not holds(cast.editor, [Role.EDITOR], cast.education, on=date(2024, 4, 13))


def test_a_closed_account_holds_nothing(cast: Cast):
    cast.editor.is_active = False
    assert not holds(cast.editor, [Role.EDITOR], cast.education, on=TODAY)


def delegate(cast: Cast, **more: object) -> Delegation:
    return Delegation.objects.create(
        delegator=cast.first,
        delegate=cast.officer,
        role=Role.FIRST_REVIEWER,
        from_date=TODAY,
        to_date=TODAY,
        reason="年休假",
        made_at=NOW,
        **more,
    )


def test_whoever_stands_in_holds_the_role_for_those_days(cast: Cast):
    delegate(cast)
    assert holds(cast.officer, [Role.FIRST_REVIEWER], cast.education, on=TODAY)
    assert not holds(cast.officer, [Role.SECOND_REVIEWER], cast.education, on=TODAY)
    assert not holds(cast.officer, [Role.FIRST_REVIEWER], cast.education, on=date(2024, 4, 13))


def test_a_revoked_delegation_gives_nothing(cast: Cast):
    delegate(cast, revoked_at=NOW)
    assert not holds(cast.officer, [Role.FIRST_REVIEWER], cast.education, on=TODAY)


def test_a_list_holds_the_agencies_of_the_role_and_nothing_for_whoever_has_none(cast: Cast):
    def organs(user, role):
        return set(Organ.objects.filter(scope(user, [role], on=TODAY, organ_field="parent")))

    assert organs(cast.officer, Role.DISCLOSURE_OFFICER) == {cast.education, cast.water}
    assert organs(cast.editor, Role.FINAL_REVIEWER) == set()


def test_colleagues_are_the_others_who_work_in_the_same_agencies(cast: Cast):
    found = set(colleagues(cast.first, on=TODAY))
    mine = set(Appointment.objects.filter(user=cast.first).values_list("organ", flat=True))
    beside = User.objects.filter(appointments__organ__in=mine, is_active=True).exclude(pk=cast.first.pk)
    assert found == set(beside)
    assert cast.second in found
    assert cast.officer not in found


def test_who_has_left_or_was_never_appointed_is_nobodys_colleague(cast: Cast):
    Appointment.objects.filter(user=cast.second).update(from_date=date(2023, 1, 1), to_date=date(2023, 12, 31))
    assert cast.second not in colleagues(cast.first, on=TODAY)
    User.objects.filter(pk=cast.final.pk).update(is_active=False)
    assert cast.final not in colleagues(cast.first, on=TODAY)

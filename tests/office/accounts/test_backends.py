"""The way into the shell, and the administration of agencies, come from appointments and end with them."""

from datetime import timedelta

from django.utils import timezone

from gongkai.office.accounts.backends import ENTER
from gongkai.office.accounts.models import Appointment, User
from gongkai.office.organs.policy import ADMINISTER
from tests.office.cast import Cast


def end_yesterday(user: User) -> None:
    Appointment.objects.filter(user=user).update(to_date=timezone.localdate() - timedelta(days=1))


def test_whoever_is_appointed_to_anything_may_enter(cast: Cast):
    assert cast.editor.has_perm(ENTER)


def test_the_way_in_ends_with_the_last_appointment(cast: Cast):
    end_yesterday(cast.editor)
    assert not cast.editor.has_perm(ENTER)


def test_somebody_without_an_appointment_or_with_a_closed_account_stays_outside(cast: Cast):
    nobody = User.objects.create_user(username="b001", name="冯来客", staff_number="B001")
    cast.editor.is_active = False
    assert not nobody.has_perm(ENTER)
    assert not cast.editor.has_perm(ENTER)


def test_a_superuser_may_enter(cast: Cast):
    nobody = User.objects.create_user(username="b001", name="冯超级", staff_number="B001", is_superuser=True)
    assert nobody.has_perm(ENTER)


def test_an_administrator_looks_after_what_is_below_and_nobody_else_does(cast: Cast):
    assert cast.administrator.has_perm(ADMINISTER, cast.water)
    assert cast.outsider.has_perm(ADMINISTER, cast.water)
    assert not cast.outsider.has_perm(ADMINISTER, cast.education)
    assert not cast.outsider.has_perm(ADMINISTER, cast.county)
    assert not cast.editor.has_perm(ADMINISTER, cast.education)


def test_asking_for_five_thousand_agencies_costs_no_more_queries_than_for_one(cast: Cast, django_assert_num_queries):
    with django_assert_num_queries(2):
        for _ in range(5000):
            cast.administrator.has_perm(ADMINISTER, cast.water)


def test_nothing_else_is_granted(cast: Cast):
    for permission in ("publishing.add_item", "wagtailcore.publish_page", "accounts.change_user"):
        assert not cast.administrator.has_perm(permission)

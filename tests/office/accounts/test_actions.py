"""Accounts, appointments and delegation: who may, who may not, and what stands on record afterwards."""

from datetime import date, timedelta

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.office.accounts import actions
from gongkai.office.accounts.models import Appointment, Delegation, RecoveryCode, Role, User
from gongkai.office.accounts.policy import Refused
from gongkai.office.accounts.queries import account_history, holds
from gongkai.office.audit.queries import broken_places
from tests.office.cast import NOW, PASSWORD, TODAY, Cast

WHEN = {"on": TODAY, "at": NOW}
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def superuser() -> User:
    return User.objects.create_superuser(username="root", password=PASSWORD, name="冯超级", staff_number="S001")


def newcomer(cast: Cast, by: User | None = None, role: Role = Role.EDITOR, **more: object) -> tuple[User, str]:
    particulars = {"username": "b001", "name": "蒋新人", "staff_number": "B001", "organ": cast.education, **more}
    return actions.create_staff(by=by or cast.administrator, role=role, **WHEN, **particulars)  # type: ignore[arg-type]


def acts(person: User) -> list[str]:
    return [entry.act.removeprefix("accounts.") for entry in account_history(person)][::-1]


def test_an_account_opens_with_an_appointment_and_a_password_for_once(cast: Cast):
    person, password = newcomer(cast)
    assert person.check_password(password)
    assert person.must_change_password
    assert holds(person, [Role.EDITOR], cast.education, on=TODAY)
    assert acts(person) == ["open_account", "appoint"]
    assert all(password not in str(entry.detail) for entry in account_history(person))


def test_an_account_that_may_not_be_appointed_is_not_opened_either(cast: Cast):
    with pytest.raises(Refused):
        newcomer(cast, by=cast.outsider)
    assert not User.objects.filter(username="b001").exists()


@pytest.mark.parametrize("role", list(Role))
def test_an_administrator_appoints_in_the_own_agencies_and_nowhere_else(cast: Cast, role):
    actions.appoint(cast.officer, role, cast.water, by=cast.outsider, **WHEN)
    for organ in (cast.education, cast.county):
        with pytest.raises(Refused, match="系统管理职责"):
            actions.appoint(cast.officer, role, organ, by=cast.outsider, **WHEN)


@pytest.mark.parametrize("who", ["editor", "first", "final", "secrecy", "officer"])
def test_whoever_is_no_administrator_appoints_nobody(cast: Cast, who):
    with pytest.raises(Refused):
        actions.appoint(cast.first, Role.EDITOR, cast.education, by=getattr(cast, who), **WHEN)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_appoints_himself_not_even_by_another_account(cast: Cast, role):
    second = User.objects.create_user(username="a007b", name="郑管理", staff_number="A007")
    for person in (cast.administrator, second):
        with pytest.raises(Refused, match="自己"):
            actions.appoint(person, role, cast.education, by=cast.administrator, **WHEN)


def test_nobody_gives_a_wider_reach_than_the_own_one(cast: Cast):
    with pytest.raises(Refused, match="本级"):
        actions.appoint(cast.editor, Role.EDITOR, cast.water, by=cast.outsider, with_subordinates=True, **WHEN)
    actions.appoint(cast.editor, Role.EDITOR, cast.water, by=cast.administrator, with_subordinates=True, **WHEN)


def test_a_superuser_names_administrators_and_nobody_else_and_holds_nothing(cast: Cast):
    root = superuser()
    actions.appoint(cast.first, Role.ADMINISTRATOR, cast.education, by=root, **WHEN)
    with pytest.raises(Refused, match="超级管理员只能"):
        actions.appoint(cast.first, Role.FINAL_REVIEWER, cast.education, by=root, **WHEN)
    with pytest.raises(Refused, match="超级管理员"):
        actions.appoint(root, Role.EDITOR, cast.education, by=cast.administrator, **WHEN)


def test_whoever_gives_roles_out_does_not_audit_by_no_account(cast: Cast):
    auditor, _ = newcomer(cast, role=Role.AUDITOR)
    with pytest.raises(Refused, match="审计"):
        actions.appoint(auditor, Role.ADMINISTRATOR, cast.education, by=cast.administrator, **WHEN)
    second, _ = newcomer(cast, username="b001b")
    with pytest.raises(Refused, match="审计"):
        actions.appoint(second, Role.ADMINISTRATOR, cast.education, by=cast.administrator, **WHEN)


def test_no_appointment_is_backdated_doubled_or_made_in_an_abolished_agency_or_for_a_closed_account(cast: Cast):
    def appoint(person: User = cast.first, role: Role = Role.EDITOR, **more: object) -> None:
        actions.appoint(person, role, cast.education, by=cast.administrator, **WHEN, **more)  # type: ignore[arg-type]

    with pytest.raises(Refused, match="倒签"):
        appoint(from_date=YESTERDAY)
    with pytest.raises(Refused, match="早于"):
        appoint(from_date=TOMORROW, to_date=TODAY)
    with pytest.raises(Refused, match="同一任职"):
        appoint(role=Role.FIRST_REVIEWER)
    cast.education.abolished_on = TODAY
    with pytest.raises(Refused, match="撤并"):
        appoint()
    cast.education.abolished_on = None
    User.objects.filter(pk=cast.first.pk).update(is_active=False)
    with pytest.raises(Refused, match="停用"):
        appoint()


def test_an_end_counts_at_once_and_stays_on_record(cast: Cast):
    held = Appointment.objects.get(user=cast.first)
    actions.end_appointment(held, by=cast.administrator, **WHEN)
    assert not holds(cast.first, [Role.FIRST_REVIEWER], cast.education, on=TODAY)
    assert holds(cast.first, [Role.FIRST_REVIEWER], cast.education, on=YESTERDAY)
    assert acts(cast.first) == ["end_appointment"]
    with pytest.raises(Refused, match="已经终止"):
        actions.end_appointment(held, by=cast.administrator, **WHEN)


def test_an_appointment_that_has_not_begun_is_taken_back(cast: Cast):
    made = actions.appoint(cast.first, Role.EDITOR, cast.education, by=cast.administrator, from_date=TOMORROW, **WHEN)
    actions.end_appointment(made, by=cast.administrator, **WHEN)
    assert not Appointment.objects.filter(pk=made.pk).exists()
    assert acts(cast.first) == ["appoint", "cancel_appointment"]


def test_nobody_ends_the_own_appointment_or_one_elsewhere_or_in_the_past(cast: Cast):
    own = Appointment.objects.get(user=cast.administrator)
    with pytest.raises(Refused, match="自己"):
        actions.end_appointment(own, by=cast.administrator, **WHEN)
    held = Appointment.objects.get(user=cast.first)
    with pytest.raises(Refused):
        actions.end_appointment(held, by=cast.outsider, **WHEN)
    with pytest.raises(Refused, match="倒签"):
        actions.end_appointment(held, by=cast.administrator, last_day=date(2024, 2, 1), **WHEN)


ACCOUNT_ACTS = [
    actions.close_account,
    actions.reopen_account,
    actions.reset_password,
    actions.reset_second_factor,
]


@pytest.mark.parametrize("act", ACCOUNT_ACTS)
def test_an_account_is_managed_only_by_whoever_administers_all_its_agencies(cast: Cast, act):
    Appointment.objects.create(user=cast.editor, organ=cast.water, role=Role.EDITOR, from_date=date(2024, 1, 1))
    with pytest.raises(Refused, match="不都在"):
        act(cast.editor, by=cast.outsider, **WHEN)
    with pytest.raises(Refused):
        act(cast.editor, by=cast.first, **WHEN)
    act(cast.editor, by=cast.administrator, **WHEN)


@pytest.mark.parametrize("act", ACCOUNT_ACTS)
def test_nobody_manages_the_own_account_or_a_superuser_s(cast: Cast, act):
    with pytest.raises(Refused, match="自己"):
        act(cast.administrator, by=cast.administrator, **WHEN)
    with pytest.raises(Refused):
        act(superuser(), by=cast.administrator, **WHEN)


def test_closing_resetting_and_reopening_do_what_they_say(cast: Cast):
    TOTPDevice.objects.create(user=cast.editor, confirmed=True)
    RecoveryCode.objects.create(user=cast.editor, digest="x", made_at=NOW)
    actions.close_account(cast.editor, by=cast.administrator, **WHEN)
    assert not User.objects.get(pk=cast.editor.pk).is_active
    actions.reopen_account(cast.editor, by=cast.administrator, **WHEN)
    password = actions.reset_password(cast.editor, by=cast.administrator, **WHEN)
    actions.reset_second_factor(cast.editor, by=cast.administrator, **WHEN)
    fresh = User.objects.get(pk=cast.editor.pk)
    assert fresh.is_active
    assert fresh.must_change_password
    assert fresh.check_password(password)
    assert not TOTPDevice.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert acts(cast.editor) == ["close_account", "reopen_account", "reset_password", "reset_second_factor"]


def test_a_correction_leaves_the_staff_number_and_is_recorded_without_the_content(cast: Cast):
    actions.amend(cast.editor, by=cast.administrator, name="张改名", phone="0999-1", email="", **WHEN)
    fresh = User.objects.get(pk=cast.editor.pk)
    assert (fresh.name, fresh.phone, fresh.staff_number) == ("张改名", "0999-1", "A001")
    assert account_history(cast.editor)[0].detail == {"fields": ["name", "phone"]}


def delegate(cast: Cast, **more: object) -> Delegation:
    given = {
        "by": cast.first,
        "delegator": cast.first,
        "deputy": cast.officer,
        "role": Role.FIRST_REVIEWER,
        "from_date": TODAY,
        "to_date": TOMORROW,
        "reason": "年休假",
        **more,
    }
    return actions.delegate(**WHEN, **given)  # type: ignore[arg-type]


def test_a_reviewer_on_leave_delegates_and_takes_it_back(cast: Cast):
    made = delegate(cast)
    assert holds(cast.officer, [Role.FIRST_REVIEWER], cast.education, on=TODAY)
    actions.revoke_delegation(made, by=cast.first, **WHEN)
    assert not holds(cast.officer, [Role.FIRST_REVIEWER], cast.education, on=TODAY)
    assert acts(cast.first) == ["delegate", "revoke_delegation"]
    with pytest.raises(Refused, match="已经结束"):
        actions.revoke_delegation(made, by=cast.first, **WHEN)


def test_an_administrator_of_the_account_delegates_for_somebody_who_is_away(cast: Cast):
    delegate(cast, by=cast.administrator)
    with pytest.raises(Refused, match="不能替"):
        delegate(cast, by=cast.officer, from_date=TODAY + timedelta(days=5), to_date=TODAY + timedelta(days=6))


def test_a_delegation_needs_a_role_that_is_held_a_near_deputy_days_to_come_and_a_reason(cast: Cast):
    far = User.objects.create_user(username="b002", name="沈远方", staff_number="B002")
    Appointment.objects.create(user=far, organ=cast.water, role=Role.EDITOR, from_date=date(2024, 1, 1))
    twin = User.objects.create_user(username="a002b", name="李初审", staff_number="A002")
    for more, why in [
        ({"role": Role.FINAL_REVIEWER}, "不担任"),
        ({"role": Role.EDITOR}, "不能委托"),
        ({"deputy": far}, "不在"),
        ({"deputy": twin}, "自己"),
        ({"from_date": YESTERDAY}, "倒签"),
        ({"to_date": YESTERDAY}, "早于"),
        ({"reason": "  "}, "事由"),
    ]:
        with pytest.raises(Refused, match=why):
            delegate(cast, **more)
    delegate(cast)
    with pytest.raises(Refused, match="已经委托过"):
        delegate(cast, deputy=cast.final)


def test_what_is_delegated_is_not_delegated_on(cast: Cast):
    delegate(cast)
    with pytest.raises(Refused, match="不担任"):
        delegate(cast, by=cast.officer, delegator=cast.officer, deputy=cast.final)


def test_the_chain_holds_after_all_that(cast: Cast):
    newcomer(cast)
    delegate(cast)
    assert list(broken_places()) == []

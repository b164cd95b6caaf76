"""What may be done with people: accounts, appointments, delegation during leave, and the ways back in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from gongkai.office.accounts import policy, second_factor
from gongkai.office.accounts.models import Appointment, Delegation, Role, User
from gongkai.office.accounts.passwords import initial_password
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import Act, record
from gongkai.office.organs.models import Organ


@transaction.atomic
def create_staff(
    *,
    by: User,
    on: date,
    at: datetime,
    username: str,
    name: str,
    staff_number: str,
    organ: Organ,
    role: Role,
    with_subordinates: bool = False,
    phone: str = "",
    email: str = "",
) -> tuple[User, str]:
    """Open an account with its first appointment. The account, and the password for the first sign-in."""
    policy.require_administrator(by, organ, role, on=on, with_subordinates=with_subordinates)
    password = initial_password()
    person = User.objects.create_user(
        username=username,
        password=password,
        email=email,
        name=name,
        staff_number=staff_number,
        phone=phone,
        must_change_password=True,
    )
    _record(by, "open_account", person, at, username=username, name=name, staff_number=staff_number)
    appoint(person, role, organ, by=by, on=on, at=at, with_subordinates=with_subordinates)
    return person, password


@transaction.atomic
def amend(person: User, *, by: User, on: date, at: datetime, name: str, phone: str, email: str) -> None:
    """Correct what is known about somebody. The staff number stays: it names the human being in every review."""
    policy.require_manageable(by, person, on=on)
    person = _locked(person)
    fresh = {"name": name, "phone": phone, "email": email}
    changed = [field for field, value in fresh.items() if getattr(person, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(person, field, fresh[field])
    person.save(update_fields=changed)
    _record(by, "amend_account", person, at, fields=changed)


@transaction.atomic
def set_reminders(person: User, *, email: str, wanted: bool, at: datetime) -> None:
    """Somebody's own choice of where reminders go by mail, and whether they do; the desk reminds in any case."""
    person = _locked(person)
    fresh = {"email": email, "mail_reminders": wanted}
    changed = [field for field, value in fresh.items() if getattr(person, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(person, field, fresh[field])
    person.save(update_fields=changed)
    _record(person, "set_reminders", person, at, fields=changed)


@transaction.atomic
def appoint(
    person: User,
    role: Role,
    organ: Organ,
    *,
    by: User,
    on: date,
    at: datetime,
    with_subordinates: bool = False,
    from_date: date | None = None,
    to_date: date | None = None,
) -> Appointment:
    """Give somebody a role in an agency, from a day on that is not past.

    Errors: Refused, when this person may not give it or that person may not get it.
    """
    first_day = from_date or on
    policy.require_administrator(by, organ, role, on=on, with_subordinates=with_subordinates)
    person = _locked(person)
    policy.require_appointable(by, person, role, on=max(on, first_day))
    if first_day < on:
        raise Refused("任职不能倒签：起始日期不能早于今天，否则此前的审核记录就说不清了。")
    if to_date is not None and to_date < first_day:
        raise Refused("截止日期早于起始日期，请核对。")
    if organ.abolished_on is not None and organ.abolished_on <= first_day:
        raise Refused(f"“{organ}”已于{organ.abolished_on:%Y年%m月%d日}撤并，不能再任职。请选择承继其职能的机关。")
    same = person.appointments.filter(role=role, organ=organ).exclude(to_date__lt=first_day)
    if same.exists():
        raise Refused(f"{person}在“{organ}”已有同一任职（{role.label}），不必重复。要改变期限或范围，请先终止原任职。")
    made = Appointment.objects.create(
        user=person,
        role=role,
        organ=organ,
        with_subordinates=with_subordinates,
        from_date=first_day,
        to_date=to_date,
    )
    _record(by, "appoint", person, at, **_appointment(made))
    return made


@transaction.atomic
def end_appointment(
    appointment: Appointment, *, by: User, on: date, at: datetime, last_day: date | None = None
) -> None:
    """End an appointment; yesterday as the last day ends it at once. One that has not begun is taken back.

    Errors: Refused.
    """
    appointment = Appointment.objects.select_for_update().select_related("user", "organ").get(pk=appointment.pk)
    last = last_day or date.fromordinal(on.toordinal() - 1)
    policy.require_administrator(by, appointment.organ, Role(appointment.role), on=on)
    if policy.same_person(by, appointment.user):
        raise Refused("不能终止自己的任职，请由另一位系统管理员办理。")
    if appointment.to_date is not None and appointment.to_date < on:
        raise Refused("这项任职已经终止。")
    if last.toordinal() < on.toordinal() - 1:
        raise Refused("终止日期不能倒签：此前办理的审核是有效任职期间作出的。")
    if appointment.from_date > last:
        _record(by, "cancel_appointment", appointment.user, at, **_appointment(appointment))
        appointment.delete()
        return
    appointment.to_date = last
    appointment.save(update_fields=["to_date"])
    _record(by, "end_appointment", appointment.user, at, **_appointment(appointment))


@transaction.atomic
def reset_password(person: User, *, by: User, on: date, at: datetime) -> str:
    """A new password for the next sign-in only; other sessions end."""
    policy.require_manageable(by, person, on=on)
    person = _locked(person)
    password = initial_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    _record(by, "reset_password", person, at)
    return password


@transaction.atomic
def issue_passwords(people: Iterable[User], *, by: User, on: date, at: datetime) -> list[tuple[User, str]]:
    """First passwords for accounts that have none yet, as after an import. Each takes a good part of a second."""
    return [(each, reset_password(each, by=by, on=on, at=at)) for each in people if not each.has_usable_password()]


@transaction.atomic
def reset_second_factor(person: User, *, by: User, on: date, at: datetime) -> None:
    """Forget the phone and the recovery codes of somebody who lost them."""
    policy.require_manageable(by, person, on=on)
    second_factor.forget(_locked(person))
    _record(by, "reset_second_factor", person, at)


@transaction.atomic
def close_account(person: User, *, by: User, on: date, at: datetime) -> None:
    """Let somebody in no more, at once; appointments stay on record and don't count."""
    _set_open(person, False, "close_account", by=by, on=on, at=at)


@transaction.atomic
def reopen_account(person: User, *, by: User, on: date, at: datetime) -> None:
    """Let somebody in again."""
    _set_open(person, True, "reopen_account", by=by, on=on, at=at)


@transaction.atomic
def delegate(
    *,
    by: User,
    on: date,
    at: datetime,
    delegator: User,
    deputy: User,
    role: Role,
    from_date: date,
    to_date: date,
    reason: str,
) -> Delegation:
    """Have somebody else act in a role during leave. Whether the deputy may review a given item stays the law's matter.

    Errors: Refused.
    """
    policy.require_delegator(by, delegator, role, on=on, during=from_date)
    policy.require_deputy(delegator, deputy, role, on=on, during=from_date)
    if from_date < on:
        raise Refused("委托不能倒签：起始日期不能早于今天。")
    if to_date < from_date:
        raise Refused("截止日期早于起始日期，请核对。")
    if not reason.strip():
        raise Refused("请写明委托事由（例如年休假、出差），审核记录里要说明由谁代谁审。")
    open_ones = delegator.delegations_given.filter(role=role, revoked_at=None)
    if open_ones.filter(from_date__lte=to_date, to_date__gte=from_date).exists():
        raise Refused(f"{delegator}在这段时间已经委托过{role.label}。请先撤销原委托。")
    made = Delegation.objects.create(
        delegator=delegator,
        delegate=deputy,
        role=role,
        from_date=from_date,
        to_date=to_date,
        reason=reason.strip(),
        made_at=at,
    )
    _record(by, "delegate", delegator, at, **_delegation(made))
    return made


@transaction.atomic
def revoke_delegation(delegation: Delegation, *, by: User, on: date, at: datetime) -> None:
    """Take a delegation back before its end."""
    delegation = Delegation.objects.select_for_update().select_related("delegator", "delegate").get(pk=delegation.pk)
    policy.require_delegator(by, delegation.delegator, Role(delegation.role), on=on, during=None)
    if delegation.revoked_at is not None or delegation.to_date < on:
        raise Refused("这项委托已经结束。")
    delegation.revoked_at = at
    delegation.save(update_fields=["revoked_at"])
    _record(by, "revoke_delegation", delegation.delegator, at, **_delegation(delegation))


@transaction.atomic
def change_password(person: User, password: str, *, at: datetime) -> None:
    """Somebody's own new password; the form has tried the old one and the policy."""
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    _record(person, "change_password", person, at)


def note_sign_in(person: User, *, address: str, at: datetime) -> None:
    """Somebody came in."""
    _record(person, "sign_in", person, at, address=address)


def note_refused_sign_in(username: str, *, address: str, at: datetime) -> None:
    """A wrong password for an account that exists. What was typed for one that doesn't may be a password: not kept."""
    person = User.objects.filter(username=username).first()
    if person is not None:
        act = Act("anonymous", "accounts.refuse_sign_in", f"accounts.user:{person.pk}", detail={"address": address})
        record(act, at=at)


def _set_open(person: User, is_open: bool, verb: str, *, by: User, on: date, at: datetime) -> None:
    policy.require_manageable(by, person, on=on)
    person = _locked(person)
    if person.is_active != is_open:
        person.is_active = is_open
        person.save(update_fields=["is_active"])
        _record(by, verb, person, at)


def _locked(person: User) -> User:
    return User.objects.select_for_update().get(pk=person.pk)


def _record(by: User, verb: str, person: User, at: datetime, **detail: object) -> None:
    record(Act(by.staff_number, f"accounts.{verb}", f"accounts.user:{person.pk}", detail=detail), at=at)


def _appointment(appointment: Appointment) -> dict[str, object]:
    return {
        "role": appointment.role,
        "organ": appointment.organ.code,
        "with_subordinates": appointment.with_subordinates,
        "from": appointment.from_date.isoformat(),
        "to": appointment.to_date.isoformat() if appointment.to_date else None,
    }


def _delegation(delegation: Delegation) -> dict[str, object]:
    return {
        "role": delegation.role,
        "delegator": delegation.delegator.staff_number,
        "deputy": delegation.delegate.staff_number,
        "from": delegation.from_date.isoformat(),
        "to": delegation.to_date.isoformat(),
        "reason": delegation.reason,
    }

"""Who holds which role where: the one question every room's policy asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.office.accounts.models import UNUSABLE, Appointment, Delegation, Role, User
from gongkai.office.audit.models import Entry
from gongkai.office.audit.queries import history
from gongkai.office.organs.models import Organ
from gongkai.office.organs.paths import upwards


def holds(user: User, roles: Iterable[Role], organ: Organ, *, on: date) -> bool:
    """Does somebody hold one of the roles for an agency on a day, by appointment or standing in for somebody who does?"""
    return any(each.covers(organ) for each in appointments(user, roles, on=on))


def appointments(user: User, roles: Iterable[Role], *, on: date) -> list[Appointment]:
    """What somebody may act by on a day: own appointments and, during their delegation, those of the people stood in for.

    A handful of rows, whatever the number of agencies and staff.
    """
    wanted = list(roles)
    if not user.is_active:
        return []
    held = Q(user=user)
    for given in delegations_held(user, on=on).filter(role__in=wanted):
        held |= Q(user=given.delegator_id, role=given.role)
    return list(in_force(on).filter(held, role__in=wanted).select_related("organ").order_by("pk"))


def roles_of(user: User, *, on: date) -> frozenset[Role]:
    """The roles somebody may act in, anywhere: what the menu asks, many times for one page.

    Remembered on the object, which lives as long as a request; whether somebody may act is asked of `holds`.
    """
    known: tuple[date, frozenset[Role]] | None = getattr(user, "_roles_of", None)
    if known is None or known[0] != on:
        known = on, frozenset(Role(each.role) for each in appointments(user, list(Role), on=on))
        user._roles_of = known  # type: ignore[attr-defined]
    return known[1]


def organs_where(user: User, roles: Iterable[Role], *, on: date) -> QuerySet[Organ]:
    """The agencies for which somebody may act in one of the roles: the choices of a form."""
    return organs_ever_where(user, roles, on=on).filter(abolished_on=None).order_by("path")


def organs_ever_where(user: User, roles: Iterable[Role], *, on: date) -> QuerySet[Organ]:
    """The same with those that were abolished, whose records are looked after still: `scope`, as agencies."""
    found = Q(pk__in=())
    for each in appointments(user, roles, on=on):
        found |= Q(path__startswith=each.organ.path) if each.with_subordinates else Q(pk=each.organ_id)
    return Organ.objects.filter(found)


def acts_anywhere(user: User, roles: Iterable[Role], *, on: date) -> bool:
    """May somebody act in one of the roles for any agency at all? What a menu asks."""
    return not roles_of(user, on=on).isdisjoint(roles)


def holders(roles: Iterable[Role], organ: Organ, *, on: date) -> list[User]:
    """Everybody who holds one of the roles for an agency on a day, by appointment or standing in: `holds`, the other way."""
    held = list(in_force(on).filter(reaching(organ), role__in=list(roles)).values_list("user", "role"))
    standing_in = Q(pk__in=())
    for person, role in held:
        standing_in |= Q(delegator=person, role=role)
    deputies = Delegation.objects.filter(standing_in, from_date__lte=on, to_date__gte=on, revoked_at=None)
    people = {person for person, _ in held} | set(deputies.values_list("delegate", flat=True))
    return list(User.objects.filter(pk__in=people, is_active=True).order_by("staff_number", "pk"))


def reaching(organ: Organ) -> Q:
    """The appointments that reach an agency: to itself, or with subordinates to one above it."""
    return Q(organ=organ) | Q(with_subordinates=True, organ__path__in=upwards(organ.path))


def delegations_held(user: User, *, on: date) -> QuerySet[Delegation]:
    """The delegations by which somebody stands in for others on a day."""
    return Delegation.objects.filter(delegate=user, from_date__lte=on, to_date__gte=on, revoked_at=None)


def scope(user: User, roles: Iterable[Role], *, on: date, organ_field: str = "organ") -> Q:
    """The records of the agencies for which somebody holds one of the roles: a filter for any list.

    `organ_field` is the way from the record to its agency. Somebody who holds none gets a filter that nothing passes.
    """
    found = Q(pk__in=())
    for each in appointments(user, roles, on=on):
        if each.with_subordinates:
            found |= Q(**{f"{organ_field}__path__startswith": each.organ.path})
        else:
            found |= Q(**{organ_field: each.organ_id})
    return found


def staff_for(by: User, *, on: date) -> QuerySet[User]:
    """The people somebody looks after: those who work, or worked, in the agencies administered; all for a superuser."""
    if by.is_superuser:
        return User.objects.all()
    mine = Appointment.objects.filter(scope(by, [Role.ADMINISTRATOR], on=on))
    return User.objects.filter(pk__in=mine.values("user"))


def search_staff(
    people: QuerySet[User], *, words: str = "", role: str = "", organ: str = "", state: str = ""
) -> QuerySet[User]:
    """Some of the people: by name, number or user name; role; agency (its code); open, closed, no password yet."""
    if words:
        people = people.filter(
            Q(name__icontains=words) | Q(staff_number__icontains=words) | Q(username__icontains=words)
        )
    if role or organ:
        held = Appointment.objects.filter(
            **({"role": role} if role else {}), **({"organ__code": organ} if organ else {})
        )
        people = people.filter(pk__in=held.values("user"))
    if state == "closed":
        people = people.filter(is_active=False)
    elif state == "open":
        people = people.filter(is_active=True)
    elif state == "no_password":
        people = people.filter(password__startswith=UNUSABLE)
    return people.order_by("staff_number", "pk")


def appointments_of(user: User, *, on: date) -> list[Appointment]:
    """What somebody is appointed to now or later, for showing."""
    return list(user.appointments.exclude(to_date__lt=on).select_related("organ").order_by("organ__path", "role"))


def delegations_of(user: User, *, on: date) -> QuerySet[Delegation]:
    """Delegations somebody gave or holds that are not over yet."""
    running = Delegation.objects.filter(to_date__gte=on, revoked_at=None)
    return (
        running.filter(Q(delegator=user) | Q(delegate=user))
        .select_related("delegator", "delegate")
        .order_by("from_date")
    )


def colleagues(user: User, *, on: date) -> QuerySet[User]:
    """The others who work in the agencies where somebody is appointed."""
    mine = in_force(on).filter(user=user)
    working = in_force(on).filter(organ__in=mine.values("organ"))
    others = User.objects.filter(pk__in=working.values("user"), is_superuser=False)
    return others.exclude(staff_number=user.staff_number).order_by("name", "pk")


def account_history(user: User) -> QuerySet[Entry]:
    """What was done to an account, newest first."""
    return history(f"accounts.user:{user.pk}").order_by("-sequence")


def may_enter(user: User, *, on: date) -> bool:
    """May somebody into the staff's shell? Whoever is appointed to anything, or runs the system."""
    return user.is_active and (user.is_superuser or in_force(on).filter(user=user).exists())


def in_force(on: date) -> QuerySet[Appointment]:
    """The appointments that count on a day: begun, not over, of accounts that are open."""
    return Appointment.objects.filter(Q(to_date=None) | Q(to_date__gte=on), from_date__lte=on, user__is_active=True)

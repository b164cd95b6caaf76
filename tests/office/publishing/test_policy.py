"""Who may do what where: every role, every verb, every place in the tree, against a table written by hand.

The table says what the office is meant to be, not what the code says: a verb or a role that is added without a line here
fails, and so does a policy that grew more generous.
"""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.accounts.models import Appointment, Role, User
from gongkai.office.accounts.policy import Refused
from gongkai.office.organs.actions import found
from gongkai.office.organs.models import Organ
from gongkai.office.publishing import policy
from tests.office.cast import NOW, TODAY, Cast

VERBS = (
    "see",
    "write",
    "first",
    "second",
    "final",
    "review_secrecy",
    "withdraw",
    "manage_columns",
    "manage_catalogue",
    "manage_words",
    "import",
)

TABLE = """
                    see write first second final secrecy withdraw columns catalogue words import
editor               +   +     -     -      -     -       -        -       -         -     -
first_reviewer       +   -     +     -      -     -       -        -       -         -     -
second_reviewer      +   -     -     +      -     -       -        -       -         -     -
final_reviewer       +   -     -     -      +     -       +        -       -         -     -
secrecy_reviewer     +   -     -     -      -     +       -        -       -         -     -
disclosure_officer   +   -     -     -      -     -       +        +       +         +     -
administrator        -   -     -     -      -     -       -        -       -         -     +
auditor              -   -     -     -      -     -       -        -       -         -     -
case_officer         -   -     -     -      -     -       -        -       -         -     -
case_approver        -   -     -     -      -     -       -        -       -         -     -
"""


def allowed() -> set[tuple[str, str]]:
    rows = [line.split() for line in TABLE.strip().splitlines()[1:]]
    return {(role, verb) for role, *marks in rows for verb, mark in zip(VERBS, marks, strict=True) if mark == "+"}


ALLOWED = allowed()
PLACES = ("own", "above", "beside", "below", "below that")


@pytest.fixture
def places(cast: Cast) -> dict[str, Organ]:
    """The agency of the appointment, and every other place an item may stand in."""
    below = found(by="test", at=NOW, parent=cast.education, code="school", name="青溪县教研室", kind="authorised")
    deeper = found(by="test", at=NOW, parent=below, code="school-1", name="青溪县教研室分室", kind="authorised")
    return dict(zip(PLACES, (cast.education, cast.county, cast.water, below, deeper), strict=True))


@pytest.fixture
def person(cast: Cast) -> User:
    return User.objects.create_user(username="m001", name="孙矩阵", staff_number="M001")


def test_the_table_knows_every_role_and_every_verb_of_the_policy():
    assert policy.DUTIES.verbs == set(VERBS)
    assert {line.split()[0] for line in TABLE.strip().splitlines()[1:]} == set(Role.values)


@pytest.mark.parametrize("with_subordinates", [False, True], ids=["alone", "with subordinates"])
@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_allows_its_verbs_in_its_agencies_and_nothing_else_anywhere(
    places: dict[str, Organ], person: User, role: Role, with_subordinates: bool
):
    Appointment.objects.create(
        user=person, organ=places["own"], role=role, with_subordinates=with_subordinates, from_date=date(2024, 1, 1)
    )
    reached = {"own", "below", "below that"} if with_subordinates else {"own"}
    found_allowed = {
        (verb, place) for verb in VERBS for place in PLACES if not policy.why_not(person, verb, places[place], on=TODAY)
    }
    assert found_allowed == {(verb, place) for verb in VERBS if (role.value, verb) in ALLOWED for place in reached}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_list_holds_exactly_what_may_be_done_one_by_one(
    places: dict[str, Organ], person: User, role: Role, verb: str
):
    Appointment.objects.create(
        user=person, organ=places["own"], role=role, with_subordinates=True, from_date=date(2024, 1, 1)
    )
    listed = set(Organ.objects.filter(policy.within(person, verb, on=TODAY, organ_field="parent")))
    children = {each for each in Organ.objects.select_related("parent") if each.parent is not None}
    assert listed == {each for each in children if not policy.why_not(person, verb, each.parent, on=TODAY)}


@pytest.mark.parametrize("verb", VERBS)
def test_no_appointment_one_that_is_over_one_to_come_and_a_superuser_allow_nothing(
    places: dict[str, Organ], person: User, verb: str
):
    root = User.objects.create_superuser(username="root", name="冯超级", staff_number="S001")
    for role in Role:
        for first, last in [(date(2024, 1, 1), date(2024, 4, 11)), (date(2024, 4, 13), None)]:
            Appointment.objects.create(user=person, organ=places["own"], role=role, from_date=first, to_date=last)
    for nobody in (person, root):
        for organ in places.values():
            with pytest.raises(Refused, match="权限"):
                policy.require(nobody, verb, organ, on=TODAY)


@pytest.mark.parametrize("verb", VERBS)
def test_a_closed_account_may_nothing_whatever_it_holds(cast: Cast, verb: str):
    assert not policy.why_not(cast.outsider, verb, cast.water, on=TODAY)
    cast.outsider.is_active = False
    assert policy.why_not(cast.outsider, verb, cast.water, on=TODAY)

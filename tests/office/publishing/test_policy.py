"""The whole matrix: every role, every verb, the own agency and another's."""

from __future__ import annotations

import pytest

from gongkai.office.accounts.models import Role, User
from gongkai.office.publishing import policy
from gongkai.office.publishing.models import Draft
from tests.office.cast import PASSWORD, TODAY, Cast, appoint
from tests.office.publishing.stage import drafted

MAY = {
    "see": {
        Role.EDITOR,
        Role.FIRST_REVIEWER,
        Role.SECOND_REVIEWER,
        Role.FINAL_REVIEWER,
        Role.SECRECY_REVIEWER,
        Role.DISCLOSURE_OFFICER,
    },
    "write": {Role.EDITOR},
    "first": {Role.FIRST_REVIEWER},
    "second": {Role.SECOND_REVIEWER},
    "final": {Role.FINAL_REVIEWER},
    "review_secrecy": {Role.SECRECY_REVIEWER},
    "withdraw": {Role.FINAL_REVIEWER, Role.DISCLOSURE_OFFICER},
    "manage_columns": {Role.DISCLOSURE_OFFICER},
    "manage_words": {Role.DISCLOSURE_OFFICER},
    "import": {Role.ADMINISTRATOR},
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("is_superuser", [False, True])
def test_a_role_opens_its_verbs_in_its_own_agency_and_nothing_elsewhere(cast: Cast, role: Role, is_superuser: bool):
    person = User.objects.create_user(
        username="p", password=PASSWORD, name="某人", staff_number="P1", is_superuser=is_superuser
    )
    appoint(person, role, cast.education)
    for verb, roles in MAY.items():
        assert (policy.why_not(person, verb, cast.education, on=TODAY) == "") is (role in roles), verb
        for other in (cast.water, cast.county):
            assert policy.why_not(person, verb, other, on=TODAY) != "", verb


def test_the_matrix_knows_every_verb():
    assert set(MAY) == set(policy._ROLES) == set(policy._LABELS)


@pytest.mark.parametrize("role", list(Role))
def test_a_list_holds_what_its_reader_may_open(cast: Cast, role: Role):
    person = User.objects.create_user(username="p", password=PASSWORD, name="某人", staff_number="P1")
    appoint(person, role, cast.education)
    drafted(cast)
    for verb, roles in MAY.items():
        listed = Draft.objects.filter(policy.within(person, verb, on=TODAY))
        assert listed.exists() is (role in roles), verb

"""Who may do what: every role, every verb, in one's own agency and in another."""

import pytest

from gongkai.office.accounts.models import Role
from gongkai.office.normative import policy
from gongkai.office.normative.models import NormativeDocument
from tests.office.cast import TODAY, appoint
from tests.office.normative.records import document

pytestmark = pytest.mark.django_db

STAFF = {Role.EDITOR, Role.DISCLOSURE_OFFICER}
REVIEWERS = {Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER}
ALLOWED = {
    "see": STAFF | REVIEWERS,
    "register": STAFF,
    "record_step": STAFF,
    "number": STAFF,
    "clean_up": STAFF,
    "record_effect": {Role.DISCLOSURE_OFFICER},
    "strike": {Role.DISCLOSURE_OFFICER},
    "close_round": {Role.DISCLOSURE_OFFICER},
}


@pytest.fixture
def newcomer(cast, django_user_model):
    return django_user_model.objects.create_user(username="a099", name="冯新来", staff_number="A099")


@pytest.mark.parametrize("role", list(Role))
def test_a_role_counts_in_its_own_agency_and_nowhere_else(cast, newcomer, role):
    appoint(newcomer, role, cast.education)
    for verb, roles in ALLOWED.items():
        assert (policy.why_not(newcomer, verb, cast.education, on=TODAY) == "") == (role in roles), verb
        for elsewhere in (cast.water, cast.county):
            assert policy.why_not(newcomer, verb, elsewhere, on=TODAY), (verb, elsewhere)


@pytest.mark.parametrize("role", list(Role))
def test_a_drafter_sees_a_governments_document_and_records_its_steps_and_no_more(cast, newcomer, role):
    appoint(newcomer, role, cast.education)
    drafted = document(cast, organ=cast.county)
    NormativeDocument.objects.filter(pk=drafted.pk).update(drafting_organ=cast.education)
    drafted.refresh_from_db()
    for verb, roles in ALLOWED.items():
        may = policy.why_not_document(newcomer, verb, drafted, on=TODAY) == ""
        assert may == (verb in ("see", "record_step") and role in roles), verb
    seen = NormativeDocument.objects.filter(policy.within(newcomer, on=TODAY)).exists()
    assert seen == (role in ALLOWED["see"])


def test_the_verbs_are_all_of_them():
    assert policy.DUTIES.verbs == set(ALLOWED)

"""The ledger reaches whatever the agencies sent that somebody looks after, and reads no more of it than it shows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from gongkai.office.accounts.models import Role, User
from gongkai.office.notices.models import Outgoing
from gongkai.office.notices.queries import ledger
from gongkai.office.organs.models import Organ
from tests.office.cast import NOW, TODAY, Cast, appoint
from tests.office.notices.letters import queued


@pytest.fixture
def approver(cast: Cast) -> User:
    """Who sees what all agencies of the county sent."""
    appoint(cast.editor, Role.CASE_APPROVER, cast.county, with_subordinates=True)
    return cast.editor


def test_it_reaches_every_agency_below_abolished_ones_too_and_no_other(cast: Cast, approver: User) -> None:
    of_education, of_water = queued(organ=cast.education.pk), queued(organ=cast.water.pk)
    of_none = queued(organ=None)
    Organ.objects.filter(pk=cast.education.pk).update(abolished_on=TODAY - timedelta(days=1))

    def reached(by: User) -> set[int]:
        return set(ledger(by, on=TODAY).values_list("pk", flat=True))

    assert reached(approver) == {of_education.pk, of_water.pk}
    assert reached(cast.officer) == {of_education.pk, of_water.pk, of_none.pk}
    appoint(cast.first, Role.CASE_OFFICER, cast.education)
    assert reached(cast.first) == {of_education.pk}
    assert reached(cast.second) == set()


@pytest.mark.parametrize("first", [0, 1950])
def test_a_page_of_the_whole_county_is_read_newest_first_and_nothing_is_sorted(
    cast: Cast, approver: User, first: int
) -> None:
    agencies = [cast.education, cast.water]
    Outgoing.objects.bulk_create(
        Outgoing(
            channel="mail",
            kind="letter",
            about=f"casework.letter:{number}",
            subject="答复书",
            organ=agencies[number % 2],
            by="C001",
            message_id=f"m{number}@example.com",
            queued_at=NOW + timedelta(minutes=number),
        )
        for number in range(4000)
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE notices_outgoing")
    plan = ledger(approver, on=TODAY)[first : first + 51].explain()
    assert "notices_newest" in plan
    assert not any(sorted_by in plan for sorted_by in ("TEMP B-TREE", "Sort"))

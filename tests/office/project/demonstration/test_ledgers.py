"""The county's figures of the year come out by counting its ledgers: none is stored anywhere."""

from datetime import UTC, date, datetime

import pytest

from gongkai.office.engagement import queries as engagement
from gongkai.office.engagement.models import Interpretation, Message, Response
from gongkai.office.organs.models import Organ
from gongkai.office.project.demonstration.county import load

pytestmark = pytest.mark.django_db
AT = datetime(2021, 1, 4, 1, tzinfo=UTC)
YEAR = (date(2020, 1, 1), date(2020, 12, 31))


@pytest.fixture
def county(db: None) -> list[int]:
    """The whole county, by the ids of its agencies."""
    load(at=AT)
    return list(Organ.objects.values_list("pk", flat=True))


def test_the_year_has_the_figures_of_the_county_s_report(county: list[int]):
    counted = {each.measure.key: each.value for each in engagement.tally(county, *YEAR, "2019")}
    assert counted["interpretations"] == 64
    assert counted["excellent_interpretations"] == 2
    assert counted["responses"] == 353
    assert counted["epidemic_responses"] == 147
    assert counted["press_conferences"] == 10
    assert counted["message_reply_working_days"] == 3
    assert counted["messages_answered"] == Message.objects.filter(answered_on__year=2020).count() > 200
    assert counted["consultations"] == 6
    assert counted["opinions_received"] == 87
    assert all(message.answered_on <= message.due_on for message in Message.objects.filter(on__year=2020))

    # By records: what is struck is counted no longer, and what comes in is.
    Response.objects.filter(topic="epidemic").first().delete()
    Interpretation.objects.filter(selections=None).first().delete()
    counted = {each.measure.key: each.value for each in engagement.tally(county, *YEAR, "2019")}
    assert (counted["responses"], counted["epidemic_responses"], counted["interpretations"]) == (352, 146, 63)

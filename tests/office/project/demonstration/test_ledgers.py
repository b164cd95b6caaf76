"""The county's figures of the year come out by counting its ledgers: none is stored anywhere."""

from datetime import UTC, date, datetime

import pytest

from gongkai.office.channels import queries as channels
from gongkai.office.channels.models import Post
from gongkai.office.engagement import queries as engagement
from gongkai.office.engagement.models import Interpretation, Message, Response
from gongkai.office.organs.models import Organ
from gongkai.office.project.demonstration.county import load
from gongkai.office.services import queries as services
from gongkai.office.services.models import OnlineCaseCount

pytestmark = pytest.mark.django_db
AT = datetime(2021, 1, 4, 1, tzinfo=UTC)
YEAR = (date(2020, 1, 1), date(2020, 12, 31))


def figures(organs: list[int]) -> dict[str, object]:
    """Every figure of the three rooms by its key."""
    rooms = (engagement, services, channels)
    return {each.measure.key: each.value for room in rooms for each in room.tally(organs, *YEAR, "2019")}


@pytest.fixture
def county(db: None) -> list[int]:
    """The whole county, by the ids of its agencies."""
    load(at=AT)
    return list(Organ.objects.values_list("pk", flat=True))


def test_the_year_has_the_figures_of_the_county_s_report(county: list[int]):
    counted = figures(county)
    assert counted["interpretations"] == 64
    assert counted["excellent_interpretations"] == 2
    assert counted["responses"] == 353
    assert counted["epidemic_responses"] == 147
    assert counted["press_conferences"] == 10
    assert counted["message_reply_working_days"] == 3
    assert counted["messages_answered"] == Message.objects.filter(answered_on__year=2020).count() > 200
    assert counted["consultations"] == 6
    assert counted["opinions_received"] == 87
    assert counted["weibo_posts"] == 618
    assert counted["wechat_articles"] == 801
    assert counted["new_media_posts"] == 618 + 801
    assert counted["online_service_cases"] == 126_048
    assert OnlineCaseCount.objects.values("organ").distinct().count() == 8
    assert OnlineCaseCount.objects.values("month").distinct().count() == 12
    assert all(message.answered_on <= message.due_on for message in Message.objects.filter(on__year=2020))

    # By records: what is struck is counted no longer, and what comes in is.
    Response.objects.filter(topic="epidemic").first().delete()
    Interpretation.objects.filter(selections=None).first().delete()
    Post.objects.filter(account__platform="weibo").first().delete()
    fewer = OnlineCaseCount.objects.first()
    fewer.delete()
    counted = figures(county)
    assert (counted["weibo_posts"], counted["online_service_cases"]) == (617, 126_048 - fewer.cases)
    assert (counted["responses"], counted["epidemic_responses"], counted["interpretations"]) == (352, 146, 63)

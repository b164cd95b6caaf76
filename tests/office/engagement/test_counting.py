"""The figures of the annual report follow the records: what is added, struck, withdrawn, selected twice."""

from datetime import UTC, date, datetime

import pytest

from gongkai.office.engagement import actions, queries
from gongkai.office.engagement.ledgers import INTERPRETATION, OPINION, SELECTION
from gongkai.office.ledgers import actions as ledgers
from gongkai.regulation.annual_report.figures import catalogue
from tests.office.cast import NOW, TODAY
from tests.office.engagement.entries import consultation, interpretation, item, message, response

pytestmark = pytest.mark.django_db
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def counts(cast, *organs, year=YEAR):
    asked = [organ.pk for organ in organs or (cast.education,)]
    return {each.measure.key: each.value for each in queries.tally(asked, *year, "2021")}


def test_every_figure_is_there_and_zero_where_nothing_is(cast):
    assert set(counts(cast).values()) == {0}
    assert set(counts(cast)) == set(queries.MEASURES)
    assert set(queries.MEASURES) <= set(catalogue())
    assert {key: measure.unit for key, measure in queries.MEASURES.items()} == {
        key: catalogue()[key].unit for key in queries.MEASURES
    }


def test_records_are_counted_in_their_agency_and_year(cast):
    interpretation(cast)
    response(cast, topic="epidemic")
    response(cast, title="另一条")
    found = counts(cast)
    assert (found["interpretations"], found["responses"], found["epidemic_responses"]) == (1, 2, 1)
    assert set(counts(cast, cast.water).values()) == {0}
    assert set(counts(cast, year=(date(2023, 1, 1), date(2023, 12, 31))).values()) == {0}


def test_what_is_struck_or_withdrawn_within_the_year_is_not_counted(cast):
    first, second = interpretation(cast), interpretation(cast, item=item(cast))
    ledgers.strike(INTERPRETATION, first, reason="重复", by=cast.editor, at=NOW)
    assert counts(cast)["interpretations"] == 1
    second.item.withdrawn_at, second.item.withdrawn_reason = datetime(2025, 1, 1, 8, tzinfo=UTC), "有误"
    second.item.save()
    assert counts(cast)["interpretations"] == 1, "withdrawn in the next year"
    second.item.withdrawn_at = datetime(2024, 12, 31, 15, 59, tzinfo=UTC)
    second.item.save()
    assert counts(cast)["interpretations"] == 0


def test_an_interpretation_selected_by_two_is_one_excellent_interpretation(cast):
    made = interpretation(cast)
    for body in ("省政府办公厅", "市政府办公室"):
        values = {"interpretation": made, "selected_by": body, "on": TODAY, "award": ""}
        ledgers.register(SELECTION, values, by=cast.officer, at=NOW)
    assert counts(cast)["excellent_interpretations"] == 1
    assert [each.public_path for each in queries.counted(INTERPRETATION.key, [made.pk])] == [
        f"/interpretations/{made.pk}/"
    ]


def test_messages_count_when_they_are_answered_and_the_longest_says_the_term(cast):
    actions.answer(message(cast, on=date(2024, 4, 8)), "好", on=TODAY, by=cast.editor, at=NOW)
    actions.answer(message(cast), "好", on=TODAY, by=cast.editor, at=NOW)
    message(cast)
    found = {each.measure.key: each for each in queries.tally([cast.education.pk], *YEAR, "2021")}
    assert found["messages_answered"].value == 2
    longest = found["message_reply_working_days"]
    assert (longest.value, len(longest.ids)) == (4, 1)


def test_opinions_open_without_what_their_senders_wrote(cast):
    asked = consultation(cast)
    values = {"consultation": asked, "on": date(2024, 3, 5), "channel": "web", "text": "我住在三号楼。", "adoption": ""}
    made = ledgers.register(OPINION, {**values, "author": "孙来信"}, by=cast.editor, at=NOW)
    found = counts(cast)
    assert (found["consultations"], found["opinions_received"]) == (1, 1)
    assert "三号楼" not in str(queries.counted(OPINION.key, [made.pk]))

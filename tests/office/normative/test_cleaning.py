"""A clean-up round: what it is about, deciding on many at once, closing it by an act."""

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.normative import actions
from gongkai.office.normative.facts import document_of
from gongkai.office.normative.models import CleanupRound, NormativeDocument
from gongkai.office.normative.queries import candidates, results
from gongkai.regulation.disclosure import normative as law
from tests.office.cast import NOW, TODAY
from tests.office.normative.records import document, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(cast) -> CleanupRound:
    return actions.open_round(cast.education, title="县教育局2024年清理", on=TODAY, by=cast.editor, at=NOW)


def test_a_round_is_about_what_holds_and_was_made_or_drafted_by_the_body(cast, round):
    own = document(cast)
    for_government = document(cast, organ=cast.county)
    NormativeDocument.objects.filter(pk=for_government.pk).update(drafting_organ=cast.education)
    document(cast, organ=cast.water)
    document(cast, effective_date=date(2023, 3, 1), expiry_date=date(2024, 1, 1))
    assert set(candidates(round)) == {own, for_government}


def test_decisions_become_events_when_the_act_closes_the_round(cast, round):
    kept, gone, done = document(cast), document(cast), document(cast)
    actions.decide(round, [kept, gone, done], "continued", by=cast.editor, at=NOW)
    actions.decide(round, [gone], "repealed", by=cast.editor, at=NOW)
    actions.decide(round, [done], "lapsed", by=cast.editor, at=NOW)
    assert not gone.events.exists()
    actions.close_round(round, act="青教〔2024〕20号", on=date(2024, 4, 15), by=cast.officer, at=later(3))
    states = {
        each.pk: (each.ended_on, each.ended_as) for each in NormativeDocument.objects.exclude(ended_on=date(2028, 3, 1))
    }
    assert states == {gone.pk: (date(2024, 4, 15), "repealed"), done.pk: (date(2024, 4, 15), "lapsed")}
    assert [(label, len(rows)) for label, rows in results(round)] == [
        ("继续有效", 1),
        ("拟修改", 0),
        ("废止和宣布失效", 2),
    ]
    lists = law.cleanup_lists(map(document_of, NormativeDocument.objects.order_by("pk")), round.title)
    assert lists == law.CleanupLists(round.title, (str(kept.pk),), (), (str(gone.pk), str(done.pk)))


def test_a_round_is_not_closed_while_a_document_is_without_a_conclusion(cast, round):
    left = document(cast)
    with pytest.raises(Refused, match=f"还有1件文件没有结论，例如《{left.title}》"):
        actions.close_round(round, act="青教〔2024〕20号", on=TODAY, by=cast.officer, at=NOW)


def test_a_closed_round_stays_as_it_is(cast, round):
    actions.close_round(round, act="青教〔2024〕20号", on=TODAY, by=cast.officer, at=NOW)
    with pytest.raises(Refused, match="不能再改"):
        actions.decide(round, [], "continued", by=cast.editor, at=NOW)


def test_what_is_not_in_the_round_is_not_decided_on(cast, round):
    with pytest.raises(Refused, match="不在这次清理的范围内"):
        actions.decide(round, [document(cast, organ=cast.water)], "continued", by=cast.editor, at=NOW)


def test_an_editor_does_not_close_a_round_and_an_outsider_does_not_decide(cast, round):
    with pytest.raises(Refused, match="公布清理结果的权限"):
        actions.close_round(round, act="青教〔2024〕20号", on=TODAY, by=cast.editor, at=NOW)
    with pytest.raises(Refused, match="权限"):
        actions.decide(round, [document(cast)], "continued", by=cast.outsider, at=NOW)


def test_two_rounds_do_not_bear_one_name(cast, round):
    with pytest.raises(Refused, match="已经有一次清理叫"):
        actions.open_round(cast.education, title=round.title, on=TODAY, by=cast.editor, at=NOW)

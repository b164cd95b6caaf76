from gongkai.regulation.law import law_on
from gongkai.regulation.letters import kinds, questions, write_letter
from tests.regulation.letters.made_letters import AFTER, case_of

ALWAYS = {"addressee_kind", "application_number", "received_on", "requested"}


def test_a_letter_asks_for_what_its_choices_make_necessary() -> None:
    keys = {fact.key for fact, needed in questions("fee_notice", {"fee_method": "per_page"}) if needed}
    assert "page_count" in keys
    assert "item_count" not in keys


def test_what_a_letter_finds_missing_is_what_it_asks_for() -> None:
    for kind in kinds():
        letter = write_letter(kind, case_of(kind, AFTER, {}), law_on(AFTER), AFTER)
        missing = {finding.where[0] for finding in letter.findings}
        needed = {fact.key for fact, needed in questions(kind, {}) if needed} - ALWAYS
        assert missing == needed, kind


def test_a_gap_stands_in_the_letter_where_a_fact_is_missing() -> None:
    letter = write_letter("reply_not_exist", case_of("reply_not_exist", AFTER, {}), law_on(AFTER), AFTER)
    assert not letter.is_complete
    assert "检索情况：【待填：检索情况】。" in [part.text for part in letter.parts]

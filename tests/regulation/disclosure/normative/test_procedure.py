from dataclasses import replace
from datetime import date

import pytest

from gongkai.regulation.disclosure.normative import (
    CollectivelyDecided,
    CommentHeld,
    Evaluated,
    Extended,
    Filed,
    Interpreted,
    LegalityReviewed,
    NormativeDocument,
    Numbered,
    Published,
    Signed,
    check_procedure,
)
from gongkai.regulation.disclosure.words import message
from tests.regulation.calendars import add_weekdays
from tests.regulation.disclosure.normative.documents import DOCUMENT, with_events, with_published, without

DAY = date(2021, 6, 1)


def codes(document: NormativeDocument, on: date = DAY) -> list[str]:
    found = check_procedure(document, on, add_weekdays)
    assert all("{" not in message(finding, language) for finding in found for language in ("zh", "en"))
    return [finding.code for finding in found]


def test_a_document_that_went_the_whole_way_has_no_findings() -> None:
    assert codes(DOCUMENT) == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (LegalityReviewed, "NORM-LEGALITY"),
        (CollectivelyDecided, "NORM-DECISION"),
        (Signed, "NORM-SIGNATURE"),
        (Numbered, "NORM-NUMBER"),
        (CommentHeld, "NORM-COMMENT-MISSING"),
        (Filed, "NORM-FILING"),
        (Interpreted, "NORM-INTERPRETATION"),
    ],
)
def test_a_step_that_is_not_on_record_is_a_finding(kind: type, code: str) -> None:
    assert codes(without(kind)) == [code]


def test_a_step_that_is_still_to_come_is_no_finding() -> None:
    assert codes(DOCUMENT, date(2021, 1, 10)) == []


def test_a_review_that_did_not_pass_and_a_circulated_decision_don_t_count() -> None:
    failed = replace(
        without(LegalityReviewed),
        events=(*without(LegalityReviewed).events, LegalityReviewed(date(2021, 1, 11), "司法局", passed=False)),
    )
    assert codes(failed) == ["NORM-LEGALITY"]
    circulated = CollectivelyDecided(date(2021, 1, 18), "传签", by_circulation=True)
    assert codes(replace(DOCUMENT, events=(*without(CollectivelyDecided).events, circulated))) == ["NORM-DECISION"]


@pytest.mark.parametrize(
    ("until", "concerns_business", "found"),
    [(16, False, []), (15, False, ["NORM-COMMENT-SHORT"]), (16, True, ["NORM-COMMENT-SHORT"])],
)
def test_comment_takes_seven_working_days_or_thirty_days(until: int, concerns_business: bool, found: list[str]) -> None:
    held = CommentHeld(date(2020, 12, 7), date(2020, 12, until))
    events = (*without(CommentHeld).events, held)
    assert codes(replace(DOCUMENT, events=events, concerns_business=concerns_business)) == found


def test_an_emergency_with_its_reason_does_without_comment() -> None:
    assert codes(replace(without(CommentHeld), emergency_reason="防汛抢险")) == []


def test_filing_and_interpretation_have_their_last_day() -> None:
    late = replace(
        DOCUMENT,
        events=(
            *without(Filed, Interpreted).events,
            Filed(date(2021, 2, 10), "市政府"),
            Interpreted(date(2021, 1, 26)),
        ),
    )
    assert codes(late) == ["NORM-FILING-LATE", "NORM-INTERPRETATION-LATE"]
    assert codes(without(Filed, Interpreted), date(2021, 1, 28)) == []
    assert codes(without(Filed, Interpreted), date(2021, 1, 29)) == ["NORM-INTERPRETATION"]


def test_steps_in_the_wrong_order_are_named() -> None:
    early = CollectivelyDecided(date(2021, 1, 8), "县政府第2次常务会议")
    assert codes(replace(DOCUMENT, events=(*without(CollectivelyDecided).events, early))) == ["NORM-ORDER"]


def test_the_term_is_stated_and_not_too_long() -> None:
    assert codes(with_published(Published(date(2021, 1, 25), date(2021, 3, 1)))) == ["NORM-NO-TERM"]
    long = Published(date(2021, 1, 25), date(2021, 3, 1), date(2026, 3, 1))
    assert codes(with_published(long)) == ["NORM-TERM-LONG"]


def test_before_its_end_a_document_is_evaluated() -> None:
    soon = date(2026, 1, 1)
    assert codes(DOCUMENT, soon) == ["NORM-EXPIRING", "NORM-EVALUATION"]
    assert codes(with_events(Evaluated(date(2025, 10, 1), "继续执行")), soon) == ["NORM-EXPIRING"]


def test_an_extension_that_comes_too_late_is_named() -> None:
    late = with_events(Extended(date(2026, 3, 5), date(2028, 1, 1), "青政〔2026〕3号"))
    assert codes(late, date(2026, 3, 6)) == ["NORM-EXTENDED-LATE"]


def test_a_document_from_before_the_rules_is_not_measured_by_them() -> None:
    old = NormativeDocument("gf-0", "旧办法", (Published(date(2010, 1, 1), date(2010, 1, 1)),), affects_rights=False)
    assert not {"NORM-FILING", "NORM-INTERPRETATION", "NORM-NO-TERM"} & set(codes(old))

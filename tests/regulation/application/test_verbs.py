"""Each verb: when it is lawful, each reason why it is not, and what a step taken all the same does to the case."""

from datetime import date

import pytest

from gongkai.regulation.application import (
    VERBS,
    Confirmed,
    ConsultationAnswered,
    ConsultationSent,
    CorrectionReceived,
    CorrectionRequested,
    Event,
    Extended,
    FeeNotified,
    FeePaid,
    Replied,
    Standing,
    Submitted,
    Withdrawn,
    message,
    standing,
)
from gongkai.regulation.workdays import provisional_workdays

CALENDAR = provisional_workdays()
RECEIVED = Submitted(date(2021, 3, 1), "in_person")
SENT_ONLINE = Submitted(date(2021, 3, 1), "online")
DUE = date(2021, 3, 29)


def march(day: int) -> date:
    return date(2021, 3, day)


def april(day: int) -> date:
    return date(2021, 4, day)


def after(*events: Event, on: date | None = None) -> Standing:
    """Where the events lead; whatever is found or refused there can be said in both languages."""
    found = standing(events, CALENDAR, on or events[-1].on)
    for finding in (*found.findings, *filter(None, map(found.why_not, VERBS))):
        assert all(message(finding, language) for language in ("zh", "en"))
    return found


def codes(found: Standing) -> list[str]:
    return [finding.code for finding in found.findings]


def refusal(found: Standing, verb: str) -> str | None:
    finding = found.why_not(verb)
    return finding.code if finding else None


# --- confirm -------------------------------------------------------------------------------------------------------


def test_an_online_application_waits_for_confirmation_and_no_period_runs() -> None:
    found = after(SENT_ONLINE, on=march(1))
    assert (found.state, found.receipt_on, found.due_on, found.findings) == ("registered", None, None, ())
    assert found.lawful_next == ("confirm", "withdraw")


def test_an_application_left_unconfirmed_alarms_from_the_next_day_on() -> None:
    assert codes(after(SENT_ONLINE, on=march(2))) == ["CONFIRM-WAITING"]


def test_confirming_starts_the_period() -> None:
    found = after(SENT_ONLINE, Confirmed(march(3)))
    assert (found.state, found.receipt_on, found.due_on) == ("under_review", march(3), march(31))


def test_a_plain_letter_is_confirmed_on_the_day_it_comes() -> None:
    letter = Submitted(march(1), "post_unsigned")
    assert codes(after(letter, Confirmed(march(1)))) == []
    assert codes(after(letter, Confirmed(march(2)))) == ["CONFIRM-LATE"]


def test_confirming_again_is_needless_and_moves_nothing() -> None:
    found = after(RECEIVED, Confirmed(march(9)))
    assert (found.receipt_on, found.due_on, found.findings) == (march(1), DUE, ())
    assert refusal(found, "confirm") == "CONFIRM-NEEDLESS"


# --- request_correction, accept_correction -------------------------------------------------------------------------


def test_while_a_correction_is_waited_for_nothing_is_due() -> None:
    found = after(RECEIVED, CorrectionRequested(march(5), working_days=10))
    assert (found.state, found.due_on, found.waiting_until) == ("correction_requested", None, march(19))


def test_the_period_to_correct_runs_from_the_day_the_notice_was_received() -> None:
    found = after(RECEIVED, CorrectionRequested(march(5), working_days=10, received_on=march(8)))
    assert found.waiting_until == march(22)


def test_a_correction_without_a_period_can_be_waited_for_without_end() -> None:
    found = after(RECEIVED, CorrectionRequested(march(5)), on=date(2022, 3, 1))
    assert (found.state, found.waiting_until, found.findings) == ("correction_requested", None, ())


def test_a_correction_restarts_the_full_period() -> None:
    found = after(RECEIVED, CorrectionRequested(march(5)), CorrectionReceived(march(15)))
    assert (found.state, found.due_on) == ("under_review", april(13))
    assert found.receipt_on == march(1)


def test_a_correction_is_asked_for_once() -> None:
    found = after(RECEIVED, CorrectionRequested(march(3)), CorrectionReceived(march(4)), CorrectionRequested(march(5)))
    assert codes(found) == ["CORRECTION-TWICE"]
    assert found.due_on == april(1)


def test_an_overdue_correction_closes_from_the_next_working_day() -> None:
    history = (RECEIVED, CorrectionRequested(march(5), working_days=10))
    # 19 March is a Friday: over the weekend nothing can be done about it yet.
    assert [after(*history, on=march(day)).state for day in (19, 21, 22)] == [
        "correction_requested",
        "correction_requested",
        "closed_correction_overdue",
    ]
    closed = after(*history, on=march(22))
    assert (closed.outcome, closed.closed_on, closed.due_on) == ("correction_overdue", march(22), None)
    assert closed.lawful_next == ("accept_correction", "reopen")


def test_telling_the_applicant_that_the_law_closed_the_case_is_no_second_reply() -> None:
    history = (RECEIVED, CorrectionRequested(march(5), working_days=10), Replied(march(24), "correction_overdue"))
    found = after(*history)
    assert (codes(found), found.state, found.closed_on) == ([], "closed_correction_overdue", march(22))


def test_closing_for_lateness_before_the_time_is_over_is_found() -> None:
    history = (RECEIVED, CorrectionRequested(march(5), working_days=10), Replied(march(12), "correction_overdue"))
    assert codes(after(*history)) == ["OUTCOME-EARLY"]


def test_material_that_nobody_asked_for_restarts_nothing() -> None:
    found = after(RECEIVED, CorrectionReceived(march(15)))
    assert (codes(found), found.due_on) == (["CORRECTION-UNASKED"], DUE)


# --- consult_third_party, consult_agency, record_opinion -----------------------------------------------------------


def test_a_consultation_holds_the_clock_until_the_opinion_comes() -> None:
    asked = ConsultationSent(march(8), "third_party", "1")
    during, answered = after(RECEIVED, asked), after(RECEIVED, asked, ConsultationAnswered(march(12), "1"))
    assert (during.state, during.due_on, during.expected_due_on) == ("third_party_consultation", None, april(20))
    assert (answered.state, answered.due_on, answered.expected_due_on) == ("under_review", april(2), None)


def test_a_third_party_goes_before_an_agency_in_the_name_of_the_state() -> None:
    agency = ConsultationSent(march(8), "agency", "1")
    assert after(RECEIVED, agency).state == "agency_consultation"
    both = (RECEIVED, agency, ConsultationSent(march(9), "third_party", "2"))
    assert after(*both).state == "third_party_consultation"


def test_silence_ends_the_day_after_the_opinion_fell_due() -> None:
    history = (RECEIVED, ConsultationSent(march(8), "agency", "1"))
    assert after(*history, on=march(29)).due_on is None
    assert after(*history, on=march(30)).due_on == april(20)


def test_an_opinion_without_a_consultation_is_found() -> None:
    found = after(RECEIVED, ConsultationAnswered(march(12), "9"))
    assert (codes(found), found.due_on) == (["OPINION-UNASKED"], DUE)
    assert refusal(found, "record_opinion") == "OPINION-UNASKED"


# --- extend --------------------------------------------------------------------------------------------------------


def test_an_extension_on_the_last_day_is_in_time_and_a_day_later_is_not() -> None:
    in_time, late = after(RECEIVED, Extended(march(29), 20)), after(RECEIVED, Extended(march(30), 20))
    assert (in_time.state, in_time.due_on, codes(in_time)) == ("extended", april(26), [])
    assert (late.state, late.due_on, codes(late)) == ("under_review", DUE, ["EXTENSION-LATE", "REPLY-OVERDUE"])


def test_an_extension_is_given_once() -> None:
    found = after(RECEIVED, Extended(march(10), 5), Extended(march(12), 5))
    assert (codes(found), found.due_on) == (["EXTENSION-TWICE"], april(6))


def test_more_than_the_longest_extension_counts_as_the_longest() -> None:
    found = after(RECEIVED, Extended(march(10), 30))
    assert (codes(found), found.due_on) == (["EXTENSION-TOO-LONG"], april(26))


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (Extended(march(10), 5, reason=" "), "EXTENSION-NO-REASON"),
        (Extended(march(10), 5, approved=False), "EXTENSION-UNAPPROVED"),
    ],
)
def test_an_extension_without_reason_or_approval_is_found(event: Extended, code: str) -> None:
    assert codes(after(RECEIVED, event)) == [code]


def test_where_no_period_runs_nothing_is_extended() -> None:
    found = after(RECEIVED, CorrectionRequested(march(5)), Extended(march(8), 20), CorrectionReceived(march(10)))
    assert (codes(found), found.due_on) == (["EXTENSION-NOT-RUNNING"], april(8))


def test_an_extension_given_before_a_restart_stays() -> None:
    found = after(RECEIVED, Extended(march(3), 20), CorrectionRequested(march(5)), CorrectionReceived(march(10)))
    assert found.due_on == CALENDAR.add(march(10), 40)
    assert refusal(found, "extend") == "EXTENSION-TWICE"


# --- notify_fee, record_payment ------------------------------------------------------------------------------------


def test_a_fee_notice_stops_the_clock_and_payment_begins_it_anew() -> None:
    during = after(RECEIVED, FeeNotified(march(10)))
    assert (during.state, during.due_on, during.waiting_until) == ("fee_noticed", None, april(8))
    assert refusal(during, "reply") == "REPLY-BEFORE-PAYMENT"
    paid = after(RECEIVED, FeeNotified(march(10)), FeePaid(march(15)))
    assert (paid.state, paid.due_on) == ("under_review", april(13))


def test_a_fee_is_asked_for_once_in_time_and_on_a_legal_basis() -> None:
    twice = after(RECEIVED, FeeNotified(march(10)), FeePaid(march(15)), FeeNotified(march(16)))
    assert codes(twice) == ["FEE-TWICE"]
    assert codes(after(RECEIVED, FeeNotified(march(30)))) == ["FEE-NOTICE-LATE", "REPLY-OVERDUE"]
    before = after(Submitted(date(2020, 12, 1), "in_person"), FeeNotified(date(2020, 12, 28)))
    assert (codes(before), before.state) == (["FEE-NO-BASIS"], "under_review")


def test_a_payment_nobody_asked_for_restarts_nothing() -> None:
    found = after(RECEIVED, FeePaid(march(15)))
    assert (codes(found), found.due_on) == (["FEE-UNASKED"], DUE)


def test_a_payment_after_the_case_was_closed_does_not_open_it() -> None:
    found = after(RECEIVED, FeeNotified(march(10)), FeePaid(april(20)))
    assert (found.state, found.closed_on, codes(found)) == ("closed_fee_unpaid", april(9), ["CLOSED"])


# --- reply, withdraw -----------------------------------------------------------------------------------------------


def test_a_reply_on_the_last_day_is_in_time_and_the_next_is_late() -> None:
    in_time, late = after(RECEIVED, Replied(march(29), "disclose")), after(RECEIVED, Replied(march(30), "disclose"))
    assert (in_time.state, in_time.outcome, in_time.due_on, codes(in_time)) == ("replied", "disclose", DUE, [])
    assert (late.state, codes(late)) == ("replied", ["REPLY-LATE"])
    assert late.findings[0].values["days"] == "1"


def test_a_case_past_its_due_date_is_overdue_and_must_still_be_replied_to() -> None:
    found = after(RECEIVED, on=april(1))
    assert (codes(found), found.days_left) == (["REPLY-OVERDUE"], -3)
    assert "reply" in found.lawful_next


def test_a_second_reply_changes_nothing_and_is_found() -> None:
    found = after(RECEIVED, Replied(march(10), "disclose"), Replied(march(12), "not_exist"))
    assert (found.outcome, found.closed_on, codes(found)) == ("disclose", march(10), ["OUTCOME-TWICE"])
    assert found.lawful_next == ("reopen",)


def test_no_decision_while_a_third_party_still_has_time() -> None:
    asked = ConsultationSent(march(8), "third_party", "1")
    assert refusal(after(RECEIVED, asked), "reply") == "REPLY-BEFORE-OPINION"
    replied = after(RECEIVED, asked, Replied(march(10), "disclose"))
    assert (replied.state, codes(replied)) == ("replied", ["REPLY-BEFORE-OPINION"])


def test_an_agency_may_reply_without_waiting_for_another_agency() -> None:
    assert refusal(after(RECEIVED, ConsultationSent(march(8), "agency", "1")), "reply") is None


@pytest.mark.parametrize("outcome", ["deny_third_party", "still_unclear", "correction_overdue", "fee_unpaid"])
def test_an_outcome_needs_the_step_it_rests_on(outcome: str) -> None:
    found = after(RECEIVED, Replied(march(10), outcome))
    assert codes(found) == ["OUTCOME-NEEDS"]
    assert found.findings[0].values["step"] in message(found.findings[0])


def test_after_a_withdrawal_nothing_is_due_and_nothing_follows() -> None:
    found = after(RECEIVED, Withdrawn(march(10)), Extended(march(11), 5))
    assert (found.state, found.outcome, found.due_on) == ("withdrawn", "withdrawn", None)
    assert (codes(found), found.lawful_next) == (["CLOSED"], ())

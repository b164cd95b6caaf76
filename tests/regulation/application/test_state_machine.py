"""Random verbs on random days: no history, however unlawful, leads to a state the law doesn't allow."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

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
    Reopened,
    Replied,
    Standing,
    Submitted,
    Withdrawn,
    message,
    outcomes,
    standing,
)
from gongkai.regulation.deadlines import CHANNELS
from gongkai.regulation.workdays import provisional_workdays

CALENDAR = provisional_workdays()
VERB_OF = {
    Confirmed: "confirm",
    CorrectionRequested: "request_correction",
    CorrectionReceived: "accept_correction",
    Extended: "extend",
    FeeNotified: "notify_fee",
    FeePaid: "record_payment",
    Replied: "reply",
    Withdrawn: "withdraw",
    Reopened: "reopen",
}
FOUND_AT_ANY_TIME = {"CONFIRM-WAITING", "REPLY-OVERDUE"}


def past(found: Standing) -> list[str]:
    """The codes of what went wrong on the way, without what is wrong just because of the day."""
    return [finding.code for finding in found.findings if finding.code not in FOUND_AT_ANY_TIME]


class ApplicationMachine(RuleBasedStateMachine):
    @initialize(start=st.dates(date(2019, 1, 2), date(2026, 6, 1)), channel=st.sampled_from(CHANNELS))
    def submit(self, start: date, channel: str) -> None:
        self.on = start
        self.events: list[Event] = [Submitted(start, channel)]
        self.sent = 0
        self.ordered = False
        self.before = self.now = self.ask()

    def ask(self) -> Standing:
        return standing(self.events, CALENDAR, self.on)

    def happen(self, event: Event) -> None:
        self.before = self.now
        self.events.append(event)
        self.now = self.ask()
        self.judge(event)

    def judge(self, event: Event) -> None:
        verb = VERB_OF.get(type(event))
        new = past(self.now)[len(past(self.before)) :]
        assert past(self.now)[: len(past(self.before))] == past(self.before), "a finding of the past has gone"
        if verb and verb in self.before.lawful_next and not isinstance(event, Replied | CorrectionReceived | Extended):
            assert set(new) <= {"CONFIRM-LATE"}, f"{verb} was lawful and yet found {new}"
        if verb and verb not in self.before.lawful_next and not isinstance(event, Replied):
            assert self.now.due_on == self.before.due_on, f"{verb} was not lawful and yet moved the clock"
        if not self.before.is_open and isinstance(event, Replied) and self.before.outcome != event.outcome:
            assert set(new) & {"OUTCOME-TWICE", "CLOSED"}, "a reply after the end was not noticed"

    @rule(days=st.integers(0, 40))
    def time_passes(self, days: int) -> None:
        self.before, self.on = self.now, self.on + timedelta(days=days)
        self.now = self.ask()
        if self.before.due_on and self.now.due_on:
            assert self.before.due_on == self.now.due_on, "the due date moved without an event"
        if self.before.due_on and self.now.is_open:
            assert self.now.due_on, "the clock stopped without an event"
        if self.before.expected_due_on and self.now.due_on:
            assert self.before.expected_due_on == self.now.due_on, "silence led to another date than expected"

    @rule()
    def confirm(self) -> None:
        self.happen(Confirmed(self.on))

    @rule(working_days=st.none() | st.integers(1, 30))
    def request_correction(self, working_days: int | None) -> None:
        self.happen(CorrectionRequested(self.on, working_days))

    @rule(justified=st.booleans())
    def accept_correction(self, justified: bool) -> None:
        self.happen(CorrectionReceived(self.on, justified))

    @rule(party=st.sampled_from(("third_party", "agency")), travel=st.integers(0, 5))
    def consult(self, party: str, travel: int) -> None:
        self.sent += 1
        self.happen(ConsultationSent(self.on, party, str(self.sent), self.on + timedelta(days=travel)))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def record_opinion(self, data: st.DataObject) -> None:
        self.happen(ConsultationAnswered(self.on, str(data.draw(st.integers(1, self.sent)))))

    @rule(working_days=st.integers(1, 30), reason=st.sampled_from((None, "", "需要查找档案")))
    def extend(self, working_days: int, reason: str | None) -> None:
        self.happen(Extended(self.on, working_days, reason))

    @rule()
    def notify_fee(self) -> None:
        self.happen(FeeNotified(self.on))

    @rule()
    def pay(self) -> None:
        self.happen(FeePaid(self.on))

    @rule(outcome=st.none() | st.sampled_from(sorted(outcomes())))
    def reply(self, outcome: str | None) -> None:
        self.happen(Replied(self.on, outcome))

    @rule()
    def withdraw(self) -> None:
        self.happen(Withdrawn(self.on))

    @rule(working_days=st.none() | st.integers(1, 60))
    def reopen(self, working_days: int | None) -> None:
        self.happen(Reopened(self.on, working_days))
        self.ordered = self.ordered or self.now.state == "reopened"

    @invariant()
    def an_end_is_final_unless_a_decision_sets_it_aside(self) -> None:
        if self.before.is_open or self.before.state == "closed_correction_overdue":
            return
        if isinstance(self.events[-1], Reopened) and self.now.is_open:
            assert self.before.state != "withdrawn"
            return
        ended = (self.before.state, self.before.closed_on, self.before.outcome, self.before.due_on)
        assert (self.now.state, self.now.closed_on, self.now.outcome, self.now.due_on) == ended

    @invariant()
    def nothing_but_late_corrections_and_decisions_follow_an_end(self) -> None:
        if not self.now.is_open:
            allowed = {"accept_correction"} if self.now.state == "closed_correction_overdue" else set()
            decided = set() if self.now.state == "withdrawn" else {"reopen"}
            assert set(self.now.lawful_next) == allowed | decided

    @invariant()
    def verbs_and_reasons_agree(self) -> None:
        assert all((self.now.why_not(verb) is None) == (verb in self.now.lawful_next) for verb in VERBS)

    @invariant()
    def the_longest_period_is_twice_the_shortest_without_pauses(self) -> None:
        if self.now.due_on and not self.sent and self.now.receipt_on and not self.ordered:
            starts = [
                step.on for step in self.now.derivation() if step.counted_day and step.counted_day.kind == "start"
            ]
            assert CALENDAR.count(starts[0], self.now.due_on) in range(15, 41)

    @invariant()
    def every_finding_can_be_said(self) -> None:
        assert all(message(finding, language) for finding in self.now.findings for language in ("zh", "en"))

    @invariant()
    def the_derivation_ends_on_the_due_date(self) -> None:
        steps = self.now.derivation()
        numbers = [step.number for step in steps if step.number]
        assert numbers == list(range(1, len(numbers) + 1))
        if self.now.due_on:
            assert steps[-1].on == self.now.due_on


TestApplication = ApplicationMachine.TestCase
TestApplication.settings = settings(max_examples=60, stateful_step_count=25)

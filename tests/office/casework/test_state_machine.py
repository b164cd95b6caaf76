"""Random verbs on random days, through the actions: no case reaches a state the law doesn't allow, and the table adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import actions, standing
from gongkai.office.casework.actions import Deciding
from gongkai.office.casework.kinds import Channel
from gongkai.office.casework.models import Application
from gongkai.office.casework.queries import tally
from gongkai.regulation.annual_report.compiling import compile_report
from tests.office.casework.cases import PERSON, Officers, at
from tests.office.cast import Cast

OUTCOMES = (
    "disclose",
    "deny_process",
    "petition",
    "not_exist",
    "deny_third_party",
    "still_unclear",
    "abusive",
    "duplicate",
)
AFTER_THE_END = {
    "correction_received",
    "reopened",
    "struck",
    "noted",
    "due_moved",
    "consultation_answered",
    "disclosed",
}


class CaseMachine(RuleBasedStateMachine):
    cast: Cast
    desk: Officers

    @initialize(start=st.dates(date(2019, 6, 1), date(2025, 6, 1)), channel=st.sampled_from(Channel.values))
    def receive(self, start: date, channel: str) -> None:
        self.on = start
        by = None if channel == "online" else self.desk.case
        receipt = actions.receive(
            self.cast.education, PERSON, channel=channel if channel != "fax" else "oral", submitted_on=start,
            at=at(start), by=by,
        )  # fmt: skip
        self.case = receipt.application

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something; when it is refused, nothing of it is left."""
        self.case.refresh_from_db()
        was_closed, before = self.case.closed_on, set(self.case.events.values_list("pk", flat=True))
        due, counted = self.case.due_on, (self.case.counted_on, self.case.counted_outcome)
        try:
            act()
        except Refused:
            assert set(self.case.events.values_list("pk", flat=True)) == before
            self.case.refresh_from_db()
            assert (self.case.due_on, self.case.counted_on) == (due, counted[0])
            return
        new = set(self.case.events.exclude(pk__in=before).values_list("kind", flat=True))
        self.case.refresh_from_db()
        assert new, "something was done and is not on record"
        if was_closed:
            assert new <= AFTER_THE_END, f"{new} after the end"
        if counted[0] and counted[0].year < self.on.year and "struck" not in new:
            assert (self.case.counted_on, self.case.counted_outcome) == counted, "a published report was changed"

    def when(self) -> dict[str, object]:
        return {"on": self.on, "at": at(self.on), "by": self.desk.case}

    @rule(days=st.integers(0, 30))
    def time_passes(self, days: int) -> None:
        due = self.case.due_on
        self.on += timedelta(days=days)
        standing.refresh(self.case, on=self.on)
        if due and self.case.due_on:
            assert due == self.case.due_on, "the due date moved without an event"

    @rule(side=st.sampled_from(("both", "agency", "applicant")))
    def confirm(self, side: str) -> None:
        if side != "both" and self.case.events.filter(kind=f"{side}_confirmed", struck_by=None).exists():
            return
        self.attempt(lambda: actions.confirm(self.case, side=side, **self.when()))

    @rule(days=st.integers(1, 30))
    def request_correction(self, days: int) -> None:
        self.attempt(lambda: actions.request_correction(self.case, points="名称", working_days=days, **self.when()))

    @rule(justified=st.sampled_from(("", "住院")))
    def receive_correction(self, justified: str) -> None:
        self.attempt(
            lambda: actions.receive_correction(self.case, wanted="《规划》", justified=justified, **self.when())
        )

    @rule(party=st.sampled_from(("third_party", "agency")))
    def consult(self, party: str) -> None:
        self.attempt(lambda: actions.consult(self.case, party=party, name="某公司", matter="单价", **self.when()))

    @rule(opinion=st.sampled_from(("agrees", "objects")))
    def answer(self, opinion: str) -> None:
        waiting = self.case.consultations.filter(opinion="").first()
        if waiting:
            self.attempt(lambda: actions.answer_consultation(waiting, opinion=opinion, words="商业秘密", **self.when()))

    @rule(days=st.integers(1, 22))
    def extend(self, days: int) -> None:
        when = {**self.when(), "by": self.desk.approver}
        self.attempt(lambda: actions.extend(self.case, working_days=days, reason="查档", **when))

    @rule()
    def notify_fee(self) -> None:
        when = {**self.when(), "by": self.desk.approver}
        self.attempt(lambda: actions.notify_fee(self.case, method="per_page", count=120, **when))

    @rule(yuan=st.sampled_from((1100, 1)))
    def pay(self, yuan: int) -> None:
        self.attempt(lambda: actions.record_payment(self.case, yuan=yuan, **self.when()))

    @rule()
    def ask_for_the_reason(self) -> None:
        self.attempt(lambda: actions.request_reason(self.case, frequency="46件", working_days=3, **self.when()))

    @rule(is_found=st.booleans())
    def search(self, is_found: bool) -> None:
        said = {"places": "档案室", "terms": "规划", "searched_by": "某人", "result": "见附件"}
        self.attempt(lambda: actions.record_search(self.case, is_found=is_found, **said, **self.when()))

    @rule(outcome=st.sampled_from(OUTCOMES), reply=st.booleans())
    def decide(self, outcome: str, reply: bool) -> None:
        given = Deciding(outcome, reasons="理由", balancing="权衡", facts="渠道")
        self.attempt(lambda: actions.decide(self.case, given, by=self.desk.case, at=at(self.on)))
        if reply:
            self.attempt(lambda: actions.record_reply(self.case, outcome, **self.when()))

    @rule()
    def withdraw(self) -> None:
        self.attempt(lambda: actions.withdraw(self.case, words="书面", **self.when()))

    @rule(days=st.none() | st.integers(1, 30))
    def reopen(self, days: int | None) -> None:
        self.attempt(lambda: actions.reopen(self.case, reference="青政复〔2024〕1号", working_days=days, **self.when()))

    @rule()
    def strike_the_last(self) -> None:
        last = self.case.events.exclude(kind="struck").filter(struck_by=None).order_by("id").last()
        self.attempt(lambda: actions.strike(last, reason="误登", by=self.desk.approver, at=at(self.on)))

    @invariant()
    def the_columns_are_what_the_law_says(self) -> None:
        if not hasattr(self, "case"):
            return
        standing.refresh(self.case, on=self.on)
        kept = Application.objects.get(pk=self.case.pk)
        found = standing.standing(kept, on=self.on)
        assert (kept.state, kept.due_on, kept.closed_on, kept.outcome) == (
            found.state,
            found.due_on,
            found.closed_on,
            found.outcome or "",
        )
        assert bool(kept.counted_outcome) == bool(kept.counted_on)

    @invariant()
    def there_is_never_a_second_outcome(self) -> None:
        if not hasattr(self, "case"):
            return
        kinds = Counter(self.case.events.filter(struck_by=None).values_list("kind", flat=True))
        assert kinds["replied"] <= 1 + kinds["reopened"]

    def teardown(self) -> None:
        if not hasattr(self, "case"):
            return
        standing.refresh(self.case, on=self.on)
        for year in range(self.case.submitted_on.year, self.on.year + 1):
            rows = tally([self.cast.education.pk], date(year, 1, 1), date(year, 12, 31), "2021")
            cells = {each.measure.key: each.value for each in rows if each.measure.key.startswith("applications.")}
            report = compile_report(cells, edition="2021", year=year, agency="青溪县教育局")
            came, ended = (
                sum(report.value(f"applications.{row}.total") for row in some)
                for some in (("new_received", "carried_over"), ("results_total", "carried_forward"))
            )
            assert came == ended, f"{year}: {came} came, {ended} ended"


def test_no_unlawful_state_is_reached(cast: Cast, desk: Officers) -> None:
    CaseMachine.cast, CaseMachine.desk = cast, desk
    run_state_machine_as_test(
        CaseMachine, settings=settings(max_examples=40, stateful_step_count=25, deadline=None, database=None)
    )

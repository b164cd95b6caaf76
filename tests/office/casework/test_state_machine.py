"""Random verbs on random days, through the actions: no case reaches a state the law doesn't allow, and the table adds up.

Every verb of the desk is drawn, over the few cases of one applicant, so that cases repeat, join and part, and are handled
again by order of a reconsideration or a court.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import actions, standing
from gongkai.office.casework.actions import Deciding, Part
from gongkai.office.casework.kinds import Channel
from gongkai.office.casework.models import Application
from gongkai.office.casework.queries import tally
from gongkai.office.casework.verbs import VERBS
from gongkai.office.remedies import actions as remedies
from gongkai.office.remedies.models import RemedyCase
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
    "archived",
}
MOST_CASES = 4


class CaseMachine(RuleBasedStateMachine):
    cast: Cast
    desk: Officers

    @initialize(start=st.dates(date(2019, 6, 1), date(2025, 6, 1)), channel=st.sampled_from(Channel.values))
    def receive(self, start: date, channel: str) -> None:
        # Each history begins with an empty office: who applied often before is asked for a fee.
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.on = start
        by = None if channel == "online" else self.desk.case
        receipt = actions.receive(
            self.cast.education, PERSON, channel=channel if channel != "fax" else "oral", submitted_on=start,
            at=at(start), by=by,
        )  # fmt: skip
        self.case = receipt.application
        self.cases = [self.case]
        self.remedies: list[RemedyCase] = []
        self.seen: dict[int, tuple[int, date | None]] = {}

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something; when it is refused, nothing of it is left."""
        self.case.refresh_from_db()
        was_closed, before = self.case.closed_on, set(self.case.events.values_list("pk", flat=True))
        due, counted = self.case.due_on, (self.case.counted_on, self.case.counted_outcome)
        others = {case.pk: (case.due_on, case.closed_on, case.outcome) for case in self.others()}
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
        for case in self.others():
            was = others.get(case.pk)
            assert was in (None, (case.due_on, case.closed_on, case.outcome)), "what was done to one case moved another"
        if was_closed:
            assert new <= AFTER_THE_END, f"{new} after the end"
        if counted[0] and counted[0].year < self.on.year and "struck" not in new:
            assert (self.case.counted_on, self.case.counted_outcome) == counted, "a published report was changed"

    def others(self) -> list[Application]:
        """The other cases, as they stand in the database."""
        return list(Application.objects.filter(pk__in=[case.pk for case in self.cases]).exclude(pk=self.case.pk))

    def other(self, place: int) -> Application:
        """One of them; the case itself where there is no other, which has to be refused."""
        others = self.others() or [self.case]
        return others[place % len(others)]

    def when(self) -> dict[str, object]:
        return {"on": self.on, "at": at(self.on), "by": self.desk.case}

    @rule(days=st.integers(0, 30))
    def time_passes(self, days: int) -> None:
        self.on += timedelta(days=days)
        for case in self.cases:
            case.refresh_from_db()
            due = case.due_on
            standing.refresh(case, on=self.on)
            if due and case.due_on:
                assert due == case.due_on, "the due date moved without an event"

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule(channel=st.sampled_from(("in_person", "post_signed")))
    def apply_again(self, channel: str) -> None:
        receipt = actions.receive(
            self.cast.education, PERSON, channel=channel, submitted_on=self.on, at=at(self.on), by=self.desk.case
        )
        self.cases.append(receipt.application)

    @precondition(lambda self: len(self.cases) > 1)
    @rule(place=st.integers(0, MOST_CASES - 1))
    def turn_to(self, place: int) -> None:
        self.case = self.cases[place % len(self.cases)]

    @rule()
    def assign(self) -> None:
        # To whoever has it already is nothing that happened.
        self.case.refresh_from_db()
        who = self.desk.case if self.case.officer_id == self.desk.colleague.pk else self.desk.colleague
        self.attempt(lambda: actions.assign(self.case, who, by=self.desk.approver, at=at(self.on)))

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule(parts=st.integers(1, 2))
    def split(self, parts: int) -> None:
        asked = [Part(f"第{number}项", f"第{number}项的材料") for number in range(parts)]

        def do() -> None:
            made = actions.split(self.case, asked, by=self.desk.case, at=at(self.on))
            self.case.refresh_from_db()
            for each in made:
                each.refresh_from_db()
                assert (each.receipt_on, each.due_on) == (self.case.receipt_on, self.case.due_on)
            self.cases += made

        self.attempt(do)

    @rule(place=st.integers(0, MOST_CASES - 1))
    def merge(self, place: int) -> None:
        other = self.other(place)
        self.attempt(lambda: actions.merge(self.case, other, by=self.desk.case, at=at(self.on)))

    @rule(place=st.integers(0, MOST_CASES - 1))
    def link(self, place: int) -> None:
        other = self.other(place)
        self.attempt(lambda: actions.link_duplicate(self.case, other, by=self.desk.case, at=at(self.on)))

    @rule(accepted=st.booleans())
    def receive_reason(self, accepted: bool) -> None:
        self.attempt(lambda: actions.receive_reason(self.case, words="村务公开", accepted=accepted, **self.when()))

    @rule()
    def void(self) -> None:
        self.attempt(lambda: actions.void(self.case, reason="重复登记", by=self.desk.approver, at=at(self.on)))

    @rule()
    def note(self) -> None:
        self.attempt(lambda: actions.note(self.case, words="电话联系", by=self.desk.case, at=at(self.on)))

    @rule()
    def disclose(self) -> None:
        said = {"title": "供水方案", "column": self.cast.column, "body": "<p>全文</p>"}
        self.attempt(lambda: actions.disclose(self.case, **said, by=self.desk.case, at=at(self.on)))

    @rule(route=st.sampled_from(("reconsideration", "litigation_direct")))
    def go_to_law(self, route: str) -> None:
        filing = remedies.Filing(route, "青溪县人民政府", f"{len(self.remedies)}号", self.on, application=self.case)
        with suppress(Refused):
            self.remedies.append(remedies.register(self.cast.education, filing, by=self.desk.case, at=at(self.on)))

    @precondition(lambda self: self.remedies)
    @rule(ruling=st.sampled_from(("revoked", "maintained", "court_revoked", "ended")), again=st.booleans())
    def rule_on_it(self, ruling: str, again: bool) -> None:
        found = self.remedies[-1]
        with suppress(Refused):
            remedies.decide(found, ruling, on=self.on, orders_again=again, by=self.desk.case, at=at(self.on))

    @precondition(lambda self: self.remedies)
    @rule()
    def rectify(self) -> None:
        found = self.remedies[-1]
        found.refresh_from_db()
        self.case = next(case for case in self.cases if case.pk == found.application_id)
        self.attempt(lambda: remedies.rectify(found, by=self.desk.case, at=at(self.on)))

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

    @rule()
    def archive(self) -> None:
        self.attempt(lambda: actions.archive(self.case, file_number="2024-依申-1", by=self.desk.case, at=at(self.on)))

    @rule(days=st.none() | st.integers(1, 30))
    def reopen(self, days: int | None) -> None:
        self.attempt(lambda: actions.reopen(self.case, reference="青政复〔2024〕1号", working_days=days, **self.when()))

    @rule()
    def strike_the_last(self) -> None:
        last = self.case.events.exclude(kind="struck").filter(struck_by=None).order_by("id").last()
        self.attempt(lambda: actions.strike(last, reason="误登", by=self.desk.approver, at=at(self.on)))

    @invariant()
    def the_columns_are_what_the_law_says(self) -> None:
        for case in getattr(self, "cases", ()):
            standing.refresh(case, on=self.on)
            kept = Application.objects.get(pk=case.pk)
            if case.events.filter(kind="voided").exists():
                assert (kept.state, kept.due_on, kept.outcome, kept.counted_on) == ("voided", None, "", None)
                continue
            found = standing.standing(kept, on=self.on)
            assert (kept.state, kept.due_on, kept.closed_on, kept.outcome) == (
                found.state,
                found.due_on,
                found.closed_on,
                found.outcome or "",
            )
            assert kept.archived_on is None or kept.closed_on is not None, "an open case lies in the archive"
            assert bool(kept.counted_outcome) == bool(kept.counted_on)

    @invariant()
    def a_due_date_moves_only_with_an_event(self) -> None:
        for case in getattr(self, "cases", ()):
            events = case.events.count()
            due = Application.objects.values_list("due_on", flat=True).get(pk=case.pk)
            before = self.seen.get(case.pk)
            if before and before[0] == events and before[1] and due:
                assert before[1] == due, "the due date moved without an event"
            self.seen[case.pk] = (events, due)

    @invariant()
    def there_is_never_a_second_outcome(self) -> None:
        for case in getattr(self, "cases", ()):
            kinds = Counter(case.events.filter(struck_by=None).values_list("kind", flat=True))
            assert kinds["replied"] <= 1 + kinds["reopened"]

    @invariant()
    def nobody_is_merged_or_linked_to_a_stranger(self) -> None:
        for case in Application.objects.exclude(merged_into=None).select_related("merged_into"):
            assert case.merged_into.merged_into_id is None, "one reply answers another that answers another"

    def teardown(self) -> None:
        if not hasattr(self, "case"):
            return
        try:
            self.the_table_adds_up()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def the_table_adds_up(self) -> None:
        for case in self.cases:
            standing.refresh(case, on=self.on)
        for year in range(self.cases[0].submitted_on.year, self.on.year + 1):
            rows = tally([self.cast.education.pk], date(year, 1, 1), date(year, 12, 31), "2021")
            cells = {each.measure.key: each.value for each in rows if each.measure.key.startswith("applications.")}
            report = compile_report(cells, edition="2021", year=year, agency="青溪县教育局")
            came, ended = (
                sum(report.value(f"applications.{row}.total") for row in some)
                for some in (("new_received", "carried_over"), ("results_total", "carried_forward"))
            )
            assert came == ended, f"{year}: {came} came, {ended} ended"
            # The cells are those of the cases, one each: none in two rows, none in none.
            counted = Application.objects.filter(counted_on__year=year).count()
            assert report.value("applications.results_total.total") == counted


def _run(cast: Cast, desk: Officers, *, histories: int, steps: int) -> None:
    CaseMachine.cast, CaseMachine.desk = cast, desk
    run_state_machine_as_test(
        CaseMachine,
        settings=settings(
            max_examples=histories,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_unlawful_state_is_reached(cast: Cast, desk: Officers) -> None:
    _run(cast, desk, histories=4, steps=25)


@pytest.mark.slow
def test_no_unlawful_state_is_reached_in_many_histories(cast: Cast, desk: Officers) -> None:
    _run(cast, desk, histories=300, steps=50)


def test_every_verb_of_the_desk_is_drawn() -> None:
    drawn = set(vars(CaseMachine))
    called_otherwise = {"answer": "answer", "record_payment": "pay", "request_reason": "ask_for_the_reason"}
    assert {called_otherwise.get(key, key) for key in VERBS} <= drawn

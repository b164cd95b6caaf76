"""kill -9 while mail is sent, and several processes at once: no letter twice, none lost, what is not known is said."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from gongkai.office.notices.actions import delivering
from gongkai.office.notices.models import Attempt, Outgoing
from gongkai.office.notices.queries import alarms
from tests.office.cast import NOW, assemble
from tests.office.notices.letters import queued, state, story

AFTER = NOW + timedelta(minutes=11)
"""When the claims of the dead are over."""


def forked(work: Callable[[], object]) -> int:
    """A process that does `work`; its number."""
    connection.close()
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    finally:
        os._exit(0)


def ended(pid: int) -> None:
    os.waitpid(pid, 0)


def test_killed_between_the_server_s_250_and_our_record(committed, mailbox, monkeypatch):
    letter = queued()

    def killed(*args: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(delivering, "_finish", killed)
    ended(forked(lambda: delivering.deliver_due(NOW)))
    monkeypatch.undo()
    assert len(mailbox.mail) == 1
    assert story(letter) == ["begun", "handing"]
    # Another process must not touch it while the first may still live.
    assert delivering.deliver_due(NOW + timedelta(minutes=5)) == delivering.Round()
    assert delivering.deliver_due(AFTER).uncertain == 1
    delivering.deliver_due(AFTER + timedelta(days=4))
    assert state(letter) == "uncertain"
    assert len(mailbox.mail) == 1


def test_killed_before_the_words_left_it_is_sent_by_the_next(committed, mailbox, monkeypatch):
    letter = queued()
    monkeypatch.setattr(delivering, "_note_handing", lambda *args: os.kill(os.getpid(), signal.SIGKILL))
    ended(forked(lambda: delivering.deliver_due(NOW)))
    monkeypatch.undo()
    assert story(letter) == ["begun"]
    assert delivering.deliver_due(AFTER).accepted == 1
    assert story(letter) == ["begun", "deferred", "begun", "handing", "accepted"]
    assert len(mailbox.mail) == 1


def test_several_processes_at_once_send_each_letter_once(committed, mailbox):
    letters = [queued() for _ in range(40)]
    for pid in [forked(lambda: delivering.deliver_due(NOW)) for _ in range(4)]:
        ended(pid)
    assert Counter(each["Message-ID"] for each in mailbox.mail) == {f"<{each.message_id}>": 1 for each in letters}
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"accepted"}
    assert Attempt.objects.filter(result="begun").count() == 40


def tell(mailbox: object, *, kills: int, seed: int) -> None:
    """Two processes send without a pause and are killed at random; then one finishes what is left."""
    cast, dice, at = assemble(), random.Random(seed), NOW
    letters = []
    for _ in range(kills):
        letters += [queued() for _ in range(6)]
        working = [forked(lambda at=at: delivering.deliver_due(at)) for _ in range(2)]
        time.sleep(dice.uniform(0.02, 0.35))
        for pid in working:
            os.kill(pid, signal.SIGKILL)
            ended(pid)
        at += timedelta(minutes=11)
    delivering.deliver_due(at)
    delivering.deliver_due(at + timedelta(minutes=11))
    received = Counter(each["Message-ID"] for each in mailbox.mail)  # type: ignore[attr-defined]
    assert max(received.values()) == 1, "sent twice"
    uncertain = Outgoing.objects.filter(state="uncertain")
    assert set(alarms(cast.officer, on=at.date())) == set(uncertain), "a person has to see what nobody knows"
    for each in letters:
        known = state(each)
        assert known in ("accepted", "uncertain")
        if known == "accepted":
            assert received[f"<{each.message_id}>"] == 1, "said to be sent and was not"


def test_killed_at_random_while_sending(committed, mailbox):
    tell(mailbox, kills=8, seed=1)


@pytest.mark.slow
def test_killed_a_hundred_times_while_sending(committed, mailbox):
    tell(mailbox, kills=100, seed=2)


def test_who_queues_is_not_held_up_by_who_sends(committed, settings):
    """A server that keeps silent holds no lock: the office goes on working."""
    from tests.office.notices.conftest import use
    from tests.office.notices.mail_server import scripted_server

    with scripted_server("220 test", "250 test", "250 sender", "250 receiver", "354 go ahead", after_data="…") as port:
        use(settings, port)
        settings.EMAIL_TIMEOUT = 60
        first = queued()

        def send() -> None:
            delivering.deliver_due(NOW)
            connection.close()

        sending = threading.Thread(target=send)
        sending.start()
        deadline = time.monotonic() + 60
        while story(first)[-1:] != ["handing"] and time.monotonic() < deadline:
            time.sleep(0.02)
        queued()
        assert story(first)[-1:] == ["handing"], "queued only when the other was through with the silent server"
    sending.join()
    assert state(first) == "uncertain"

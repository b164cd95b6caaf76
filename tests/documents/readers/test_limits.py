import os
import signal
import stat
import threading
import time

import pytest

from gongkai.documents.readers import limits
from gongkai.documents.readers.limits import guard
from gongkai.documents.readers.refusing import CannotRead


def code_of(action) -> str:
    with pytest.raises(CannotRead) as caught:
        action()
    return caught.value.refusal.code


def swallowing_loop() -> None:
    """A library that swallows every error, forever."""
    while True:
        try:
            sum(range(1000))
        except Exception:
            continue


def test_what_takes_too_long_is_stopped_even_where_a_library_swallows_errors():
    def slow() -> None:
        with guard(seconds=0.1):
            swallowing_loop()

    started = time.monotonic()
    assert code_of(slow) == "TOO-SLOW"
    assert time.monotonic() - started < limits.SECONDS


def test_what_takes_too_much_memory_is_stopped():
    def greedy() -> None:
        hoard = []
        with guard(seconds=20, megabytes=40):
            while True:
                hoard.append(bytes(range(256)) * 400)

    assert code_of(greedy) == "TOO-LARGE"


def test_what_stays_within_limits_passes_and_other_errors_too():
    with guard():
        pass
    with pytest.raises(KeyError), guard():
        raise KeyError


def test_handlers_and_alarms_of_others_are_restored():
    def own(_signal: int, _frame: object) -> None: ...

    before = signal.signal(signal.SIGALRM, own)
    try:
        signal.setitimer(signal.ITIMER_REAL, 50, 7)
        with guard(seconds=1):
            time.sleep(0.05)
        assert signal.getsignal(signal.SIGALRM) is own
        delay, interval = signal.getitimer(signal.ITIMER_REAL)
        assert 40 < delay < 50
        assert interval == pytest.approx(7)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_outside_the_main_thread_nothing_is_guarded_and_nothing_breaks():
    outcome = []

    def work() -> None:
        with guard(seconds=0.01):
            time.sleep(0.05)
            outcome.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert outcome == ["done"]


def test_an_oversized_file_is_refused_without_reading_it(tmp_path, monkeypatch):
    path = tmp_path / "huge.docx"
    with path.open("wb") as file:
        file.truncate(200 * limits.MEGABYTE)
    before = limits.resident_bytes()
    assert code_of(lambda: limits.read_file(path)) == "TOO-LARGE"
    assert limits.resident_bytes() - before < 5 * limits.MEGABYTE


@pytest.mark.parametrize("size", [1, limits.PDF_MARK_WITHIN, limits.PIECE, 3 * limits.PIECE + 7])
def test_a_file_is_read_whole_however_many_pieces_it_takes(tmp_path, size):
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(1, 251)) * (size // 250 + 1))
    assert limits.read_file(path) == path.read_bytes()


def test_a_file_that_grows_on_is_read_no_further_than_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_FILE", 100_000)
    path = tmp_path / "a.log"
    path.write_bytes(b"1\n" * 100_000)
    size = path.stat().st_size
    # As if all but a hundred bytes had been written after the size was asked for.
    monkeypatch.setattr(
        type(path), "stat", lambda self: os.stat_result((stat.S_IFREG, *[0] * 5, size // 2000, 0, 0, 0))
    )
    assert len(limits.read_file(path)) <= limits.PDF_MARK_WITHIN + 100_000


def test_markup_with_too_many_tags_is_refused_before_it_is_parsed():
    assert limits.bounded_tags(b"<p>") == b"<p>"
    assert code_of(lambda: limits.bounded_tags(b"<p>" * (limits.MOST_TAGS + 1))) == "TOO-LARGE"

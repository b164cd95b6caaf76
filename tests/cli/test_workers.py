import os
import signal
import time

from gongkai.cli.workers import in_processes


def doubled(number: int) -> int:
    return number * 2


def doubled_unless_it_kills(number: int) -> int:
    if number in (3, 8):
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def slower_at_first(number: int) -> int:
    time.sleep(0.2 if number == 0 else 0)
    return number


def lost(number: int) -> int:
    return -number


def test_results_come_in_the_order_of_the_items():
    assert list(in_processes(slower_at_first, range(6), 2, lost)) == list(range(6))


def test_an_item_that_kills_its_process_loses_no_other():
    expected = [lost(number) if number in (3, 8) else number * 2 for number in range(12)]
    assert list(in_processes(doubled_unless_it_kills, range(12), 2, lost)) == expected


def test_no_items_no_results():
    assert list(in_processes(doubled, [], 2, lost)) == []


def test_items_are_taken_as_they_are_needed_not_all_at_once():
    taken = []

    def items():
        for number in range(1000):
            taken.append(number)
            yield number

    results = in_processes(doubled, items(), 1, lost)
    assert next(results) == 0
    assert len(taken) < 20
    results.close()

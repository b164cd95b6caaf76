"""Many files at once, in processes: one that crashes its process loses no other."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_AHEAD = 4
"""Items handed out ahead for each process: enough to keep it busy, few enough to keep memory flat."""


def available_processors() -> int:
    """The processors this process may use, which can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(
    work: Callable[[Item], Result], items: Iterable[Item], jobs: int, crashed: Callable[[Item], Result]
) -> Iterator[Result]:
    """`work` on every item in `jobs` processes, results in the order of the items.

    A library written in C can take its whole process down. Then nobody knows which item it was, so all that were under
    way are tried again one by one, and for the one that crashes alone too the result is `crashed(item)`.
    """
    waiting = iter(items)
    under_way: deque[tuple[Item, Future[Result]]] = deque()
    pool = _pool(jobs)
    try:
        while True:
            for item in waiting:
                under_way.append((item, _submitted(pool, work, item)))
                if len(under_way) >= jobs * _AHEAD:
                    break
            if not under_way:
                return
            try:
                yield under_way[0][1].result()
                under_way.popleft()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                yield from _one_by_one(work, under_way, crashed)
                under_way.clear()
                pool = _pool(jobs)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, work: Callable[[Item], Result], item: Item) -> Future[Result]:
    try:
        return pool.submit(work, item)
    except BrokenProcessPool as broken:
        # The pool broke on an earlier item that nobody has asked for yet; this one waits its turn with it.
        future: Future[Result] = Future()
        future.set_exception(broken)
        return future


def _one_by_one(
    work: Callable[[Item], Result],
    under_way: Iterable[tuple[Item, Future[Result]]],
    crashed: Callable[[Item], Result],
) -> Iterator[Result]:
    for item, future in under_way:
        if future.done() and not future.cancelled() and future.exception() is None:
            yield future.result()
            continue
        with _pool(1) as alone:
            try:
                result = alone.submit(work, item).result()
            except BrokenProcessPool:
                result = crashed(item)
        yield result


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Not fork: it copies the locks of threads that a library may have started.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    return ProcessPoolExecutor(jobs, multiprocessing.get_context(method), initializer=_die_quietly)


def _die_quietly() -> None:
    """Ctrl-C reaches every process of the terminal; only the first one has something to say about it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)

"""kill -9 in the middle of publishing, importing and rendering: nothing half-done, nothing accepted lost, nothing stale.

Processes are forked from this one, work without a pause and tell through a pipe what was accepted; after a random while they are
killed. What is then in the database and in the public folder is all that counts.
"""

from __future__ import annotations

import csv
import os
import random
import select
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from gongkai.office.audit.models import Entry
from gongkai.office.audit.queries import broken_places
from gongkai.office.publishing import actions
from gongkai.office.publishing.importing import carrying_out, running
from gongkai.office.publishing.models import Draft, ImportRun, Item, ReviewEvent, Version
from gongkai.office.publishing.queries import public_items
from gongkai.office.publishing.search import Query, Standing, beside, find
from gongkai.office.publishing.search.fulltext import bulk
from gongkai.office.publishing.search.fulltext.file import current
from gongkai.office.renderings import files
from gongkai.office.renderings.actions import reconcile
from gongkai.office.renderings.models import Rendering
from gongkai.office.renderings.stored import rendered
from tests.office.cast import NOW, Cast, assemble
from tests.office.publishing.stage import published

PAGES = ("/", "/feed.atom", "/column/notices/", "/catalogue/category/livelihood/", "/sitemap/items-0.xml")
LONGEST = 0.4
"""Seconds between what was accepted last and the kill, at most: about the time of a publication with all its steps."""
PATIENCE = 30.0


@dataclass
class Working:
    """A process that works, and what it has told so far."""

    pid: int
    reading: int
    told: bytes = b""

    def wait_for(self, lines: int) -> None:
        """Until it has told so much, however slow the machine is."""
        deadline = time.monotonic() + PATIENCE
        while self.told.count(b"\n") < lines and time.monotonic() < deadline:
            if select.select([self.reading], [], [], 0.05)[0]:
                piece = os.read(self.reading, 65536)
                if not piece:
                    return
                self.told += piece


def forked(work: Callable[[Callable[[object], None]], None]) -> Working:
    """A process that does `work`."""
    connection.close()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Working(pid, reading)
    try:
        os.close(reading)
        work(lambda accepted: os.write(writing, f"{accepted}\n".encode()))
    except BaseException:
        traceback.print_exc()
        os.write(writing, b"failed\n")
    finally:
        os._exit(0)


def killed(*working: Working) -> list[str]:
    """Kill them all, now; what they had told until then."""
    for each in working:
        os.kill(each.pid, signal.SIGKILL)
    told: list[str] = []
    for each in working:
        os.waitpid(each.pid, 0)
        with os.fdopen(each.reading, "rb") as pipe:
            # A line that was cut off was not told.
            told += (each.told + pipe.read()).decode().split("\n")[:-1]
    assert "failed" not in told
    return told


def publish_without_end(cast: Cast, start: int) -> Callable[[Callable[[object], None]], None]:
    def work(tell: Callable[[object], None]) -> None:
        for number in count(start):
            item = published(cast, title=f"第{number}号通知")
            tell(item.pk)
            if number % 3 == 0:
                actions.withdraw(item, reason="内容有误", by=cast.officer, at=NOW)
                tell(-item.pk)

    return work


def read_without_end(tell: Callable[[object], None]) -> None:
    client = Client()
    while True:
        for page in (*PAGES, *(f"/item/{pk}/" for pk in Item.objects.order_by("-pk").values_list("pk", flat=True)[:5])):
            client.get(page)


def assert_whole(told: list[str]) -> None:
    """What was accepted is there, and every item is public altogether or not at all."""
    for each in map(int, told):
        item = Item.objects.get(pk=abs(each))
        assert item.published_at is not None
        assert item.withdrawn_at is not None or str(-each) not in told
    assert list(broken_places()) == []
    acts = list(
        Entry.objects.filter(act__in=["publishing.publish", "publishing.withdraw"]).values_list("act", "subject")
    )
    for item in Item.objects.all():
        is_public = item.published_at is not None
        subject = f"publishing.item:{item.pk}"
        assert Version.objects.filter(item=item).count() == is_public
        assert ReviewEvent.objects.filter(item=item, kind="published").count() == is_public
        assert acts.count(("publishing.publish", subject)) == is_public
        assert acts.count(("publishing.withdraw", subject)) == (item.withdrawn_at is not None)
        assert (item.index_number is not None) == is_public
        assert Draft.objects.filter(item=item).exists() != is_public
    numbers = list(Item.objects.exclude(index_number=None).values_list("index_number", flat=True))
    assert len(numbers) == len(set(numbers))


def assert_files_are_right() -> None:
    """No file stands unknown; each is what would be answered now."""
    for address, file in list(files.standing()):
        if address is None:
            assert file.name.startswith("."), file
            continue
        assert Rendering.objects.filter(path=address, standing=True).exists(), f"{address} stands unknown"
        content, answer = file.read_bytes(), rendered(address)
        assert answer.status_code == 200, f"{address} is withdrawn and has a file"
        assert content == answer.content, f"{address} is stale or half-written"


def assert_search_is_right() -> None:
    """The index holds what is public and nothing else; what is public is found by its title, what is not isn't."""
    public = dict(public_items().values_list("pk", "title"))
    assert find(Query("通知")).standing == Standing()
    index = current()
    assert index is not None
    with index.reading():
        assert {item for (item,) in index.connection.execute("SELECT item FROM search_entry")} == set(public)
    hidden = dict(Item.objects.exclude(pk__in=public).values_list("pk", "title"))
    chance = random.Random(0)
    for some in (public, hidden):
        for pk in chance.sample(sorted(some), min(30, len(some))):
            found = {each.item.pk for each in find(Query(text=some[pk])).items}
            assert (pk in found) == (some is public), some[pk]


def tell(kills: int, seed: int) -> None:
    cast, dice = assemble(), random.Random(seed)
    accepted = 0
    for turn in range(kills):
        publishing = forked(publish_without_end(cast, turn * 1000))
        reading = forked(read_without_end)
        publishing.wait_for(dice.choice([0, 1, 2]))
        time.sleep(dice.uniform(0, LONGEST))
        told = killed(publishing, reading)
        accepted += len(told)
        assert_whole(told)
        if turn % 5 == 4 or turn == kills - 1:
            assert_files_are_right()
            assert_search_is_right()
    assert accepted > kills / 10, "killed too early for anything to be accepted"
    # What was being written when it was killed is swept at the next start.
    reconcile(contents=True)
    assert not [file for address, file in files.standing() if address is None]


def test_killed_while_publishing_and_rendering(committed):
    tell(kills=8, seed=1)


@pytest.mark.slow
def test_killed_a_hundred_times_while_publishing_and_rendering(committed):
    tell(kills=100, seed=2)


def import_killed(folder: Path, monkeypatch: pytest.MonkeyPatch, *, rows: int, kills: int, seed: int) -> None:
    """Begin an import again and again, killed each time, then once to its end."""
    monkeypatch.setattr(running, "BATCH", 10)
    # A second process follows, and a third makes the pieces, as in a large import.
    monkeypatch.setattr(beside, "_WORTH_IT", 1)
    monkeypatch.setattr(bulk, "WORTH_IT", 1)
    cast, dice = assemble(), random.Random(seed)
    path = folder / "old-site.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("标题", "栏目", "发布机构", "发布日期", "原编号", "正文"))
        for number in range(rows):
            lines.writerow(
                (f"第{number}号通知", "通知公告", "青溪县水利局", "2020-04-01", f"old-{number}", "<p>停水</p>")
            )

    def work(tell: Callable[[object], None]) -> None:
        run = carrying_out.begin(path, "旧网站", by=cast.administrator, at=NOW)
        if run.finished_at is None:
            carrying_out.carry_on(run, path, None, by=cast.administrator, at=NOW, progress=tell)

    killed_half_way = 0
    for _ in range(kills):
        importing = forked(work)
        importing.wait_for(dice.choice([0, 1, 3]))
        time.sleep(dice.uniform(0, LONGEST / 4))
        told = killed(importing)
        run = ImportRun.objects.first()
        if run and run.finished_at:
            break
        done = run.rows_done if run else 0
        killed_half_way += 0 < done < rows
        assert done >= max((int(each) for each in told), default=0), "an accepted batch is gone"
        assert Item.objects.count() == done == public_items().count()
        assert list(broken_places()) == []
    assert killed_half_way >= 3
    last = forked(work)
    os.waitpid(last.pid, 0)
    os.close(last.reading)
    assert ImportRun.objects.get().finished_at is not None
    assert sorted(Item.objects.values_list("title", flat=True)) == sorted(f"第{number}号通知" for number in range(rows))
    assert_search_is_right()


def test_killed_while_importing_and_begun_again(committed, tmp_path, monkeypatch):
    import_killed(tmp_path, monkeypatch, rows=300, kills=8, seed=1)


@pytest.mark.slow
def test_killed_a_hundred_times_while_importing(committed, tmp_path, monkeypatch):
    import_killed(tmp_path, monkeypatch, rows=20_000, kills=100, seed=2)

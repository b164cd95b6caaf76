"""The index follows the journal, whatever happens to it, to the database, or to whoever is entering."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as now
from django.db import connection, transaction
from django.test import Client

from gongkai.office.publishing.models import Item, SearchChange
from gongkai.office.publishing.queries import public_items
from gongkai.office.publishing.search import Query, Standing, announce, catch_up, find, following, look, rebuild
from gongkai.office.publishing.search.fulltext import bulk, file
from gongkai.office.publishing.search.fulltext.tables import FULL_TEXT
from tests.office.cast import NOW, Cast, assemble
from tests.office.project.test_killed import forked, killed
from tests.office.publishing.search.making import ids, indexed, public

IN_ORDER = Standing()


def assert_exact() -> None:
    """The index holds what is public and nothing else, and is sound."""
    found = find(Query("通知"))
    assert found.standing == IN_ORDER
    index = file.current()
    assert index is not None
    with index.reading():
        entered = [item for (item,) in index.connection.execute("SELECT item FROM search_entry")]
    assert sorted(entered) == sorted(public_items().values_list("pk", flat=True))
    assert found.total == sum("通知" in title for title in public_items().values_list("title", flat=True))
    for table in FULL_TEXT:
        index.connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")


def standing_files() -> list[str]:
    return sorted(path.name for path in Path(now.SEARCH_ROOT).glob("*.sqlite3"))


# --- Much at once -----------------------------------------------------------------------------------------------------


def test_a_search_enters_little_itself_and_leaves_much_to_the_background(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "AT_ONCE", 3)
    assert find(Query("通知")).standing == IN_ORDER
    announce(ids([public(cast) for _ in range(5)]))
    found = find(Query("通知"))
    assert (found.total, found.standing.waiting) == (0, 5)
    assert "正在编入检索" in client.get("/search/?q=通知").content.decode()
    catch_up()
    assert find(Query("通知")).total == 5
    assert "正在编入检索" not in client.get("/search/?q=通知").content.decode()
    assert_exact()


def test_what_an_import_leaves_in_pieces_the_background_brings_together(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    find(Query("通知"))
    monkeypatch.setattr(following, "AT_ONCE", 0)
    monkeypatch.setattr(following, "_PIECE", 2)
    monkeypatch.setattr(bulk, "WORTH_IT", 1)
    announce(ids([public(cast) for _ in range(20)]))
    with following.Way() as way:
        way.enter_all()
    index = file.current()
    assert index is not None
    assert bulk.is_in_pieces(index.tables)
    assert find(Query("通知")).total == 20
    catch_up()
    assert not bulk.is_in_pieces(index.tables)
    assert_exact()


def test_an_index_found_damaged_while_it_is_tidied_is_made_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed(cast, "防汛通知")
    catch_up()
    before = file.number()

    def broken(tables: object) -> bool:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    with monkeypatch.context() as once:
        once.setattr(bulk, "is_in_pieces", broken)
        catch_up()
    assert file.number() == before + 1
    assert_exact()


def test_whoever_opens_an_index_that_is_being_replaced_takes_the_new_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(cast, "防汛通知")
    catch_up()
    file.close()
    before, usual = file.number(), file.Index

    def opened(path: Path) -> file.Index:
        if path.name == f"index-{before}.sqlite3":
            path.rename(path.with_name(f"index-{before + 1}.sqlite3"))
            raise sqlite3.OperationalError("disk I/O error")
        return usual(path)

    monkeypatch.setattr(file, "Index", opened)
    index = file.current()
    assert index is not None
    assert index.path.name == f"index-{before + 1}.sqlite3"
    assert_exact()


def test_an_index_that_is_missing_is_made_by_the_background_when_there_is_much(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "AT_ONCE", 3)
    for _ in range(5):
        public(cast)
    assert look().waiting == 5
    assert find(Query("通知")).standing.waiting == 5
    # What is published meanwhile is found meanwhile.
    indexed(cast, "防汛通知")
    assert find(Query("防汛")).total == 1
    catch_up()
    assert_exact()


@pytest.mark.parametrize("transaction_of", [7, 40, 4000])
def test_many_are_entered_in_pieces_and_all_are_there(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, transaction_of: int
) -> None:
    monkeypatch.setattr(following, "_TRANSACTION", transaction_of)
    monkeypatch.setattr(following, "_PIECE", 5)
    monkeypatch.setattr(bulk, "WORTH_IT", 2)
    find(Query("通知"))
    items = [public(cast, published_at=NOW + timedelta(days=number % 7)) for number in range(60)]
    for start in range(0, 60, 15):
        announce(ids(items[start : start + 15]))
    Item.objects.filter(pk__in=ids(items[:9])).update(withdrawn_at=NOW, withdrawn_reason="内容有误")
    announce(ids(items[:9]))
    catch_up()
    assert_exact()
    told: list[tuple[int, int]] = []
    assert rebuild(lambda done, total: told.append((done, total))) == 51
    assert told[-1] == (51, 51)
    assert_exact()


# --- Another database, another host -----------------------------------------------------------------------------------


@pytest.mark.parametrize("goes_on", [False, True])
def test_a_database_restored_from_a_backup_has_its_index_made_anew(cast: Cast, goes_on: bool) -> None:
    kept = indexed(cast, "防汛通知")
    find(Query("通知"))
    before = SearchChange.objects.latest("sequence").sequence
    lost = indexed(cast, "防火通知")
    assert find(Query("防火")).total == 1
    SearchChange.objects.filter(sequence__gt=before).delete()
    Item.objects.filter(pk=lost.pk).delete()
    if goes_on:
        # The numbers of what was undone are given out again.
        other = public(cast, "公告")
        SearchChange.objects.create(sequence=before + 1, token="another", items=[other.pk], count=1)
    assert find(Query("防火")).total == 0
    assert [each.item.pk for each in find(Query("防汛")).items] == [kept.pk]
    assert find(Query("公告")).total == goes_on
    assert_exact()


def test_an_index_that_has_not_come_to_what_was_undone_goes_on(cast: Cast) -> None:
    indexed(cast, "防汛通知")
    find(Query("通知"))
    before = standing_files()
    undone = indexed(cast, "防火通知")
    SearchChange.objects.latest("sequence").delete()
    Item.objects.filter(pk=undone.pk).delete()
    indexed(cast, "公告通知")
    assert find(Query("公告")).total == 1
    assert standing_files() == before


def test_rebuilding_on_one_host_has_the_others_rebuild(cast: Cast, settings: Any, tmp_path: Path) -> None:
    indexed(cast, "防汛通知")
    find(Query("通知"))
    here = now.SEARCH_ROOT
    settings.SEARCH_ROOT = tmp_path / "another-host"
    assert find(Query("通知")).total == 1
    Item.objects.update(title="防火公告")  # as a change that nothing announces, a moved agency, say
    assert find(Query("防汛")).total == 1
    rebuild()
    assert find(Query("防汛")).total == 0
    settings.SEARCH_ROOT = here
    assert find(Query("防汛")).total == 0
    assert find(Query("防火")).total == 1


# --- The file ---------------------------------------------------------------------------------------------------------


def deleted(path: Path) -> None:
    shutil.rmtree(path.parent)


def overwritten(path: Path) -> None:
    file.close()
    path.write_bytes(b"nothing that SQLite would know" * 10_000)


def emptied(path: Path) -> None:
    file.close()
    path.write_bytes(b"")


def cut(path: Path) -> None:
    file.close()
    os.truncate(path, path.stat().st_size // 2)


def scribbled_on(path: Path) -> None:
    file.close()
    with path.open("r+b") as opened:
        for page in range(4, path.stat().st_size // 4096):
            opened.seek(page * 4096)
            opened.write(b"\xff" * 4096)


def of_another_version(path: Path) -> None:
    file.close()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 77")
    other.close()


@pytest.mark.parametrize("done_to", [deleted, overwritten, emptied, cut, scribbled_on, of_another_version])
def test_an_index_that_is_of_no_use_is_made_anew(cast: Cast, done_to: Callable[[Path], None]) -> None:
    for number in range(20):
        indexed(cast, f"第{number}号通知", "<p>防汛抗旱</p>" * 20)
    assert find(Query("防汛")).total == 20
    index = file.current()
    assert index is not None
    done_to(index.path)
    found = find(Query("防汛"))
    assert (found.total, found.standing) == (20, IN_ORDER)
    assert len(standing_files()) == 1
    assert_exact()


def test_a_damaged_index_with_much_in_it_is_said_to_be_on_its_way(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        indexed(cast)
    find(Query("通知"))
    monkeypatch.setattr(following, "AT_ONCE", 3)
    index = file.current()
    assert index is not None
    overwritten(index.path)
    assert find(Query("通知")).standing.waiting == 5
    catch_up()
    assert_exact()


@pytest.fixture
def disk(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A file system of two megabytes for the index alone."""
    place = tmp_path / "disk"
    place.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs root")
    settings.SEARCH_ROOT = place / "search"
    try:
        yield place
    finally:
        file.close()
        subprocess.run(["umount", str(place)], check=False)


def fill(disk: Path) -> None:
    with (disk / "filler").open("wb", buffering=0) as filler:
        for size in (4096, 1):
            try:
                while True:
                    filler.write(b"\0" * size)
            except OSError:
                continue


def test_on_a_full_disk_publishing_goes_on_and_search_says_what_it_lacks(
    disk: Path, cast: Cast, client: Client
) -> None:
    indexed(cast, "防汛通知")
    assert find(Query("通知")).total == 1
    fill(disk)
    for number in range(40):
        indexed(cast, f"第{number}号通知", "<p>防汛抗旱</p>" * 200)
    found = find(Query("通知"))
    assert found.standing.trouble == "存放检索索引的磁盘已满"
    assert found.standing.waiting == 40
    assert found.total == 1
    page = client.get("/search/?q=通知")
    assert page.status_code == 200
    assert "检索眼下查不全" in page.content.decode()
    assert client.get(f"/item/{found.items[0].item.pk}/").status_code == 200
    (disk / "filler").unlink()
    assert find(Query("通知")).total == 41
    assert_exact()


def test_where_no_index_can_be_made_search_says_so_and_everything_else_works(
    disk: Path, cast: Cast, client: Client
) -> None:
    item = indexed(cast, "防汛通知")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    found = find(Query("防汛"))
    assert (found.total, found.standing.waiting) == (0, 1)
    assert found.standing.trouble == "检索索引读写不了"
    assert "检索眼下查不全" in client.get("/search/?q=防汛").content.decode()
    assert client.get(f"/item/{item.pk}/").status_code == 200
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert find(Query("防汛")).total == 1


# --- Several at once, and killed --------------------------------------------------------------------------------------


def test_journal_entries_become_visible_in_the_order_of_their_numbers(committed: Path) -> None:
    is_written, may_end, order = threading.Event(), threading.Event(), list[str]()

    def slow() -> None:
        with transaction.atomic():
            announce([1])
            is_written.set()
            may_end.wait(20)
        order.append("slow")
        connection.close()

    def quick() -> None:
        with transaction.atomic():
            announce([2])
            order.append("quick")
        connection.close()

    before = SearchChange.objects.count()
    connection.close()
    threads = [threading.Thread(target=each) for each in (slow, quick)]
    threads[0].start()
    assert is_written.wait(20)
    threads[1].start()
    time.sleep(0.3)
    assert order == []
    may_end.set()
    for each in threads:
        each.join()
    assert set(order) == {"slow", "quick"}
    assert [each.items for each in SearchChange.objects.order_by("sequence")[before:]] == [[1], [2]]


def publish_and_look(cast: Cast, name: str, times: int) -> Callable[[Callable[[object], None]], None]:
    def work(tell: Callable[[object], None]) -> None:
        for number in range(times):
            with transaction.atomic():
                item = public(cast, f"{name}{number}号通知", index_number=f"{name}-{number}")
                announce([item.pk])
            assert [each.item.pk for each in find(Query(item.title)).items] == [item.pk]
            tell(item.pk)

    return work


def test_two_processes_publish_and_look_at_once(committed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A search looks without what it can't enter in time; here it is the machine that may take longer.
    monkeypatch.setattr(following, "_PATIENCE", 30.0)
    cast = assemble()
    working = [forked(publish_and_look(cast, name, 8)) for name in ("甲乙", "丙丁")]
    for each in working:
        each.wait_for(8)
    assert len(killed(*working)) == 16
    assert public_items().count() == 16
    assert_exact()


def rebuild_without_end(tell: Callable[[object], None]) -> None:
    while True:
        tell(rebuild())


def kill_while_following(monkeypatch: pytest.MonkeyPatch, *, kills: int, seed: int) -> None:
    monkeypatch.setattr(following, "_TRANSACTION", 12)
    monkeypatch.setattr(following, "_ROUNDS", 20)
    monkeypatch.setattr(following, "_PIECE", 4)
    monkeypatch.setattr(bulk, "WORTH_IT", 2)
    cast, dice = assemble(), random.Random(seed)
    for number in range(80):
        indexed(cast, f"第{number}号通知", "<p>防汛抗旱</p>" * dice.randrange(40))
    half_way = 0
    for _ in range(kills):
        working = [forked(rebuild_without_end), forked(rebuild_without_end)]
        time.sleep(dice.uniform(0, 0.3))
        killed(*working)
        half_way += look().waiting > 0
        assert_exact()
    assert half_way > kills / 4, "killed when nothing was being done"


def test_killed_while_following(committed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_while_following(monkeypatch, kills=8, seed=1)


@pytest.mark.slow
def test_killed_a_hundred_times_while_following(committed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_while_following(monkeypatch, kills=100, seed=2)

"""`gongkai backup` and `gongkai restore` on real installations: while the site runs, killed, on a full disk, without keys."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from tests.office.project.installation import environment, get, prepare, run, serving
from tests.samples import REPOSITORY

PAGES = (
    "/",
    "/item/1/",
    "/item/6/",
    "/column/notices/",
    "/feed.atom",
    "/sitemap.xml",
    "/catalogue/",
    "/organ/qingxi-education/",
)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with something everywhere, its database a file (a server's: test_postgresql.py); copied before it is changed."""
    data = tmp_path_factory.mktemp("furnished") / "data"
    prepare(data, in_a_file=True)
    filling = [sys.executable, "-m", "tests.office.project.backup.filling"]
    subprocess.run(filling, cwd=REPOSITORY, env=environment(data), check=True, stdout=subprocess.DEVNULL)
    return data


@pytest.fixture(scope="module")
def backup(furnished: Path) -> Path:
    """A backup of it."""
    path = furnished.parent / "backup.tar.gz"
    done = run(furnished, "backup", "-o", str(path))
    assert done.returncode == 0, done.stderr
    assert str(path) in done.stdout
    assert "谁拿到它" in done.stderr
    return path


def contents(data: Path) -> dict[str, bytes]:
    """Every file of an installation but the database and what each start makes anew."""
    made_anew = ("public", "search", "static")
    return {
        str(path.relative_to(data)): path.read_bytes()
        for path in sorted(data.rglob("*"))
        if path.is_file() and path.relative_to(data).parts[0] not in made_anew and "sqlite3" not in path.name
        and path.suffix != ".txt" and path.name != "background.heartbeat"
    }  # fmt: skip


def rows(data: Path) -> dict[str, int]:
    """How many rows each table has."""
    with sqlite3.connect(data / "gongkai.sqlite3") as database:
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        names = [name for (name,) in database.execute(listed)]
        return {name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}


def test_a_county_is_restored_elsewhere_and_its_pages_are_the_same(furnished, backup, tmp_path):
    elsewhere = tmp_path / "data"
    done = run(elsewhere, "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert "已恢复到" in done.stdout
    assert contents(elsewhere) == contents(furnished)
    assert rows(elsewhere) == rows(furnished)
    assert not list(elsewhere.glob(".*"))
    verified = run(elsewhere, "verify", "--format", "json")
    assert json.loads(verified.stdout) == json.loads(run(furnished, "verify", "--format", "json").stdout)
    assert verified.returncode == 0
    original = tmp_path / "original"
    shutil.copytree(furnished, original)
    with serving(original) as before, serving(elsewhere) as after:
        seen = 0
        for page in PAGES:
            one, other = get(before.port, page), get(after.port, page)
            assert one.status == other.status
            assert one.body.replace(str(before.port).encode(), b"") == other.body.replace(str(after.port).encode(), b"")
            seen += one.status == 200
        assert seen >= 5


def test_what_is_sealed_opens_after_a_restore(backup, tmp_path):
    elsewhere = tmp_path / "data"
    assert run(elsewhere, "restore", str(backup)).returncode == 0
    asking = (
        "import django; django.setup();"
        "from gongkai.office.notices.models import Outgoing; print(Outgoing.objects.first().to)"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "gongkai.office.project.settings"}
    told = subprocess.run(
        [sys.executable, "-c", asking],
        env=environment(elsewhere) | settings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "sun@example.com"


def test_a_backup_holds_nothing_personal_in_the_clear(backup, tmp_path):
    with tarfile.open(backup) as tar:
        for member in tar:
            file = tar.extractfile(member)
            assert file is not None
            content = file.read()
            assert b"sun@example.com" not in content, member.name
            assert "孙申请人".encode() not in content, member.name


def test_while_the_site_writes_the_copy_is_of_one_moment(furnished, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(furnished, data)
    writing = (
        "import django; django.setup()\n"
        "from django.utils.timezone import now\n"
        "from gongkai.office.audit.actions import Act, record\n"
        "print('ready', flush=True)\n"
        "while True: record(Act('test', 'test.write', 'test:1', detail={'x': 'y' * 500}), at=now())\n"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "gongkai.office.project.settings"}
    writer = subprocess.Popen(
        [sys.executable, "-c", writing], env=environment(data) | settings, stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        done = run(data, "backup", "-o", str(tmp_path / "b.tar.gz"))
        assert writer.poll() is None, "the writer was held up"
    finally:
        writer.kill()
        writer.wait()
    assert done.returncode == 0, done.stderr
    restored = run(tmp_path / "elsewhere", "restore", str(tmp_path / "b.tar.gz"))
    assert restored.returncode == 0, restored.stderr


def test_nothing_is_overwritten_and_nothing_lies_in_the_data(furnished, backup, tmp_path):
    before = backup.read_bytes()
    again = run(furnished, "backup", "-o", str(backup))
    assert (again.returncode, backup.read_bytes() == before) == (2, True)
    assert "已经存在" in again.stderr
    inside = run(furnished, "backup", "-o", str(furnished / "b.tar.gz"))
    assert inside.returncode == 2
    assert "数据目录" in inside.stderr
    nowhere = run(furnished, "backup", "-o", str(tmp_path / "no" / "b.tar.gz"))
    assert (nowhere.returncode, "先建立它" in nowhere.stderr) == (2, True)


def test_a_folder_that_is_not_empty_is_refused_and_laid_aside_when_that_is_asked_for(backup, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "something.txt").write_text("mine")
    refused = run(data, "restore", str(backup))
    assert refused.returncode == 2
    assert "不是空的" in refused.stderr
    assert [path.name for path in data.iterdir()] == ["something.txt"]
    unasked = run(data, "restore", str(backup), "--force")
    assert (unasked.returncode, "--yes" in unasked.stderr) == (2, True)
    assert run(data, "restore", str(backup), "--force", "--yes").returncode == 0
    (aside,) = data.glob("replaced-*")
    assert (aside / "something.txt").read_text() == "mine"
    assert (data / "gongkai.sqlite3").exists()


def test_a_site_at_work_is_not_replaced(backup, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "background.heartbeat").touch()
    refused = run(data, "restore", str(backup), "--force", "--yes")
    assert refused.returncode == 2
    assert "还在运行" in refused.stderr
    assert not (data / "gongkai.sqlite3").exists()


def test_without_keys_they_must_be_given_or_given_up(furnished, tmp_path):
    path = tmp_path / "b.tar.gz"
    done = run(furnished, "backup", "--without-keys", "-o", str(path))
    assert "打不开" in done.stderr
    with tarfile.open(path) as tar:
        assert not [name for name in tar.getnames() if name.startswith("keys/")]
    refused = run(tmp_path / "one", "restore", str(path))
    assert refused.returncode == 2
    assert "GONGKAI_PERSONAL_KEYS" in refused.stderr
    assert list((tmp_path / "one").iterdir()) == []
    given_up = run(tmp_path / "two", "restore", "--without-keys", str(path))
    assert given_up.returncode == 1
    assert "打不开备份里的个人信息" in given_up.stderr
    key = (furnished / "gongkai_personal_keys.secret").read_text()
    with_key = subprocess.run(
        [sys.executable, "-m", "gongkai", "restore", str(path)],
        env=environment(tmp_path / "three") | {"GONGKAI_PERSONAL_KEYS": key}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert with_key.returncode == 0, with_key.stderr


def _rewritten(backup: Path, path: Path, **changes: object) -> Path:
    """The same backup under another header (and a manifest that agrees)."""
    import hashlib
    import io

    with tarfile.open(backup) as old, tarfile.open(path, "w:gz", compresslevel=1) as new:
        for member in old:
            file = old.extractfile(member)
            assert file is not None
            content = file.read()
            if member.name == "header.json":
                header = content = json.dumps({**json.loads(content), **changes}).encode()
            if member.name == "manifest.json":
                manifest = json.loads(content)
                manifest["entries"]["header.json"] = {
                    "size": len(header), "sha256": hashlib.sha256(header).hexdigest()
                }  # fmt: skip
                content = json.dumps(manifest).encode()
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return path


def test_a_newer_database_and_another_kind_of_database_are_refused(backup, tmp_path):
    newer = _rewritten(backup, tmp_path / "newer.tar.gz", migrations=["audit.0001_initial", "audit.9999_later"])
    refused = run(tmp_path / "data", "restore", str(newer))
    assert refused.returncode == 2
    assert "audit.9999_later" in refused.stderr
    other = _rewritten(backup, tmp_path / "other.tar.gz", vendor="postgresql")
    refused = run(tmp_path / "data", "restore", str(other))
    assert (refused.returncode, "不能互相恢复" in refused.stderr) == (2, True)
    assert list((tmp_path / "data").iterdir()) == []


def test_a_chain_that_was_cut_since_is_said(backup, tmp_path):
    other = _rewritten(backup, tmp_path / "other.tar.gz", chain_hash="0" * 64)
    restored = run(tmp_path / "data", "restore", str(other))
    assert restored.returncode == 1
    assert "与备份开始时记下的不同" in restored.stderr


def test_an_altered_backup_restores_nothing(backup, tmp_path):
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 0xFF
    (tmp_path / "b.tar.gz").write_bytes(content)
    refused = run(tmp_path / "data", "restore", str(tmp_path / "b.tar.gz"))
    assert refused.returncode == 2
    assert "没有恢复任何内容" in refused.stderr
    assert list((tmp_path / "data").iterdir()) == []


def _limited(data: Path, largest: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command on a system that refuses files larger than so many bytes."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    return subprocess.run(
        [sys.executable, "-m", "gongkai", *arguments], env=environment(data), capture_output=True, text=True,
        preexec_fn=limit, check=False,
    )  # fmt: skip


def test_where_there_is_no_space_nothing_half_written_is_left(furnished, backup, tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    done = _limited(furnished, 1024 * 1024, "backup", "-o", str(full / "b.tar.gz"))
    assert done.returncode == 2, done.stdout
    assert "没有留下写了一半的文件" in done.stderr, done.stderr
    assert list(full.iterdir()) == []
    done = _limited(tmp_path / "data", 1024 * 1024, "restore", str(backup))
    assert done.returncode == 2
    assert "磁盘已满" in done.stderr
    assert list((tmp_path / "data").iterdir()) == []


def _killed_after(data: Path, seconds: float, *arguments: str) -> bool:
    """Start a command and kill it; whether it was still at work."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai", *arguments],
        env=environment(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


@pytest.mark.slow
def test_killed_at_random_there_is_a_whole_backup_or_none(furnished, tmp_path):
    dice, path = random.Random(1), tmp_path / "b.tar.gz"
    killed = 0
    for _ in range(6):
        killed += _killed_after(furnished, dice.uniform(0.3, 2.5), "backup", "-o", str(path))
        if path.exists():
            with tarfile.open(path) as tar:
                assert tar.getnames()[-1] == "manifest.json"
            path.unlink()
    assert killed >= 2
    assert run(furnished, "backup", "-o", str(path)).returncode == 0
    assert [each.name for each in tmp_path.iterdir()] == ["b.tar.gz"], "what the killed ones left was not swept"


@pytest.mark.slow
def test_killed_at_random_a_restore_can_be_begun_again(backup, furnished, tmp_path):
    dice, data = random.Random(2), tmp_path / "data"
    killed = 0
    for _ in range(6):
        killed += _killed_after(data, dice.uniform(0.3, 3), "restore", str(backup))
        if (data / "gongkai.sqlite3").exists():
            shutil.rmtree(data)
    assert killed >= 2
    done = run(data, "restore", str(backup))
    if done.returncode == 2 and "不是空的" in done.stderr:
        done = run(data, "restore", "--force", "--yes", str(backup))
    assert done.returncode == 0, done.stderr
    assert rows(data) == rows(furnished)


def test_killed_between_the_last_moves_nothing_is_taken_for_an_installation(backup, tmp_path):
    data = tmp_path / "data"
    killing = (
        "import os, signal, sys\n"
        "from gongkai.office.project.backup import restoring\n"
        "restoring._move_database = lambda *args: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from gongkai.cli.main import main\n"
        f"main(['restore', {str(backup)!r}])\n"
    )
    subprocess.run([sys.executable, "-c", killing], env=environment(data), check=False, capture_output=True)
    assert not (data / "gongkai.sqlite3").exists()
    refused = run(data, "restore", str(backup))
    assert (refused.returncode, "--force" in refused.stderr) == (2, True)
    assert run(data, "restore", "--force", "--yes", str(backup)).returncode == 0
    assert run(data, "verify").returncode == 0


def test_in_english_where_the_locale_says_so(furnished, tmp_path):
    english = environment(furnished) | {"LANG": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "backup", "-o", str(tmp_path / "b.tar.gz")],
        env=english, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("Backed up to")
    assert os.path.getsize(tmp_path / "b.tar.gz") > 1000

"""`gongkai serve` as a process: it says what is missing, serves, and ends with everything it started."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from gongkai.office.project.heartbeat import seconds_since
from tests.office.project import installation

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation") / "data"
    installation.prepare(folder)
    return folder


def parts(value: str) -> list[str]:
    """A header's parts; those of the content security policy stand in no order."""
    return sorted(value.split("; "))


def children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *children(int(child))]
    return found


def gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if not any(_runs(pid) for pid in pids):
            return True
        time.sleep(0.1)
    return False


def _runs(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_who_sends_far_too_much_reads_what_to_do_and_not_that_the_connection_broke(data):
    with installation.serving(data) as site:
        for address in ("/search/", "/desk/login/"):
            answer = installation.send(site.port, address, b"x" * (200 * 2**20))
            assert answer.status == 413
            assert "太大" in answer.body.decode()


def test_it_serves_pages_from_files_and_stops_cleanly_when_asked(data):
    with installation.serving(data) as site:
        # Who finds the database being written to gets a page that isn't kept, and the next one may try again.
        first, file = site.get("/"), data / "public" / "~.html"
        deadline = time.monotonic() + 60
        while not file.exists() and time.monotonic() < deadline:
            first = site.get("/")
        assert first.status == 200
        assert file.read_bytes() == first.body
        second = site.get("/")
        assert second.body == first.body
        assert "etag" in second.headers
        for name, value in first.headers.items():
            if name not in ("date", "etag"):
                assert parts(second.headers[name]) == parts(value), "a page from its file says less than one just made"
        sheet = first.body.decode().partition('<link rel="stylesheet" href="')[2].partition('"')[0]
        assert "immutable" in site.get(sheet).headers["cache-control"]
        assert site.get("/display.css").headers["cache-control"] == "private, no-cache"
        assert site.get("/no-such-page/").status == 404
        deadline = time.monotonic() + 90
        while not (data / "background.heartbeat").exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        assert (data / "background.heartbeat").exists()
        started = children(site.process.pid)
        assert len(started) >= 2
        said = site.stop()
        assert site.process.returncode == 0
        assert "已停止" in said
        assert "Traceback" not in said
        assert gone(started)


def test_killed_it_leaves_nobody_behind_and_starts_again(data):
    with installation.serving(data) as site:
        started = children(site.process.pid)
        os.kill(site.process.pid, signal.SIGKILL)
        assert gone(started)
    with installation.serving(data) as site:
        assert site.get("/").status == 200


def test_a_worker_or_the_background_that_dies_is_replaced(data):
    with installation.serving(data) as site:
        for pid in children(site.process.pid):
            with suppress(ProcessLookupError):  # it has gone with the one that had started it
                os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                assert site.get("/").status == 200
                if len(children(site.process.pid)) >= 2:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        raise AssertionError("nobody came back")


def test_a_port_that_is_taken_is_said_before_anything_starts(data):
    with installation.serving(data) as site:
        refused = installation.run(data, "serve", "--port", str(site.port))
    assert refused.returncode == 2
    assert "已被别的程序占用" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_database_that_is_behind_is_said_with_what_to_do(tmp_path):
    refused = installation.run(tmp_path, "serve", "--port", str(installation.free_port()))
    assert refused.returncode == 2
    assert "--migrate" in refused.stderr


def test_doctor_finds_nothing_broken_in_a_new_installation_and_says_what_is(data):
    sound = installation.run(data, "doctor")
    assert sound.returncode == 0, sound.stdout
    assert "可以运行" in sound.stdout
    (data / "gongkai_secret_key.secret").chmod(0o644)
    sick = installation.run(data, "doctor", "--quiet")
    (data / "gongkai_secret_key.secret").chmod(0o600)
    assert sick.returncode == 1
    assert "chmod 600" in sick.stdout


def test_doctor_speaks_json_and_knows_a_database_that_is_not_there(tmp_path):
    import json

    answer = installation.run(tmp_path, "doctor", "--format", "json")
    found = {each["code"]: each["state"] for each in json.loads(answer.stdout)["symptoms"]}
    assert answer.returncode == 1
    assert found["migrations"] == "broken"
    assert found["data"] == "ok"


def test_the_commands_answer_for_help_before_django_is_loaded():
    code = "import sys; from gongkai.cli.main import main\ntry: main(['serve', '--help'])\nexcept SystemExit: pass\n"
    code += "assert 'django' not in sys.modules and 'granian' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_a_heart_that_never_beat_has_no_age(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert seconds_since() is None
    assert sqlite3.sqlite_version_info >= (3, 35), "RETURNING and upserts need it"

"""A real installation for tests: `gongkai serve` as a process, with a data folder and database of its own."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.office import database
from tests.samples import REPOSITORY


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Installation:
    data: Path
    port: int
    process: subprocess.Popen[str]

    def get(self, path: str, *, port: int = 0, **headers: str) -> Answer:
        return get(port or self.port, path, **headers)

    def stop(self, number: int = signal.SIGTERM) -> str:
        self.process.send_signal(number)
        return self.process.communicate(timeout=60)[1]


def environment(data: Path) -> dict[str, str]:
    """Of a process that uses this data folder, and the tests' kind of database."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GONGKAI_", "DJANGO_", "DATABASE_"))}
    return (
        kept
        | _databases.get(data, {})
        | {
            "GONGKAI_DATA": str(data),
            "PYTHONPATH": f"{REPOSITORY / 'src'}{os.pathsep}{REPOSITORY}",
            "LANG": "zh_CN.UTF-8",
        }
    )


_databases: dict[Path, dict[str, str]] = {}
"""Of each data folder, the variable that names its database; without one it is a file in the folder."""


def prepare(data: Path, *, in_a_file: bool = False) -> None:
    """A data folder with a migrated, empty database: of the kind the tests run on (DATABASE_URL), or a file in the folder."""
    data.mkdir(parents=True, exist_ok=True)
    if (url := os.environ.get("DATABASE_URL")) and not in_a_file:
        name = f"gongkai_served_{hashlib.sha256(bytes(data)).hexdigest()[:12]}"
        _databases[data] = {"DATABASE_URL": database.postgresql_copy(url, name)}
        return
    shutil.copyfile(database.sqlite_template(), data / "gongkai.sqlite3")


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A `gongkai` command that ends by itself."""
    command = [sys.executable, "-m", "gongkai", *arguments]
    return subprocess.run(command, env=environment(data), capture_output=True, text=True, timeout=120, check=False)


@contextmanager
def serving(data: Path, *options: str, **variables: str) -> Iterator[Installation]:
    """`gongkai serve` on a free port, ready to answer; `variables` go into its environment."""
    port, process = _started(data, options, variables)
    try:
        yield Installation(data, port, process)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _started(data: Path, options: tuple[str, ...], variables: dict[str, str]) -> tuple[int, subprocess.Popen[str]]:
    """A server that answers. Somebody else may take a port between finding and using it: then another one is tried."""
    for attempt in range(3):
        port = free_port()
        command = [sys.executable, "-m", "gongkai", "serve", "--port", str(port), "--workers", "1", *options]
        process = subprocess.Popen(
            command, env=environment(data) | variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            wait_for(port, process)
        except AssertionError as ended:
            process.kill()
            process.wait()
            if attempt == 2 or "ended with" not in str(ended):
                raise
        else:
            return port, process
    raise AssertionError("unreachable")


def get(port: int, path: str, **headers: str) -> Answer:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=30) as answer:
            return Answer(answer.status, _said(answer.headers.items()), answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, _said(error.headers.items()), error.read())


def send(port: int, path: str, body: bytes) -> Answer:
    """Post a body, all of it before the answer is looked at, as a browser does."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", path, body=body)
        answer = connection.getresponse()
        return Answer(answer.status, _said(answer.getheaders()), answer.read())
    finally:
        connection.close()


def _said(headers: list[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"ended with {process.returncode}: {process.communicate()[1]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nobody listens on {port}")

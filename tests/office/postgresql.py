"""A PostgreSQL server for the length of one command: `python -m tests.office.postgresql pytest tests/office`.

The server is this machine's own program, on a folder and a port of its own, and gone when the command ends. The command
finds its address in DATABASE_URL. Exit status: the command's; 3 when there is no PostgreSQL here.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

NOT_HERE = 3
_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
)


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest version first; None where there is none."""
    found = [path for pattern in _FOLDERS for path in Path("/").glob(pattern[1:]) if (path / "initdb").exists()]
    if found:
        return max(found, key=lambda path: [int(part) for part in path.parent.name.split(".") if part.isdigit()])
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A running server on a folder; gives the address of its first database."""
    bin_folder = programs()
    assert bin_folder is not None
    prefix = _as_somebody_else(folder)
    data, port = folder / "data", _free_port()
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def run(*command: str) -> None:
        subprocess.run([*prefix, *command], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)

    run(str(bin_folder / "initdb"), "-D", str(data), "-U", "gongkai", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    # A throw-away server need not survive a power cut; everything else is as in an office.
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
    run(str(bin_folder / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgres://gongkai@127.0.0.1:{port}/postgres"
    finally:
        run(str(bin_folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")


def main(command: Sequence[str]) -> int:
    """Run a command with a server beside it."""
    if programs() is None:
        print("这台机器没有 PostgreSQL（Debian：apt install postgresql），没有在 PostgreSQL 上测试。", file=sys.stderr)
        print("No PostgreSQL here (Debian: apt install postgresql): nothing was tested on it.", file=sys.stderr)
        return NOT_HERE
    # Told to stop, it takes its server along.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    with tempfile.TemporaryDirectory(prefix="gongkai-postgresql-") as name, server(Path(name)) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


def _as_somebody_else(folder: Path) -> list[str]:
    """PostgreSQL does not run as root: then it runs as the user that its package made."""
    if os.geteuid():
        return []
    user = next(name for name in ("postgres", "nobody") if _is_there(name))
    shutil.chown(folder, user)
    return ["setpriv", f"--reuid={user}", "--clear-groups", "--"]


def _is_there(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""What a backup holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FORMAT = 1
HEADER, MANIFEST = "header.json", "manifest.json"
FILES, KEYS = "files/", "keys/"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
DATABASE_FILE = "gongkai.sqlite3"

_MADE_ANEW = frozenset(
    {"public", "search", "static", "pages-made-by.txt", "machine-start.txt", "background.heartbeat", ".restoring"}
)
"""What the next start makes by itself: stored pages, the search index, collected style sheets, notes about this machine."""
_REPLACED = "replaced-"
"""Folders in which `restore --force` laid aside what was there before."""


class Problem(Exception):
    """Why a backup can't be made or restored, and what to do; in Chinese and in English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(chinese, english)
        self.chinese, self.english = chinese, english


@dataclass(frozen=True, slots=True)
class Header:
    """What stands at the beginning of a backup, so that it can be refused before anything is unpacked.

    `total_bytes` is the most that follows. `chain_length` and `chain_hash` are the end of the audit chain when the backup
    began. `check` is a word sealed with the personal keys: whoever can open it has them.
    """

    program: str
    made_at: str
    vendor: str
    with_keys: bool
    keys_from_environment: tuple[str, ...]
    migrations: tuple[str, ...]
    chain_length: int
    chain_hash: str
    check: str
    total_bytes: int
    format: int = FORMAT

    def as_json(self) -> dict[str, Any]:
        """For the file."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Any) -> Header:
        """From the file. Errors: Problem for a later format, or for what is no header."""
        try:
            if told["format"] > FORMAT:
                raise Problem(
                    "这份备份是用更新的版本做的，本版本读不了。请先升级程序，再恢复。",
                    "This backup was made by a newer version. Upgrade the program first.",
                )
            lists = {name: tuple(map(str, told[name])) for name in ("keys_from_environment", "migrations")}
            made = cls(**{**told, **lists})
            if not isinstance(made.total_bytes, int) or not isinstance(made.chain_length, int):
                raise TypeError
        except (KeyError, TypeError) as error:
            raise not_a_backup() from error
        return made


def is_key(path: Path) -> bool:
    """Whether a file at the top of the data folder is a key or a secret."""
    return path.suffix == ".secret" or path.name == "signing-key.pem"


def keys_of(data: Path) -> list[Path]:
    """The keys that lie beside the data."""
    return sorted(path for path in data.iterdir() if is_key(path) and path.is_file() and not path.is_symlink())


def files_of(data: Path, *, database: Path | None) -> Iterator[Path]:
    """Every other file that belongs to the installation, as a path inside the data folder.

    Whatever a room keeps beside the data belongs to it, unless it is known to be made anew. A folder at the top may be a
    link to another disk; links inside are not followed.
    """
    left_out = {f"{database}{end}" for end in ("", "-wal", "-shm", "-journal")} if database else set()
    for top in sorted(data.iterdir()):
        if top.name in _MADE_ANEW or top.name.startswith(_REPLACED) or is_key(top) or str(top) in left_out:
            continue
        found = [top] if not top.is_dir() else sorted(top.rglob("*"))
        for path in found:
            # Half-written files have names that begin with a dot, or lie in a folder that does.
            inside = path.relative_to(data)
            if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in inside.parts):
                yield inside


def replaced_name(stamp: str) -> str:
    """The folder in which what was there before is laid aside."""
    return f"{_REPLACED}{stamp}"


def not_a_backup() -> Problem:
    """The file is something else."""
    return Problem(
        "这不是 gongkai backup 做的备份，或者开头已经损坏。请核对文件名，或者换一份备份。",
        "This is no backup made by gongkai backup, or its beginning is damaged. Check the name or take another one.",
    )


def damaged(chinese: str, english: str) -> Problem:
    """The file is a backup, and not as it was written."""
    return Problem(
        f"备份已经损坏或者被改动（{chinese}），没有恢复任何内容。请重新复制一份，或者换一份备份。",
        f"The backup is damaged or was altered ({english}); nothing was restored. Copy it again or take another one.",
    )

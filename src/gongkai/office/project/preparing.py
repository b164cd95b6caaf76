"""What has to be in order before the site is served: database, static files, public folder."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import gongkai
from gongkai.office.renderings.actions import forget_all, reconcile

_MANIFEST = "staticfiles.json"
_SHELL = ("wagtailcore", "wagtailusers", "wagtailsearch", "wagtailadmin")


@dataclass(frozen=True)
class Prepared:
    """What was done to the public folder: everything forgotten, or so many stray files deleted."""

    forgotten: bool
    deleted: int


def missing_migrations() -> list[str]:
    """The steps by which the database is behind the program."""
    executor = MigrationExecutor(connection)
    return [str(step) for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def migrate() -> None:
    """Bring the database up to date.

    The shell's own steps come first: after ours, each of them would draw every model that knows a member of staff again,
    and an empty database would take twice as long.
    """
    for app in _SHELL:
        call_command("migrate", app, interactive=False, verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)


def static_files_are_current() -> bool:
    """Whether the collected static files are those of the program: told by content, since copies carry any time."""
    try:
        return _made_from().read_text("ascii") == _static_fingerprint()
    except OSError:
        return False


def collect_static_files() -> bool:
    """Collect static files under names with a hash, if they have changed; True when they had."""
    if static_files_are_current():
        return False
    # Cleared first: otherwise a file that is older than the one collected before is taken for the same.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    _made_from().write_text(_static_fingerprint(), "ascii")
    return True


def prepare_public_folder() -> Prepared:
    """Make sure that no file stands that should not: after an upgrade, another setting, a crash of the machine."""
    made_by = _fingerprint()
    if _noted("pages-made-by") != made_by:
        forget_all()
        reconcile(contents=False)
        _note("pages-made-by", made_by)
        return Prepared(True, 0)
    # After a power cut the disk may have kept less than the database, or more: then contents are compared too.
    boot = _boot()
    deleted = reconcile(contents=_noted("machine-start") != boot)
    _note("machine-start", boot)
    return Prepared(False, deleted)


def _made_from() -> Path:
    """Where it is noted of what the static files were made; gone with them."""
    return Path(settings.STATIC_ROOT) / ".made-from"


def _static_fingerprint() -> str:
    digest = hashlib.sha256()
    found = {name: storage.path(name) for finder in get_finders() for name, storage in finder.list(ignore_patterns=[])}
    for name, path in sorted(found.items()):
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return digest.hexdigest()


def _fingerprint() -> str:
    """What the look of every page depends on besides its content: program, static files, the site's address."""
    digest = hashlib.sha256(settings.SITE_URL.encode())
    office = Path(gongkai.__file__).parent
    for file in sorted(
        [*office.rglob("*.py"), *office.rglob("*.html"), *office.rglob("*.toml"), *office.rglob("*.json")]
    ):
        digest.update(file.relative_to(office).as_posix().encode() + file.read_bytes())
    digest.update((Path(settings.STATIC_ROOT) / _MANIFEST).read_bytes())
    return digest.hexdigest()


def _boot() -> str:
    """Which start of the machine this is; on systems that don't tell, each start of the site counts as one."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return os.urandom(16).hex()


def _noted(name: str) -> str:
    try:
        return (Path(settings.DATA_DIR) / f"{name}.txt").read_text("ascii")
    except OSError:
        return ""


def _note(name: str, value: str) -> None:
    (Path(settings.DATA_DIR) / f"{name}.txt").write_text(value, "ascii")

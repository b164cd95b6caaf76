"""What an installation tells the office from outside: places, secrets and addresses, all from the environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet


def data_directory() -> Path:
    """Where the installation keeps everything that is its own: `GONGKAI_DATA`, or `var` in the current folder."""
    directory = Path(os.environ.get("GONGKAI_DATA", "var")).resolve()
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def key_ring(name: str, directory: Path) -> list[str]:
    """The keys that seal personal data, newest first: a list in the environment, or one key made once beside the data.

    Errors: ValueError that says what a key looks like; an installation does not start with a key that seals nothing.
    """
    keys = listed(name) or [secret(name, directory, lambda: Fernet.generate_key().decode("ascii"))]
    for key in keys:
        try:
            Fernet(key)
        except ValueError:
            raise ValueError(
                f"{name}: a key is 32 bytes in URL-safe base64 (manage.py rotate_keys --new makes one)"
            ) from None
    return keys


def _random_words() -> str:
    return secrets.token_urlsafe(50)


def secret(name: str, directory: Path, new: Callable[[], str] = _random_words) -> str:
    """A secret from the environment variable `name`; without one, a random one made once and kept beside the data.

    The file can be read by its owner only. Two processes starting at once agree: the first one's file stands.
    """
    if given := os.environ.get(name):
        return given
    path = directory / f"{name.lower()}.secret"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(new())
    return path.read_text("ascii")


def listed(name: str, default: str = "") -> list[str]:
    """A list of values, separated by commas."""
    return [value.strip() for value in os.environ.get(name, default).split(",") if value.strip()]


def switched_on(name: str, *, default: bool = False) -> bool:
    """A switch: 1, true, yes or on."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in ("1", "true", "yes", "on")


def counted(name: str, default: int) -> int:
    """A whole number, 0 or more.

    Errors: ValueError that names the variable; an installation does not start with half a number.
    """
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdigit():
        raise ValueError(f"{name} must be a whole number, not {value!r}")
    return int(value)

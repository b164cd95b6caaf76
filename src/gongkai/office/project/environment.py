"""What an installation tells the office from outside: places, secrets and addresses, all from the environment."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cryptography.fernet import Fernet

_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+")


def data_directory() -> Path:
    """Where the installation keeps everything that is its own: `GONGKAI_DATA`, or `var` in the current folder."""
    directory = Path(os.environ.get("GONGKAI_DATA", "var")).resolve()
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def folder(name: str, usual: Path) -> Path:
    """A folder from the environment variable `name`, or the usual one. It is made by whoever writes into it."""
    return Path(os.environ.get(name) or usual).resolve()


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


def whole_numbers(name: str, default: str) -> frozenset[int]:
    """A list of whole numbers, 0 or more, separated by commas; at least one.

    Errors: ValueError that names the variable.
    """
    values = listed(name, default)
    if not values or not all(value.isdigit() for value in values):
        raise ValueError(f"{name} must be whole numbers such as {default}, not {','.join(values)!r}")
    return frozenset(map(int, values))


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed to: an empty host means that there is none."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False


def mail_server(name: str) -> MailServer:
    """A mail server as `smtp://user:password@host:port`: encrypted by STARTTLS; `smtps://` from the start; with
    `?tls=none` not at all, for a server on the same machine.

    Errors: ValueError that says what such an address looks like.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return MailServer()
    wrong = f"{name} must look like smtp://user:password@mail.example.gov.cn:587 (or smtps://…, or …?tls=none)"
    try:
        url = urlsplit(value)
        port = url.port
    except ValueError:
        raise ValueError(wrong) from None
    plain = url.query == "tls=none"
    if (
        url.scheme not in ("smtp", "smtps")
        or not url.hostname
        or (url.query and not plain)
        or url.path not in ("", "/")
    ):
        raise ValueError(wrong)
    secure = url.scheme == "smtps"
    if secure and plain:
        raise ValueError(wrong)
    return MailServer(
        url.hostname,
        port or (465 if secure else 25 if plain else 587),
        unquote(url.username or ""),
        unquote(url.password or ""),
        use_tls=not secure and not plain,
        use_ssl=secure,
    )


def address_of_sender(name: str) -> str:
    """Whom mail comes from, as `name <address>` or the address alone; without one, nobody who could be answered.

    Errors: ValueError for what is no address.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return "noreply@localhost"
    _, address = parseaddr(value)
    if not _ADDRESS.fullmatch(address) or "\n" in value:
        raise ValueError(f"{name} must be an address such as 青溪县政务公开办 <gongkai@example.gov.cn>, not {value!r}")
    return value


def gateway_url(name: str) -> str:
    """Where text messages are handed to: `file:///folder`, `https://…`, or nothing.

    Errors: ValueError for anything else.
    """
    value = os.environ.get(name, "").strip()
    url = urlsplit(value)
    is_folder = url.scheme == "file" and not url.netloc and url.path
    if value and not is_folder and not (url.scheme in ("http", "https") and url.hostname):
        raise ValueError(f"{name} must be file:///folder or https://host/path, not {value!r}")
    return value

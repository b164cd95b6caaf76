"""What stands in front of Django: an address whose answer stands as a file is answered from the file.

A WSGI application around another. It answers what nginx would answer from the same folders with deploy/nginx/gongkai.conf;
everything else, and everything doubtful, goes to the application. Contents are kept in memory, and the file is looked at
each time: what is deleted or replaced there is so here with the next request.
"""

from __future__ import annotations

import gzip
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from typing import Any

from gongkai.office.renderings import headers
from gongkai.office.renderings.addresses import content_type, file_of

Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_STATIC = re.compile(r"/static/((?:[A-Za-z0-9_@-][A-Za-z0-9_.@-]*/)*[A-Za-z0-9_@-][A-Za-z0-9_.@-]*)")
_DISPLAY_SHEET = "/display.css"
_DISPLAY_COOKIE = re.compile(r"(?:^|;)\s*display=([a-z-]+)\s*(?:;|$)")
_SHEET_CHOSEN = re.compile(r"display\.css\?([a-z-]+)")
_HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")
_STATIC_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "ico": "image/vnd.microsoft.icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "txt": "text/plain; charset=utf-8",
    "map": "application/json",
    "wasm": "application/wasm",
}
_COMPRESSIBLE = re.compile(r"text/|application/(?:[a-z+]*xml|json|x-ndjson)|image/svg")
_IN_MEMORY = 512 * 1024
_MEMORY = 64 * 1024 * 1024
_WORTH_COMPRESSING = 1000
_PIECE = 256 * 1024


@dataclass(slots=True)
class _Held:
    """An answer in memory, and by what its file is known again."""

    file: str
    identity: tuple[int, int, int]
    body: bytes | None
    etag: str
    plain: Headers
    unchanged: Headers
    is_compressible: bool
    modified: int
    gzipped: tuple[bytes, Headers] | None = field(default=None)


class Front:
    """Files first, the application for everything else."""

    def __init__(
        self,
        application: Application,
        *,
        pages: Path,
        static: Path,
        displays: Iterable[str],
        page_headers: Headers,
    ) -> None:
        self.application = application
        self.pages = str(pages)
        self.static = str(static)
        self.displays = frozenset(displays)
        self.page_headers = page_headers
        self._held: dict[str, _Held] = {}
        self._held_bytes = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        method = environ["REQUEST_METHOD"]
        if method != "GET" and method != "HEAD":
            return self.application(environ, start_response)
        if path == _DISPLAY_SHEET:
            path = self._display_sheet(environ)
        held = self._held.get(path)
        if held is not None:
            try:
                found = os.lstat(held.file)
            except OSError:
                found = None
            if found is None or (found.st_ino, found.st_mtime_ns, found.st_size) != held.identity:
                held = None
        if held is None:
            held = self._load(path)
            if held is None:
                return self.application(environ, start_response)
        if _has_it(environ, held):
            start_response("304 Not Modified", held.unchanged)
            return []
        if held.is_compressible and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body, said = held.gzipped or _gzip(held)
            start_response("200 OK", said)
            return [] if method == "HEAD" else [body]
        if method == "HEAD":
            start_response("200 OK", held.plain)
            return []
        if held.body is not None:
            start_response("200 OK", held.plain)
            return [held.body]
        return _streamed(held, environ, start_response) or self.application(environ, start_response)

    def _load(self, path: str) -> _Held | None:
        self._forget(path)
        placed = self._placed(path)
        if placed is None:
            return None
        file, said = placed
        try:
            # The folders hold files of our own only: what is a link, or reached through one, was put there by others.
            if os.path.realpath(file) != file:
                return None
            handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except (OSError, ValueError):
            return None
        with os.fdopen(handle, "rb") as stream:
            found = os.fstat(stream.fileno())
            if not stat.S_ISREG(found.st_mode):
                return None
            body = stream.read() if found.st_size <= _IN_MEMORY else None
        if body is not None and len(body) != found.st_size:
            return None
        held = _answer(file, found, body, said)
        if body is not None:
            self._hold(path, held)
        return held

    def _placed(self, path: str) -> tuple[str, Headers] | None:
        """The file of an address and what is said along with it."""
        if found := _SHEET_CHOSEN.fullmatch(path):
            private = [("Cache-Control", "private, no-cache"), ("Vary", "Cookie")]
            sheet = f"{self.static}/portal/display/{found[1]}.css"
            return sheet, [("Content-Type", _STATIC_TYPES["css"]), *private, headers.NO_GUESSING]
        if found := _STATIC.fullmatch(path):
            name = found[1]
            kept = headers.FOR_A_YEAR if _HASHED.search(name) else headers.REVALIDATED
            kind = _STATIC_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
            return f"{self.static}/{name}", [("Content-Type", kind), ("Cache-Control", kept), headers.NO_GUESSING]
        try:
            file = file_of(path.encode("latin-1").decode("utf-8"))
        except UnicodeError:
            return None
        if file is None:
            return None
        said = [("Content-Type", content_type(file)), ("Cache-Control", headers.REVALIDATED)]
        if file.startswith("attachments/"):
            said += [
                ("Content-Disposition", "attachment"),
                ("Content-Security-Policy", headers.ATTACHMENT_POLICY),
                *(each for each in self.page_headers if each[0] != "Content-Security-Policy"),
            ]
        else:
            said += self.page_headers
        return f"{self.pages}/{file}", said

    def _display_sheet(self, environ: dict[str, Any]) -> str:
        """The one file that depends on the visitor's choice of how pages are shown (docs/decisions/0013)."""
        found = _DISPLAY_COOKIE.search(environ.get("HTTP_COOKIE", ""))
        return f"{_DISPLAY_SHEET[1:]}?{found[1] if found and found[1] in self.displays else 'standard'}"

    def _hold(self, path: str, held: _Held) -> None:
        size = len(held.body or b"")
        if self._held_bytes + size > _MEMORY:
            self._held, self._held_bytes = {}, 0
        self._held[path] = held
        self._held_bytes += size

    def _forget(self, path: str) -> None:
        gone = self._held.pop(path, None)
        if gone is not None:
            self._held_bytes -= len(gone.body or b"")


def _answer(file: str, found: os.stat_result, body: bytes | None, said: Headers) -> _Held:
    modified = int(found.st_mtime)
    etag = f'"{modified:x}-{found.st_size:x}"'
    about = [*said, ("ETag", etag), ("Last-Modified", formatdate(modified, usegmt=True))]
    compressible = bool(
        body is not None and len(body) >= _WORTH_COMPRESSING and _COMPRESSIBLE.match(dict(said)["Content-Type"])
    )
    if compressible and not any(name == "Vary" for name, _ in about):
        about.append(("Vary", "Accept-Encoding"))
    return _Held(
        file=file,
        identity=(found.st_ino, found.st_mtime_ns, found.st_size),
        body=body,
        etag=etag,
        plain=[*about, ("Content-Length", str(found.st_size))],
        unchanged=[each for each in about if each[0] != "Content-Type"],
        is_compressible=compressible,
        modified=modified,
    )


def _gzip(held: _Held) -> tuple[bytes, Headers]:
    assert held.body is not None
    body = gzip.compress(held.body, 6, mtime=0)
    said = [(name, f"W/{value}" if name == "ETag" else value) for name, value in held.plain if name != "Content-Length"]
    held.gzipped = body, [*said, ("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
    return held.gzipped


def _has_it(environ: dict[str, Any], held: _Held) -> bool:
    """Whether the visitor has this very content already (RFC 9110, 13.1.2 and 13.1.3: the ETag goes before the time)."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None:
        return known.strip() == "*" or any(each.strip().removeprefix("W/") == held.etag for each in known.split(","))
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None:
        return False
    try:
        return held.modified <= int(parsedate_to_datetime(since).timestamp())
    except (ValueError, OverflowError):
        return False


def _streamed(held: _Held, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes] | None:
    """A large file, piece by piece; None when it is gone or another one by now."""
    try:
        handle = os.open(held.file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    found = os.fstat(handle)
    if (found.st_ino, found.st_mtime_ns, found.st_size) != held.identity:
        os.close(handle)
        return None
    start_response("200 OK", held.plain)
    return _pieces(handle)


def _pieces(handle: int) -> Iterator[bytes]:
    with os.fdopen(handle, "rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece

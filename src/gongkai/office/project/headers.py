"""What every answer tells the browser to be strict about, and how much a request may bring."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from csp.constants import NONE, SELF
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render

DESK = "/desk/"
_MOST_DIGITS = 18
_LINGER_SECONDS = 30.0
"""How long an answer waits for what its request still brings."""
_PIECE_BYTES = 1 << 16
APPLICATIONS = "/applications/"
"""Where the public sends proofs of identity along with an application."""

CONTENT_SECURITY_POLICY: dict[str, list[str]] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "media-src": [SELF],
    "manifest-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}
"""Nothing from elsewhere, no inline script, no inline style, on public pages and on the desk alike: the staff's shell was
walked through in a browser and needs no more. The same for every answer, so it can stand beside a stored page."""

PERMISSIONS_POLICY = ", ".join(
    f"{each}=()"
    for each in ("accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone", "payment", "usb")
)


def of_pages() -> list[tuple[str, str]]:
    """What the middlewares say along with every public page, for the front, which answers without them."""
    said = [
        ("Content-Security-Policy", build_policy(config=settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])),
        ("Permissions-Policy", PERMISSIONS_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", settings.X_FRAME_OPTIONS),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
    ]
    if settings.SECURE_HSTS_SECONDS:
        said.append(("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}"))
    return said


def _limit(path: str) -> int:
    """How many bytes a request may bring to an address: files come to the desk and with applications, nowhere else."""
    if path.startswith(DESK):
        return int(settings.UPLOAD_MAX_BYTES)
    public = settings.PUBLIC_UPLOAD_MAX_BYTES if path.startswith(APPLICATIONS) else 0
    return max(int(public), int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))


def _let_finish(request: HttpRequest) -> None:
    """Read what nobody has read of a request, and forget it."""
    end = time.monotonic() + _LINGER_SECONDS
    with suppress(UnreadablePostError):  # gone, or brings less than it said
        while time.monotonic() < end and request.read(_PIECE_BYTES):
            pass


class Strict:
    """Refuses bodies that are too long before anything keeps them, and adds Permissions-Policy to every answer.

    No answer is sent while its request is still under way: a server closes the connection then, and a browser that is still
    sending shows its own error in place of the page that says what to do.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = _limit(request.path_info)
        answer = self._too_long(request, limit) or self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if request.META.get("CONTENT_LENGTH"):
            _let_finish(request)
        return answer

    def _too_long(self, request: HttpRequest, limit: int) -> HttpResponse | None:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdecimal() and len(length) <= _MOST_DIGITS and int(length) <= limit:
            return None
        return render(request, "accounts/too_long.html", {"megabytes": limit // 2**20}, status=413)

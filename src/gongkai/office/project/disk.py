"""A full disk: nothing was saved, and who was at work is told so in words, with what to do."""

from __future__ import annotations

import errno
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_WORDS = ("disk is full", "No space left", "could not extend file")
"""What SQLite and PostgreSQL say."""


class TellFullDisk:
    """Answers 507 with a page of its own when a request failed for want of space; it is rolled back like any failure."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only for want of space; everything else goes its usual way."""
        return HttpResponse(render_to_string("portal/errors/507.html"), status=507) if is_full(exception) else None


def is_full(exception: BaseException) -> bool:
    """Whether something failed because there was no space left."""
    if isinstance(exception, OSError):
        return exception.errno in _FULL
    return isinstance(exception, OperationalError) and any(words in str(exception) for words in _WORDS)

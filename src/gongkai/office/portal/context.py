"""What the frame of every public page needs to know."""

from __future__ import annotations

from django.http import HttpRequest

from gongkai.office.organs.queries import site


def frame(request: HttpRequest) -> dict[str, object]:
    """The site whose pages these are."""
    return {"site": site()}

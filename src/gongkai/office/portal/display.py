"""How a page is shown: size of type and contrast, chosen by the reader, on pages that are stored once for everybody.

A stored page knows nothing of its reader. So every page links one style sheet, `/display.css`, and only that small file
differs: the server picks it by the cookie `display` (here in `sheet`; behind nginx by a `map` over `$cookie_display`
onto the files in `static/portal/display/`). A kiosk whose browser keeps no cookies uses addresses instead: the whole site
stands once more below `/large/`, `/contrast/` and so on, where pages link their sheet directly and all links stay below
the same prefix. docs/decisions/0013-display-modes.md says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

COOKIE = "display"
COOKIE_AGE_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Display:
    """A way of showing pages. `size` is standard, medium (1.2 ×) or large (1.4 ×, 长者版)."""

    size: str = "standard"
    is_contrast: bool = False

    @property
    def name(self) -> str:
        """As it stands in the cookie, in addresses and in the name of its style sheet."""
        if not self.is_contrast:
            return self.size
        return "contrast" if self.size == "standard" else f"{self.size}-contrast"


DISPLAYS = {
    each.name: each for size in ("standard", "medium", "large") for each in (Display(size), Display(size, True))
}
STANDARD = DISPLAYS["standard"]
_STAFF = "desk/"
"""The staff's addresses: rules that a server in front keeps for them must not be walked around by a prefix."""


def chosen(request: HttpRequest) -> Display:
    """What the reader chose by cookie; anything unknown is the standard."""
    return DISPLAYS.get(request.COOKIES.get(COOKIE, ""), STANDARD)


def sheet(display: Display) -> str:
    """The style sheet of a way of showing: what it changes, nothing for the standard."""
    return (Path(__file__).parent / "static" / "portal" / "display" / f"{display.name}.css").read_text("utf-8")


def of_address(request: HttpRequest) -> Display | None:
    """The way of showing that the address asks for, when it does."""
    return getattr(request, "display_of_address", None)


class ByAddress:
    """Answers `/large/…` like `/…`, shown large, and keeps all links below the same prefix."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first, slash, rest = request.path_info.removeprefix("/").partition("/")
        display = DISPLAYS.get(first)
        if display is None or display is STANDARD or not slash or rest.startswith(_STAFF):
            return self.get_response(request)
        request.display_of_address = display  # type: ignore[attr-defined]
        request.path_info = f"/{rest}"
        usual = get_script_prefix()
        set_script_prefix(f"/{first}/")
        try:
            return self.get_response(request)
        finally:
            # The prefix belongs to the thread, and the thread goes on to other things.
            set_script_prefix(usual)

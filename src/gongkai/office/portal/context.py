"""What the frame of every public page needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gongkai.office.organs.models import Organ, Site
from gongkai.office.organs.queries import site
from gongkai.office.portal.display import of_address
from gongkai.office.portal.statutory import PARTS, Part

SWITCHER_LENGTH = 80
"""Agencies the switcher names itself; the others stand on the page of all agencies."""


class Frame:
    """The frame around a page. Asks the database only for what a template uses, so pages of the desk ask for nothing."""

    def __init__(self, request: HttpRequest, own: Site) -> None:
        self._request = request
        self._site = own

    @property
    def parts(self) -> Sequence[Part]:
        """The statutory navigation."""
        return PARTS

    @property
    def path(self) -> str:
        """The page's own address, without the prefix of a way of showing: what is canonical, printed and in the QR code."""
        return self._request.path_info

    @property
    def url(self) -> str:
        """The same, in full."""
        return f"{settings.SITE_URL}{self.path}"

    @property
    def site_url(self) -> str:
        """Where the site stands, without a slash at the end."""
        return str(settings.SITE_URL)

    @property
    def domain(self) -> str:
        """The site's name in addresses."""
        return settings.SITE_URL.partition("://")[2]

    @property
    def display_sheet(self) -> str:
        """The name of the style sheet the address asks for; empty leaves it to the cookie."""
        display = of_address(self._request)
        return display.name if display else ""

    @cached_property
    def organs(self) -> QuerySet[Organ]:
        """The agencies the switcher offers: those right below the site's own, in their order."""
        own = self._site.organ_id
        return Organ.objects.filter(parent=own, abolished_on=None).order_by("position", "path")[:SWITCHER_LENGTH]


def frame(request: HttpRequest) -> dict[str, object]:
    """The site whose pages these are, and the frame."""
    own: Any = SimpleLazyObject(site)
    return {"site": own, "frame": Frame(request, own)}

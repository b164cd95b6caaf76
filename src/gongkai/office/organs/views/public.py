"""Agencies as the public sees them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import condition, require_safe

from gongkai.office.organs import queries
from gongkai.office.organs.models import Organ, Portrait
from gongkai.office.renderings import keys
from gongkai.office.renderings.headers import ATTACHMENT_POLICY, REVALIDATED
from gongkai.office.renderings.stored import depends_on, stored

MOST_CHILDREN = 300


@stored()
def organs(request: HttpRequest) -> HttpResponse:
    """All agencies of the first two levels by kind; what is below stands on each one's own page."""
    roots = list(queries.children(None).filter(abolished_on=None))
    groups = [(root, queries.grouped(queries.children(root).filter(abolished_on=None))) for root in roots]
    return render(request, "organs/organs.html", {"groups": groups})


@stored()
def organ(request: HttpRequest, code: str) -> HttpResponse:
    """An agency: powers and duties, units, leaders, how to reach it and its disclosure office. About ten queries."""
    found = get_object_or_404(Organ.objects.select_related("successor", "parent"), code=code)
    depends_on(keys.organ(found.pk))
    shifts = list(queries.shifts_ahead(found, on=localdate()))
    if shifts:
        depends_on(keys.DAY)
    context = {
        "organ": found,
        "above": queries.way_to(found),
        "office": queries.office_of(found),
        "duties": found.duty_rows.all(),
        "units": found.unit_rows.all(),
        "leaders": queries.leaders(found),
        "shifts": shifts,
        "below": queries.grouped(queries.children(found).filter(abolished_on=None)[:MOST_CHILDREN]),
        "predecessors": found.predecessors.all(),
    }
    return render(request, "organs/organ.html", context)


@stored()
def leaders(request: HttpRequest, code: str) -> HttpResponse:
    """The leaders of an agency (领导之窗): photograph, title, portfolio, career. Four queries."""
    found = get_object_or_404(Organ, code=code)
    depends_on(keys.organ(found.pk))
    context = {"organ": found, "above": queries.way_to(found), "leaders": queries.leaders(found)}
    return render(request, "organs/leaders.html", context)


def _version(request: HttpRequest, code: str, pk: int) -> str | None:
    sha256 = Portrait.objects.filter(pk=pk, organ__code=code).values_list("sha256", flat=True).first()
    return f'"{sha256}"' if sha256 else None


@require_safe
@condition(etag_func=_version)
def portrait(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A leader's photograph, as long as it stands: a browser that has it asks whether it still does."""
    found = get_object_or_404(Portrait, pk=pk, organ__code=code)
    response = HttpResponse(bytes(found.image), content_type="image/jpeg")
    response["Cache-Control"] = REVALIDATED
    response["Content-Security-Policy"] = ATTACHMENT_POLICY
    return response

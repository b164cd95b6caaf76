"""The staff's first screen; the others are the ledgers'."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.office.ledgers.views.room import overview
from gongkai.office.services.ledgers import LEDGERS


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The ledgers."""
    lead = "政务服务事项和实施清单、服务网点、每月的网上办件数。"
    context = {"title": "政务服务", "lead": lead, "ledgers": overview(request, LEDGERS)}
    return render(request, "ledgers/desk/room.html", context)

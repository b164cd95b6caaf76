"""The staff's first screen; the others are the ledgers'."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.office.channels.ledgers import LEDGERS
from gongkai.office.ledgers.views.room import overview


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The ledgers."""
    lead = "政务新媒体账号和发布的内容。年度报告里的微博、微信数字从这里统计。"
    context = {"title": "政务新媒体", "lead": lead, "ledgers": overview(request, LEDGERS)}
    return render(request, "ledgers/desk/room.html", context)

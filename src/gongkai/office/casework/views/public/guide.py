"""一图读懂依申请公开: the way of an application with the periods of today's law, drawn and as words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe

from gongkai.office.casework import flow
from gongkai.office.casework.guide import steps
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import stored


@stored(lambda request: [keys.DAY])
def guide(request: HttpRequest) -> HttpResponse:
    """GET /disclosure/application/guide/"""
    today = timezone.localdate()
    found = steps(today)
    # Drawn by this room from the law's data; every word in it is escaped there.
    drawings = [mark_safe(flow.wide(found)), mark_safe(flow.narrow(found))]
    return render(request, "casework/public/guide.html", {"steps": found, "drawings": drawings, "today": today})

"""一图读懂依申请公开, and each agency's guide to applying there: with the periods of today's law, stored."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import mark_safe

from gongkai.office.casework import flow
from gongkai.office.casework.guide import steps
from gongkai.office.casework.intake import intake_of, ways
from gongkai.office.organs.models import Organ
from gongkai.office.organs.queries import office_of
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import depends_on, stored


@stored(lambda request: [keys.DAY])
def guide(request: HttpRequest) -> HttpResponse:
    """GET /disclosure/application/guide/"""
    today = timezone.localdate()
    found = steps(today)
    # Drawn by this room from the law's data; every word in it is escaped there.
    drawings = [mark_safe(flow.wide(found)), mark_safe(flow.narrow(found))]
    return render(request, "casework/public/guide.html", {"steps": found, "drawings": drawings, "today": today})


@stored(lambda request, code: [keys.DAY, keys.OFFICES])
def organ_guide(request: HttpRequest, code: str) -> HttpResponse:
    """GET /organ/<agency>/application-guide/: which channels are open, where, and how it goes on."""
    organ = get_object_or_404(Organ.objects.select_related("successor"), code=code)
    depends_on(keys.organ(organ.pk))
    context = {
        "organ": organ,
        "office": office_of(organ),
        "ways": ways(organ),
        "is_open": organ.abolished_on is None and intake_of(organ).online_open,
        "steps": steps(timezone.localdate()),
    }
    return render(request, "casework/public/organ_guide.html", context)

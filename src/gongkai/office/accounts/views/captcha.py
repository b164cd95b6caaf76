"""The picture of a captcha."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from gongkai.office.accounts.captcha import picture
from gongkai.office.accounts.visitors import Limit, wait_for

LIMIT = Limit("captcha", times=120, seconds=600)
"""More than a family, an office or a library looks at in ten minutes; drawing one costs some milliseconds."""


@require_safe
def captcha_picture(request: HttpRequest, token: str) -> HttpResponse:
    """GET /captcha/<token>.png"""
    if seconds := wait_for(LIMIT, request, at=timezone.now()):
        return HttpResponse(status=429, headers={"Retry-After": str(seconds)})
    drawn = picture(token, at=timezone.now())
    if drawn is None:
        raise Http404
    response = HttpResponse(drawn, content_type="image/png")
    patch_cache_control(response, no_store=True, private=True)
    return response

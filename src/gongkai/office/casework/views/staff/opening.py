"""Which case somebody opened."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from gongkai.office.accounts.desk_pages import person
from gongkai.office.casework import policy
from gongkai.office.casework.models import Application


def opened(request: HttpRequest, pk: int) -> Application:
    """A case somebody may see. Errors: Http404 for any other, which tells nobody that it exists."""
    rows = Application.objects.select_related("organ", "officer", "duplicate_of", "split_from", "merged_into")
    found = rows.filter(policy.within(person(request), on=localdate()), pk=pk).first()
    if found is None:
        raise Http404("没有这件申请，或者不在您的职责范围内。")
    return found

"""The draft exactly as the public will see it: the public page's own template, in nobody's file."""

from __future__ import annotations

from copy import copy
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.clickjacking import xframe_options_sameorigin

from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing import policy, record
from gongkai.office.publishing.content import COLUMN_FIELDS
from gongkai.office.publishing.models import Column, Item, StoredFile
from gongkai.office.publishing.queries import ancestors, corrections
from gongkai.office.publishing.views.staff.frame import Moment, screen
from gongkai.regulation.disclosure.catalogue import categories, fields


@screen
@xframe_options_sameorigin
def preview(request: HttpRequest, moment: Moment, pk: int) -> HttpResponse:
    """An item's draft in the public frame. Its index number and hour of publication are those it would get."""
    item = get_object_or_404(Item.objects.select_related("organ"), pk=pk)
    policy.require(moment.user, "see", item.organ, on=moment.on)
    content = record.read(item, at=moment.at).content
    if content is None:
        raise Refused("这条信息现在没有正在处理的稿件，没有可以预览的内容。")
    for name in COLUMN_FIELDS:
        setattr(item, name, getattr(content, name))
    item.column = get_object_or_404(Column, pk=content.column)
    item.index_number = item.index_number or "（公开时编号）"
    item.published_at = item.published_at or moment.at
    item.withdrawn_at = None
    files = StoredFile.objects.defer("text").in_bulk([each.sha256 for each in content.attachments])
    context = {
        "item": item,
        "trail": [*ancestors(item.column), item.column],
        "category": categories().get(item.art20_category),
        "field": fields().get(item.grassroots_field),
        "attachments": [
            SimpleNamespace(position=place, name=each.name, file=files.get(each.sha256))
            for place, each in enumerate(content.attachments, start=1)
        ],
        "corrections": corrections(item),
        "topics": Column.objects.filter(pk__in=content.topics),
    }
    # The frame prints the page's address and makes its QR code: the one the public will have, not this one.
    public_request = copy(request)
    public_request.path_info = reverse("item", args=[item.pk])
    page = render(public_request, "publishing/public/item.html", context)
    # An attachment has no public address yet; here it opens at the staff's.
    for place, each in enumerate(content.attachments, start=1):
        public = reverse("attachment", args=(item.pk, place, each.name))
        page.content = page.content.replace(
            escape(public).encode(), reverse("publishing_file", args=(item.pk, each.sha256)).encode()
        )
    return page

"""The page of an item, and its attachments."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from gongkai.office.publishing.files import path_of
from gongkai.office.publishing.models import Item, ItemAttachment
from gongkai.office.publishing.queries import ancestors, corrections
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import attachment as answer_with
from gongkai.office.renderings.stored import depends_on, stored
from gongkai.regulation.disclosure.catalogue import categories, fields


@stored(lambda request, pk: [keys.item(pk)])
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """An item as it is public; one that was withdrawn says when and why, and shows nothing of what it said (410)."""
    shown = get_object_or_404(Item.objects.select_related("organ", "column"), pk=pk, published_at__isnull=False)
    trail = [*ancestors(shown.column), shown.column]
    topics = list(shown.topics.filter(closed_on=None))
    depends_on(keys.organ(shown.organ_id), *(keys.column(each.pk) for each in [*trail, *topics]))
    if shown.withdrawn_at:
        return render(request, "publishing/public/withdrawn.html", {"item": shown, "trail": trail}, status=410)
    context = {
        "item": shown,
        "trail": trail,
        "category": categories().get(shown.art20_category),
        "field": fields().get(shown.grassroots_field),
        "attachments": shown.attachments.select_related("file").defer("file__text"),
        "corrections": corrections(shown),
        "topics": topics,
    }
    return render(request, "publishing/public/item.html", context)


@stored(lambda request, pk, position, name: [keys.item(pk)])
def attachment(request: HttpRequest, pk: int, position: int, name: str) -> FileResponse:
    """A file that stands with an item, as long as the item is public."""
    found = get_object_or_404(
        ItemAttachment.objects.filter(item__published_at__isnull=False, item__withdrawn_at=None),
        item=pk,
        position=position,
        name=name,
    )
    return answer_with(path_of(found.file_id), name)

"""The site map for machines (sitemap.xml): an index, the pages of the site, and the items by ranges of their numbers.

A part holds the items whose number lies in its range, so a part costs the same however many items there are, and a new
item changes the last part only.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import PUBLIC, Item
from gongkai.office.publishing.queries import open_columns
from gongkai.office.publishing.showing import SITEMAP_PART
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import stored
from gongkai.regulation.disclosure.catalogue import categories, fields

_NAMESPACE = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}
_OWN_PAGES = (
    "home", "disclosure_guide", "disclosure_systems", "disclosure_content", "disclosure_annual_reports",
    "disclosure_application", "topics", "organs", "normative_library", "site_map", "accessibility", "report_error", "subscribe",
    "open_data",
    "engagement_interpretations_public", "engagement_responses_public", "engagement_press_conferences_public",
    "engagement_consultations_public", "engagement_messages_public", "services_items_public", "services_points_public",
    "services_cases_public", "channels_accounts_public",
)  # fmt: skip


@stored(lambda request: [keys.HOME])
def index(request: HttpRequest) -> HttpResponse:
    """The index of all parts."""
    last = Item.objects.filter(PUBLIC).aggregate(Max("pk"))["pk__max"]
    parts = range(last // SITEMAP_PART + 1) if last else range(0)
    present = [part for part in parts if _of_part(part).exists()]
    addresses = [reverse("sitemap_pages"), *(reverse("sitemap_items", args=[part]) for part in present)]
    return _answer("sitemapindex", "sitemap", ((address, "") for address in addresses))


@stored(lambda request: [keys.HOME])
def pages(request: HttpRequest) -> HttpResponse:
    """The pages that are no items: the site's own, columns, categories, fields, agencies."""
    addresses = [reverse(name) for name in _OWN_PAGES]
    addresses += [reverse("column", args=[code]) for code in open_columns().values_list("code", flat=True)]
    addresses += [reverse("category", args=[key]) for key in categories()]
    addresses += [reverse("field", args=[key]) for key in fields()]
    organs = Organ.objects.filter(abolished_on=None).order_by("path").values_list("code", flat=True)
    addresses += [
        reverse(name, args=[code]) for code in organs for name in ("organ", "organ_disclosure", "organ_items")
    ]
    led = organs.filter(leader_rows__isnull=False).distinct()
    addresses += [reverse("organ_leaders", args=[code]) for code in led]
    return _answer("urlset", "url", ((address, "") for address in addresses))


@stored(lambda request, part: [keys.listed("sitemap", part)])
def items(request: HttpRequest, part: int) -> HttpResponse:
    """The items of a part, with the day of their last change."""
    rows = _of_part(part).order_by("pk").values_list("pk", "published_at", "changed_at")
    entries = [
        (reverse("item", args=[pk]), timezone.localdate(changed or published).isoformat())
        for pk, published, changed in rows
    ]
    if not entries:
        raise Http404("没有这一部分")
    return _answer("urlset", "url", entries)


def _of_part(part: int) -> QuerySet[Item]:
    return Item.objects.filter(PUBLIC, pk__gte=part * SITEMAP_PART, pk__lt=(part + 1) * SITEMAP_PART)


def _answer(root: str, element: str, entries: Iterable[tuple[str, str]]) -> HttpResponse:
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement(root, AttributesImpl(_NAMESPACE))
    for address, changed in entries:
        xml.startElement(element, AttributesImpl({}))
        xml.addQuickElement("loc", f"{settings.SITE_URL}{address}")
        if changed:
            xml.addQuickElement("lastmod", changed)
        xml.endElement(element)
    xml.endElement(root)
    xml.endDocument()
    return response

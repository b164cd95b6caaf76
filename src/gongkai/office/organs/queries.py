"""What may be asked about agencies."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.office.organs.models import DisclosureOffice, GuideUpdate, Leader, Organ, Portrait, Shift, Site
from gongkai.office.organs.paths import upwards


def site() -> Site:
    """The website; an installation that has not said anything about itself yet has the plain one."""
    return Site.objects.select_related("organ").filter(id=1).first() or Site()


def below(organ: Organ) -> QuerySet[Organ]:
    """An agency and everything under it."""
    return Organ.objects.filter(path__startswith=organ.path)


def standing() -> QuerySet[Organ]:
    """The agencies that are not abolished, in the order in which they are shown."""
    return Organ.objects.filter(abolished_on=None).order_by("position", "path")


def children(organ: Organ | None) -> QuerySet[Organ]:
    """The agencies directly below one, or at the root, each with the number of its own."""
    alive = Count("children", filter=Q(children__abolished_on=None))
    return Organ.objects.filter(parent=organ).annotate(child_count=alive).order_by("position", "path")


def way_to(organ: Organ) -> list[Organ]:
    """The agencies above one, from the root down, without itself: one query, whatever the depth."""
    above = upwards(organ.path)[:-1]
    return list(Organ.objects.filter(path__in=above).order_by("path")) if above else []


def office_of(organ: Organ) -> DisclosureOffice | None:
    """Where the public turns to with this agency."""
    return DisclosureOffice.objects.filter(organ=organ).first()


def shifts_ahead(organ: Organ, *, on: date) -> QuerySet[Shift]:
    """The duty list (值班安排) of an agency from a day on; what is past concerns nobody any more."""
    return organ.shift_rows.filter(day__gte=on).order_by("day", "position")


def leaders(organ: Organ) -> list[tuple[Leader, Portrait | None]]:
    """The leaders of an agency in their order, each with the photograph, its bytes apart: two queries."""
    portraits = {each.name: each for each in organ.portraits.defer("image")}
    return [(each, portraits.get(each.name)) for each in organ.leader_rows.order_by("position")]


def search(words: str) -> QuerySet[Organ]:
    """Agencies whose name, short name or code holds the words."""
    return Organ.objects.filter(
        Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code__icontains=words)
    ).order_by("path")


def grouped(organs: QuerySet[Organ]) -> list[tuple[str, list[Organ]]]:
    """Agencies by kind, in the order of the kinds."""
    found: dict[str, list[Organ]] = defaultdict(list)
    for each in organs:
        found[each.kind].append(each)
    return [(kind.label, found[kind]) for kind in Organ.Kind if found[kind]]


def guide_updates_waiting() -> QuerySet[GuideUpdate]:
    """Contact data that changed and are not in the guide yet, oldest first. Filter by agency with `organ`."""
    return GuideUpdate.objects.filter(done_at=None).select_related("organ").order_by("raised_at", "id")

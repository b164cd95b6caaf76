"""What may be asked about agencies."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.office.organs.models import Organ, Site


def site() -> Site:
    """The website; an installation that has not said anything about itself yet has the plain one."""
    return Site.objects.select_related("organ").filter(id=1).first() or Site()


def below(organ: Organ) -> QuerySet[Organ]:
    """An agency and everything under it."""
    return Organ.objects.filter(path__startswith=organ.path)

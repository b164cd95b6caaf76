"""Clean-up rounds: what they are about, and what they found."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gongkai.office.normative import standing
from gongkai.office.normative.models import CleanupDecision, CleanupRound, NormativeDocument

LISTS = (
    ("continued", "继续有效", ("continued",)),
    ("revised", "拟修改", ("revised",)),
    ("ended", "废止和宣布失效", ("repealed", "lapsed")),
)
"""The three lists that are published, and the outcomes on each."""


def candidates(round: CleanupRound) -> QuerySet[NormativeDocument]:
    """The documents a round has to decide on: in force on the day it began, made by its body or drafted by it."""
    own = Q(organ=round.organ) | Q(drafting_organ=round.organ)
    found = NormativeDocument.objects.filter(own, standing.holding(round.opened_on))
    return found.select_related("organ", "drafting_organ").order_by("level", "-disclosed_on", "-id")


def published_rounds() -> QuerySet[CleanupRound]:
    """The rounds whose results are public, newest first."""
    return CleanupRound.objects.filter(closed_on__isnull=False).select_related("organ").order_by("-closed_on", "-id")


def results(round: CleanupRound) -> list[tuple[str, list[CleanupDecision]]]:
    """The three lists of a round, each with its decisions."""
    rows = list(
        round.decisions.select_related("document", "document__organ").order_by("document__disclosed_on", "document_id")
    )
    return [(label, [row for row in rows if row.outcome in outcomes]) for _, label, outcomes in LISTS]

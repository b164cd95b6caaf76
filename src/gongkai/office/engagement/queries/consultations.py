"""Consultations as the public sees them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from gongkai.office.engagement.ledgers import CONSULTATION
from gongkai.office.ledgers.queries import standing


def public_consultations() -> QuerySet[Any]:
    """Those the public sees: all that stand, the latest first."""
    return standing(CONSULTATION)

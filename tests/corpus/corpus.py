"""The whole corpus: every family of files, in order."""

from __future__ import annotations

from tests.corpus.families import damage, flat, form, mixed, numbers, office, paper, structure, web, zeros
from tests.corpus.family import Family

_MODULES = (mixed, form, zeros, numbers, web, flat, paper, structure, damage, office)
FAMILIES: tuple[Family, ...] = tuple(
    sorted((family for module in _MODULES for family in module.FAMILIES), key=lambda family: family.key)
)
BY_KEY = {family.key: family for family in FAMILIES}

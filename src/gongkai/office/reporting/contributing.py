"""Cells that no ledger of the office holds, added up from what the agencies answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from gongkai.office.organs.models import Organ
from gongkai.office.reporting.models import Contribution, ContributionEntry
from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.annual_report.compiling import input_cells
from gongkai.regulation.annual_report.structure_check import lacks_rule_making_power
from gongkai.regulation.tally import Counted, Measure, Number, Tally

ENTRY = "reporting.contribution_entry"
TABLES = ("art20_5", "art20_6", "art20_8", "art20_9")
"""The tables of section two that are asked from the agencies: licences, penalties, coercion, fees, procurement."""
RULES = "art20_1.rules."


def asked_cells(organ: Organ, edition: str) -> tuple[str, ...]:
    """The cells an agency is asked for: those tables, and the rules (规章) where it may make any."""
    return tuple(
        address
        for address in input_cells(edition)
        if address.partition(".")[0] in TABLES
        or (address.startswith(RULES) and not lacks_rule_making_power(organ.name))
    )


def is_signed(key: str, edition: str) -> bool:
    """May the number be negative (本年增/减)?"""
    return cell_names(edition)[key].is_signed


def tally(organs: Collection[int], first: date, last: date, edition: str) -> list[Tally]:
    """The sums of what these agencies answered for the year; each amount with the entries that were added up.

    Only a whole year can be answered for; the numbers belong to the year of the last day.
    """
    values: dict[str, list[tuple[int, Number]]] = {}
    for key, pk, value in standing(organs, last.year):
        values.setdefault(key, []).append((pk, value))
    return [_sum(address, edition, values.get(address, [])) for address in _addresses(edition)]


def standing(organs: Collection[int], year: int) -> list[tuple[str, int, Number]]:
    """Key, entry and value of every answer that stands: the last entry of its contribution, if that is an answer."""
    last = ContributionEntry.objects.filter(contribution=OuterRef("pk")).order_by("-pk")
    asked = Contribution.objects.filter(year=year, organ__in=organs).annotate(last=Subquery(last.values("pk")[:1]))
    entries = ContributionEntry.objects.filter(
        pk__in=asked.values("last"), kind=ContributionEntry.Kind.ANSWERED
    ).order_by("pk")
    rows = entries.values_list("contribution__key", "pk", "value")
    return [(key, pk, value) for key, pk, value in rows if value is not None]


def counted(kind: str, ids: Sequence[int]) -> list[Counted]:
    """The answers behind a sum, with the agency and its evidence. Errors: KeyError for another kind."""
    if kind != ENTRY:
        raise KeyError(kind)
    entries = ContributionEntry.objects.select_related("contribution__organ").in_bulk(ids)
    return [_entry(entries[pk]) for pk in ids if pk in entries]


def _entry(entry: ContributionEntry) -> Counted:
    contribution = entry.contribution
    return Counted(
        id=entry.pk,
        title=f"报送 {plain(entry.value)}：{entry.evidence}",
        on=entry.on,
        organ=contribution.organ.name,
        staff_path=reverse("reporting_contribution", args=[contribution.pk]),
    )


def plain(value: Number | None) -> str:
    """A stored decimal as people write it: 9.46, 3, -8."""
    if value is None:
        return ""
    return f"{whole(value):f}" if whole(value) != int(value) else str(int(value))


def whole(value: Number) -> Number:
    """An integer where a stored decimal is one; else the decimal without zeros behind it."""
    return int(value) if value == int(value) else value if isinstance(value, int) else value.normalize()


def _addresses(edition: str) -> list[str]:
    return [a for a in input_cells(edition) if a.partition(".")[0] in TABLES or a.startswith(RULES)]


def _sum(address: str, edition: str, entries: list[tuple[int, Number]]) -> Tally:
    name = cell_names(edition)[address]
    rule = f"各机关书面报送的“{name.label}”相加；系统里没有可数的台账，每个数都附有依据，更正另行登记。"
    if address.startswith(RULES):
        rule += "县级及以下机关没有规章制定权，填0。"
    measure = Measure(address, name.label, name.unit, rule, ENTRY, f"report-form-{edition}#form", is_sum=True)
    return Tally(measure, whole(sum(value for _, value in entries)), tuple(pk for pk, _ in entries))

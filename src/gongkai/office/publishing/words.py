"""What a finding says on the staff's screens: the words of whichever room found it, with people by their names."""

from __future__ import annotations

from dataclasses import replace

from gongkai.office.accounts.models import User
from gongkai.regulation.disclosure.words import CATALOGUE as DISCLOSURE
from gongkai.regulation.finding import Finding
from gongkai.regulation.messages import Catalogue
from gongkai.regulation.review.words import CATALOGUE as REVIEW

CATALOGUE = Catalogue.of("gongkai.office.publishing")
"""What only the office can find: files, links, columns."""

_PEOPLE = ("person", "other", "by")


def said(finding: Finding) -> str:
    """The sentence that says what was found. Staff numbers in it become names."""
    numbers = {finding.values[key] for key in _PEOPLE if key in finding.values}
    names = person_names(numbers) if numbers else {}
    values = {key: names.get(value, value) if key in _PEOPLE else value for key, value in finding.values.items()}
    return _catalogue(finding.code).message(replace(finding, values=values))


def advised(finding: Finding) -> str:
    """What to do about it."""
    return _catalogue(finding.code).advice(finding)


def titled(finding: Finding) -> str:
    """A few words for lists."""
    return _catalogue(finding.code).entries[finding.code]["title"]


def person_names(numbers: set[str]) -> dict[str, str]:
    """The names behind staff numbers; of two accounts of one person the older one's."""
    rows = User.objects.filter(staff_number__in=numbers).order_by("-pk").values_list("staff_number", "name")
    return dict(rows)


def _catalogue(code: str) -> Catalogue:
    return next(each for each in (CATALOGUE, REVIEW, DISCLOSURE) if code in each.entries)

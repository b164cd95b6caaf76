"""Which items somebody asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Schema
from ninja.errors import HttpError
from pydantic import field_validator

from gongkai.office.api.cursor import Cursor
from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import Item
from gongkai.office.publishing.queries import public_items
from gongkai.regulation.disclosure.catalogue import categories, fields


def refuse_unknown(request: HttpRequest, names: Iterable[str]) -> None:
    """A parameter nobody knows is a mistyped filter: without it the answer would be everything, and taken for what was
    asked. Errors: HttpError 422.
    """
    known = sorted(names)
    if unknown := sorted(set(request.GET) - set(known)):
        raise HttpError(422, f"参数有误。没有“{'”“'.join(unknown)[:200]}”这个参数，可以用的有：{'、'.join(known)}。")


class ItemFilter(Schema):
    """Every filter is optional; several narrow each other."""

    agency: str = Field("", description="发布机构的代码", max_length=40)
    with_subordinates: bool = Field(False, description="包括所给机关的下级机关")
    column: str = Field("", description="栏目或专栏的代码", max_length=60)
    category: str = Field("", description="法定主动公开类别的代码（如 fees）", max_length=40)
    field: str = Field("", description="试点领域的代码", max_length=40)
    year: int | None = Field(None, description="发布年份", ge=1949, le=9998)
    published_from: date | None = Field(None, description="发布日期不早于")
    published_to: date | None = Field(None, description="发布日期不晚于")
    changed_since: datetime | None = Field(
        None, description="此时之后发布或更正的（带时区，如 2024-04-12T09:00:00+08:00）"
    )
    normative: bool | None = Field(None, description="只要（true）或不要（false）行政规范性文件")

    @field_validator("category")
    @classmethod
    def _known_category(cls, value: str) -> str:
        if value and value not in categories():
            raise ValueError("没有这个类别，代码见 /api/v1/categories")
        return value

    @field_validator("field")
    @classmethod
    def _known_field(cls, value: str) -> str:
        if value and value not in fields():
            raise ValueError("没有这个领域，代码见 /api/v1/fields")
        return value

    @field_validator("agency", "column")
    @classmethod
    def _without_nul(cls, value: str) -> str:
        if "\0" in value:
            raise ValueError("代码里不能有空字符")
        return value

    @field_validator("published_from", "published_to")
    @classmethod
    def _possible_day(cls, value: date | None) -> date | None:
        if value and not 1949 <= value.year <= 9998:
            raise ValueError("年份应当在 1949 到 9998 之间")
        return value

    @field_validator("changed_since")
    @classmethod
    def _with_zone(cls, value: datetime | None) -> datetime | None:
        if value and (value.tzinfo is None or not 1949 <= value.year <= 9998):
            raise ValueError("请带上时区，如 2024-04-12T09:00:00+08:00，年份应当在 1949 到 9998 之间")
        return value

    def items(self) -> QuerySet[Item]:
        """The public items asked for, newest first."""
        found = public_items()
        if self.agency:
            found = found.filter(self._of_agency())
        if self.column:
            found = found.filter(Q(column__code=self.column) | Q(topics__code=self.column)).distinct()
        if self.category:
            found = found.filter(art20_category=self.category)
        if self.field:
            found = found.filter(grassroots_field=self.field)
        if self.year:
            found = found.filter(_days(date(self.year, 1, 1), date(self.year, 12, 31)))
        if self.published_from or self.published_to:
            found = found.filter(_days(self.published_from, self.published_to))
        if self.changed_since:
            found = found.filter(Q(published_at__gt=self.changed_since) | Q(changed_at__gt=self.changed_since))
        if self.normative is not None:
            found = found.filter(is_normative_document=self.normative)
        return found

    def _of_agency(self) -> Q:
        organ = Organ.objects.filter(code=self.agency).first()
        if organ is None:
            return Q(pk__in=())
        if self.with_subordinates:
            return Q(organ__path__startswith=organ.path)
        return Q(organ=organ)


def after(found: QuerySet[Item], cursor: Cursor | None) -> QuerySet[Item]:
    """What follows a place in the list."""
    if cursor is None:
        return found
    return found.filter(
        Q(published_at__lt=cursor.published_at) | Q(published_at=cursor.published_at, pk__lt=cursor.item)
    )


def _days(first: date | None, last: date | None) -> Q:
    """Published on these days, by the clock of Beijing."""
    zone = timezone.get_default_timezone()
    asked = Q()
    if first:
        asked &= Q(published_at__gte=datetime.combine(first, time.min, zone))
    if last:
        asked &= Q(published_at__lte=datetime.combine(last, time.max, zone))
    return asked

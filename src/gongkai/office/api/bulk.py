"""Everything at once: the public items as NDJSON or CSV, streamed, whatever their number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe
from ninja.errors import HttpError
from pydantic import ValidationError

from gongkai.office.api import presenting
from gongkai.office.api.cursor import Cursor
from gongkai.office.api.filters import ItemFilter, after, refuse_unknown
from gongkai.office.organs.tables import csv_lines
from gongkai.office.publishing.models import Item

_STEP = 500
_COLUMNS = (
    ("编号", "id"),
    ("索引号", "index_number"),
    ("标题", "title"),
    ("发布机构", "agency"),
    ("发文机关", "issuing_agency"),
    ("栏目", "column"),
    ("法定主动公开类别", "art20_category"),
    ("试点领域", "grassroots_field"),
    ("发文字号", "document_number"),
    ("成文日期", "written_date"),
    ("发布时间", "published_at"),
    ("更正时间", "changed_at"),
    ("内容概述", "summary"),
    ("网页地址", "url"),
)


@require_safe
def items(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
    """`items.ndjson` (an item in full a line) or `items.csv` (for a spreadsheet), with the filters of the list."""
    try:
        refuse_unknown(request, ItemFilter.model_fields)
        asked = ItemFilter.model_validate(request.GET.dict())
    except HttpError as error:
        return _refused(error.message)
    except ValidationError as error:
        wrong = "；".join(f"{'.'.join(map(str, each['loc']))}：{each['msg']}" for each in error.errors())
        return _refused(f"参数有误。{wrong}")
    stream, media_type = {"ndjson": (_ndjson, "application/x-ndjson"), "csv": (_csv, "text/csv")}[kind]
    response = StreamingHttpResponse(stream(asked.items()), content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="items.{kind}"'
    return response


def _refused(why: str) -> JsonResponse:
    return JsonResponse({"detail": why}, status=422, json_dumps_params={"ensure_ascii": False})


def _ndjson(found: QuerySet[Item]) -> Iterator[str]:
    for each in _in_steps(found.prefetch_related("topics", "attachments__file", "versions")):
        yield json.dumps(presenting.item(each), cls=DjangoJSONEncoder, ensure_ascii=False) + "\n"


def _csv(found: QuerySet[Item]) -> Iterator[str]:
    records = (presenting.item_summary(each) | {"agency": each.organ.name} for each in _in_steps(found.defer("body")))
    rows = ([record[key] for _, key in _COLUMNS] for record in records)
    return csv_lines(chain([[label for label, _ in _COLUMNS]], rows))


def _in_steps(found: QuerySet[Item]) -> Iterator[Item]:
    """A few hundred at a time, each step beginning after the one before: memory stays flat, and no step is slower."""
    place: Cursor | None = None
    while step := list(after(found, place).select_related("organ", "column")[:_STEP]):
        yield from step
        last = step[-1]
        assert last.published_at is not None
        place = Cursor(last.published_at, last.pk)

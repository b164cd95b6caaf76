"""The addresses of open data, version 1. Read only; what is not public is not there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, NinjaAPI, Path, Query, Status
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer
from pydantic import BaseModel

from gongkai.office.api import presenting, schemas
from gongkai.office.api.cursor import Cursor, CursorInvalid
from gongkai.office.api.filters import ItemFilter, after, refuse_unknown
from gongkai.office.api.ledger_endpoints import router
from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import Column, Item
from gongkai.regulation.disclosure.catalogue import categories, fields

PAGE = 50
LARGEST_PAGE = 200
Code = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,60}$", description="代码")]


class _Chinese(JSONRenderer):
    """JSON with its Chinese as it is: a third of the size, and readable."""

    json_dumps_params: Mapping[str, Any] = MappingProxyType({"ensure_ascii": False})


api = NinjaAPI(
    title="政府信息公开数据",
    version="1",
    description="已经公开的政府信息，供查询、统计和再利用。只读，不需要登记。内容以网页为准。",
    docs_url=None,
    renderer=_Chinese(),
    urls_namespace="api-1",
)


api.add_router("", router)


@api.exception_handler(ValidationError)
def _wrong_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = "；".join(f"{'.'.join(str(part) for part in each['loc'][1:])}：{each['msg']}" for each in error.errors)
    return api.create_response(request, {"detail": f"参数有误。{wrong}"}, status=422)


@api.get("/items", response={200: schemas.ItemPage, 422: schemas.Problem}, tags=["政府信息"], summary="政府信息列表")
def list_items(
    request: HttpRequest,
    asked: Query[ItemFilter],
    cursor: Annotated[str, Query(description="上一页给出的 next", max_length=200)] = "",
    limit: Annotated[int, Query(description="每页条数", ge=1, le=LARGEST_PAGE)] = PAGE,
) -> dict[str, Any]:
    """Public items, newest first. The cost of a page does not grow with its place."""
    refuse_unknown(request, [*ItemFilter.model_fields, "cursor", "limit"])
    try:
        place = Cursor.read(cursor) if cursor else None
    except CursorInvalid:
        raise HttpError(422, "参数有误。cursor 不是本接口给出的，请从第一页开始。") from None
    listed = list(after(asked.items(), place).select_related("organ", "column").defer("body")[: limit + 1])
    shown = listed[:limit]
    last = shown[-1] if len(listed) > limit else None
    return {
        "items": [presenting.item_summary(each) for each in shown],
        "next": Cursor(last.published_at, last.pk).written() if last and last.published_at else None,
    }


@api.get(
    "/items/{item_id}",
    response={200: schemas.Item, 404: schemas.Problem, 410: schemas.Tombstone, 422: schemas.Problem},
    tags=["政府信息"],
    summary="一条政府信息",
)
def get_item(request: HttpRequest, item_id: Annotated[int, Path(ge=1, le=2**63 - 1)]) -> Status[Any]:
    """An item in full; a withdrawn one says when and why it went."""
    found = (
        Item.objects.filter(pk=item_id, published_at__isnull=False)
        .select_related("organ", "column")
        .prefetch_related("topics", "attachments__file", "versions")
        .first()
    )
    if found is None:
        return Status(404, {"detail": "没有这条信息，或者还没有公开。"})
    if found.withdrawn_at:
        return Status(
            410,
            {
                "detail": "这条信息已经撤回，不再公开。",
                "withdrawn_at": found.withdrawn_at,
                "reason": found.withdrawn_reason,
            },
        )
    return Status(200, presenting.item(found))


@api.get("/agencies", response=list[schemas.Agency], tags=["机关和分类"], summary="行政机关")
def list_agencies(request: HttpRequest) -> list[dict[str, Any]]:
    """Every agency, from the root of the tree downwards."""
    return [presenting.agency(organ) for organ in Organ.objects.select_related("parent")]


@api.get("/columns", response=list[schemas.Column], tags=["机关和分类"], summary="栏目和专栏")
def list_columns(request: HttpRequest) -> list[dict[str, Any]]:
    """Every column, topic and part of the statutory catalogue."""
    return [presenting.column(column) for column in Column.objects.select_related("parent")]


@api.get("/categories", response=list[schemas.Category], tags=["机关和分类"], summary="法定主动公开类别")
def list_categories(request: HttpRequest) -> list[dict[str, Any]]:
    """Article 20's fifteen categories."""
    return [
        {"key": each.key, "number": each.number, "label": each.label, "citation": each.citation}
        for each in categories().values()
    ]


@api.get("/fields", response=list[schemas.GrassrootsField], tags=["机关和分类"], summary="26 个试点领域")
def list_fields(request: HttpRequest) -> list[dict[str, Any]]:
    """The 26 fields of the grass-roots standards."""
    return [{"key": each.key, "number": each.number, "label": each.label} for each in fields().values()]


@api.get(
    "/schemas/{name}.json", response={200: dict[str, Any], 404: schemas.Problem}, tags=["说明"], summary="JSON Schema"
)
def json_schema(request: HttpRequest, name: Code) -> Status[Any]:
    """The JSON Schema of a shape: item, item-summary, agency, column."""
    shapes: dict[str, type[BaseModel]] = {
        "item": schemas.Item,
        "item-summary": schemas.ItemSummary,
        "agency": schemas.Agency,
        "column": schemas.Column,
    }
    if name not in shapes:
        return Status(404, {"detail": f"没有这个结构，可以是：{'、'.join(shapes)}。"})
    return Status(200, shapes[name].model_json_schema())

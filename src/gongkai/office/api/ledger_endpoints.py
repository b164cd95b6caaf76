"""Open data of the ledgers: one address a ledger, newest number first, paged by number. What is not public is not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Schema

from gongkai.office.api import ledger_schemas as shapes
from gongkai.office.api.filters import refuse_unknown
from gongkai.office.api.schemas import Problem
from gongkai.office.channels import queries as channels
from gongkai.office.channels.models import Post
from gongkai.office.engagement import queries as engagement
from gongkai.office.engagement.models import Message
from gongkai.office.ledgers.models import STANDING
from gongkai.office.services import queries as services
from gongkai.office.services.models import OnlineCaseCount
from gongkai.regulation.engagement import ELEMENTS

Shape = TypeVar("Shape")
PAGE = 50
LARGEST_PAGE = 200
router = Router(tags=["台账"])


class LedgerFilter(Schema):
    """Which entries, and how many at once. Every filter is optional."""

    agency: str = Field("", description="机关的代码", max_length=40, pattern=r"^[-a-zA-Z0-9_]*$")
    year: int | None = Field(None, description="年份", ge=1949, le=9998)
    before: int | None = Field(None, description="上一页给出的 next：只要编号比它小的", ge=1, le=2**63 - 1)
    limit: int = Field(PAGE, description="每页条数", ge=1, le=LARGEST_PAGE)


class LedgerPage(Schema, Generic[Shape]):
    """A page of entries. `next` asks for the following one; null at the end."""

    entries: list[Shape] = Field(description="本页的记录，编号大的在前")
    next: int | None = Field(description="下一页的起点，作为参数 before 使用；最后一页为 null")


def _page(
    request: HttpRequest,
    asked: LedgerFilter,
    rows: QuerySet[Any],
    day: str,
    shape: Callable[[Any], dict[str, Any]],
) -> dict[str, Any]:
    """A page of entries, the highest number first: it costs the same wherever it stands."""
    refuse_unknown(request, LedgerFilter.model_fields)
    if asked.agency:
        rows = rows.filter(organ__code=asked.agency)
    if asked.year:
        rows = rows.filter(**{f"{day}__gte": date(asked.year, 1, 1), f"{day}__lte": date(asked.year, 12, 31)})
    if asked.before:
        rows = rows.filter(pk__lt=asked.before)
    listed = list(rows.order_by("-pk")[: asked.limit + 1])
    shown = listed[: asked.limit]
    return {
        "entries": [_entry(each) | shape(each) for each in shown],
        "next": shown[-1].pk if len(listed) > asked.limit else None,
    }


def _entry(each: Any) -> dict[str, Any]:
    return {"id": each.pk, "agency": {"code": each.organ.code, "name": each.organ.name}}


def _columns(*names: str) -> Callable[[Any], dict[str, Any]]:
    """Columns as they are, choices by their words."""

    def shape(each: Any) -> dict[str, Any]:
        return {
            name: getattr(each, f"get_{name}_display")()
            if hasattr(each, f"get_{name}_display")
            else getattr(each, name)
            for name in names
        }

    return shape


def _public(item: Any) -> int | None:
    return item.pk if item is not None and item.is_public else None


@router.get("/interpretations", response={200: LedgerPage[shapes.Interpretation], 422: Problem}, summary="政策解读")
def list_interpretations(request: HttpRequest, asked: Query[LedgerFilter]) -> dict[str, Any]:
    """Interpretations."""

    def shape(each: Any) -> dict[str, Any]:
        chosen = [selection.selected_by for selection in each.selections.all() if selection.struck_at is None]
        return _columns("title", "on", "form", "level")(each) | {
            "elements": [ELEMENTS[key] for key in each.elements if key in ELEMENTS],
            "item": _public(each.item),
            "policy_item": _public(each.policy_item),
            "selected_by": chosen,
        }

    return _page(request, asked, engagement.public_interpretations(), "on", shape)


@router.get("/responses", response={200: LedgerPage[shapes.Response], 422: Problem}, summary="回应关切")
def list_responses(request: HttpRequest, asked: Query[LedgerFilter]) -> dict[str, Any]:
    """Responses to public concerns."""

    def shape(each: Any) -> dict[str, Any]:
        return _columns("title", "topic", "raised_at", "responded_at")(each) | {"item": _public(each.item)}

    return _page(request, asked, engagement.public_responses(), "on", shape)


@router.get(
    "/press-conferences", response={200: LedgerPage[shapes.PressConference], 422: Problem}, summary="新闻发布会"
)
def list_press_conferences(request: HttpRequest, asked: Query[LedgerFilter]) -> dict[str, Any]:
    """Press conferences."""

    def shape(each: Any) -> dict[str, Any]:
        return _columns("title", "on", "place", "host", "speakers", "topic")(each) | {"item": _public(each.item)}

    return _page(request, asked, engagement.public_press_conferences(), "on", shape)


@router.get("/consultations", response={200: LedgerPage[shapes.Consultation], 422: Problem}, summary="意见征集")
def list_consultations(request: HttpRequest, asked: Query[LedgerFilter]) -> dict[str, Any]:
    """Consultations."""
    today = localdate()
    opinions = Q(opinions__struck_at=None)
    rows = engagement.public_consultations().annotate(
        received=Count("opinions", filter=opinions),
        adopted=Count("opinions", filter=opinions & Q(opinions__adoption__in=("adopted", "partly"))),
    )

    def shape(each: Any) -> dict[str, Any]:
        columns = _columns("title", "kind", "opens_on", "closes_on", "shortened_reason", "ways", "answered_on")(each)
        return columns | {
            "state": engagement.state_on(each, today)[0],
            "opinions_received": each.received,
            "opinions_adopted": each.adopted,
            "draft_item": _public(each.draft_item),
            "result_item": _public(each.result_item),
        }

    return _page(request, asked, rows, "opens_on", shape)


@router.get("/messages", response={200: LedgerPage[shapes.Message], 422: Problem}, summary="留言选登")
def list_messages(request: HttpRequest, asked: Query[LedgerFilter]) -> dict[str, Any]:
    """Messages whose senders consented, in the words that were reviewed."""

    def shape(each: Message) -> dict[str, Any]:
        return {
            "subject": each.public_subject,
            "kind": each.get_kind_display(),
            "received_on": each.on,
            "answered_on": each.answered_on,
            "working_days": each.working_days,
            "content": each.public_content,
            "answer": each.public_answer,
        }

    return _page(request, asked, engagement.shown_messages(), "on", shape)


@router.get("/service-items", response={200: LedgerPage[shapes.ServiceItem], 422: Problem}, summary="政务服务事项")
def list_service_items(request: HttpRequest, asked: Query[LedgerFilter]) -> dict[str, Any]:
    """Service items."""
    names = (
        "name", "item_type", "level", "base_code", "implementation_code", "tags", "legal_basis", "conditions", "materials",
        "steps", "legal_days", "promised_days", "online_depth", "visits", "address", "hours", "consult", "fee_basis",
        "cancelled_on",
    )  # fmt: skip
    return _page(request, asked, services.public_items(), "on", _columns(*names))


@router.get("/service-points", response={200: LedgerPage[shapes.ServicePoint], 422: Problem}, summary="服务网点")
def list_service_points(request: HttpRequest, asked: Query[LedgerFilter]) -> dict[str, Any]:
    """Places that are open to the public."""
    shape = _columns("name", "kind", "address", "hours", "is_all_day", "phone")
    return _page(request, asked, services.points_open(localdate()), "on", shape)


@router.get("/online-service-cases", response={200: LedgerPage[shapes.OnlineCases], 422: Problem}, summary="网上办件")
def list_online_service_cases(request: HttpRequest, asked: Query[LedgerFilter]) -> dict[str, Any]:
    """Monthly counters, each as last corrected."""
    rows = OnlineCaseCount.objects.filter(is_current=True).select_related("organ")
    return _page(request, asked, rows, "month", _columns("month", "cases"))


@router.get("/accounts", response={200: LedgerPage[shapes.Account], 422: Problem}, summary="政务新媒体账号")
def list_accounts(request: HttpRequest, asked: Query[LedgerFilter]) -> dict[str, Any]:
    """Accounts in new media."""

    def shape(each: Any) -> dict[str, Any]:
        return _columns("platform", "name", "handle", "closed_on")(each) | {"page": each.url, "opened_on": each.on}

    return _page(request, asked, channels.public_accounts(), "on", shape)


@router.get("/posts", response={200: LedgerPage[shapes.Post], 422: Problem}, summary="新媒体发布")
def list_posts(request: HttpRequest, asked: Query[LedgerFilter]) -> dict[str, Any]:
    """Posts of these accounts."""
    rows = Post.objects.filter(STANDING, account__struck_at=None).select_related("organ")

    def shape(each: Post) -> dict[str, Any]:
        return _columns("on", "title", "kind")(each) | {"page": each.url, "account": each.account_id}

    return _page(request, asked, rows, "on", shape)

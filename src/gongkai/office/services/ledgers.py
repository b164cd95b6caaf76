"""The ledgers of this room, and what can't be true in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.accounts.policy import Refused
from gongkai.office.ledgers.ledger import Findable, Ledger, Line, Shown, Values
from gongkai.office.ledgers.models import STANDING
from gongkai.office.renderings import keys
from gongkai.office.services import forms, models, words


def listed(noun: str) -> str:
    """The public list of a ledger, and the pages of its entries."""
    return keys.listed("services", noun)


def _item(values: Values, at: datetime) -> Values:
    """An implementation list that an inspection finds nothing wrong with, as far as its fields tell."""
    code = str(values.get("implementation_code") or "").strip().upper()
    if code and (len(code) != words.IMPLEMENTATION_CODE_LENGTH or not code.isalnum() or not code.isascii()):
        raise Refused(
            f"实施编码应当是{words.IMPLEMENTATION_CODE_LENGTH}位字母和数字，现在是{len(code)}位。请照赋码系统填写。"
        )
    base = str(values.get("base_code") or "").strip().upper()
    if code and base and not code.startswith(base):
        raise Refused("实施编码的前面应当是基本编码。请核对两个编码。")
    if not values.get("legal_basis"):
        raise Refused("缺少“设定依据”。没有法律依据的事项不能列入清单。")
    legal, promised = values.get("legal_days"), values.get("promised_days")
    if legal is not None and promised is not None and promised > legal:
        raise Refused(f"承诺{promised}个工作日，长于法定的{legal}个工作日。请核对。")
    if values["case_type"] == "instant" and (promised or 0) > 1:
        raise Refused("即办件当场办结，承诺办结时限填0或者1。需要更长时间的，办件类型选承诺件。")
    for material in values.get("materials") or ():
        if any(phrase in material for phrase in words.CATCH_ALL):
            raise Refused(f"申请材料“{material}”没有说是什么材料（兜底条款）。请逐件列明，或者删去。")
    if values.get("is_charged") and not str(values.get("fee_basis") or "").strip():
        raise Refused("收费的事项，请写明收费项目、标准和依据。")
    cancelled_on = values.get("cancelled_on")
    if cancelled_on is not None and cancelled_on < values["on"]:
        raise Refused(f"取消日期{cancelled_on}早于启用日期{values['on']}。请核对。")
    return {**values, "implementation_code": code, "base_code": base}


def _point(values: Values, at: datetime) -> Values:
    """Closed after it opened."""
    closed_on = values.get("closed_on")
    if closed_on is not None and closed_on < values["on"]:
        raise Refused(f"停用日期{closed_on}早于启用日期{values['on']}。请核对。")
    return values


def _count(values: Values, at: datetime) -> Values:
    """A month that is over, or not over yet; a correction has its reason."""
    month: date = values["month"]
    if month > localdate(at):
        raise Refused(f"{month:%Y年%m月}还没有到，不能报网上办件数。")
    known = models.OnlineCaseCount.objects.filter(organ=values["organ"], month=month, is_current=True).first()
    if known is not None and not str(values.get("reason") or "").strip():
        raise Refused(
            f"{values['organ'].name}{month:%Y年%m月}已经报过{known.cases}件。要更正，请在“更正说明”里写明原因，原来的数会保留。"
        )
    return values


def _settle(entries: list[Any], at: datetime) -> None:
    """Of each agency and month, the last entry that stands is current. The caller is in a transaction."""
    rows = models.OnlineCaseCount.objects
    touched = {(entry.organ_id, entry.month) for entry in entries}
    of_organs = rows.filter(organ__in={organ for organ, _ in touched}, month__in={month for _, month in touched})
    last: dict[tuple[int, date], int] = {}
    for organ, month, pk in of_organs.filter(STANDING).order_by("pk").values_list("organ", "month", "pk"):
        last[organ, month] = pk
    of_organs.filter(is_current=True).update(is_current=False)
    rows.filter(pk__in=last.values()).update(is_current=True)
    for entry in entries:
        entry.is_current = last.get((entry.organ_id, entry.month)) == entry.pk


def _touched(noun: str) -> Any:
    def touched(entries: Iterable[Any]) -> set[str]:
        return {listed(noun)}

    return touched


def _item_path(entry: Any) -> str:
    return reverse("services_item_public", args=[entry.pk])


ITEM = Ledger(
    model=models.ServiceItem,
    form=forms.ServiceItemForm,
    noun="item",
    label="政务服务事项",
    unit="项",
    lead="事项和实施清单。马上办、网上办、就近办、一次办由登记的内容推算。",
    title=lambda entry: entry.name,
    columns=(
        Shown("类型", lambda entry: entry.get_item_type_display()),
        Shown("层级", lambda entry: entry.get_level_display()),
        Shown("承诺时限", lambda entry: "" if entry.promised_days is None else f"{entry.promised_days}个工作日"),
        Shown("标签", lambda entry: "、".join(entry.tags)),
        Shown("状态", lambda entry: f"{entry.cancelled_on}取消" if entry.cancelled_on else "在用"),
    ),
    day="on",
    words=("name", "implementation_code"),
    selectors=("item_type", "level", "online_depth"),
    unique=("implementation_code",),
    derive=_item,
    touched=_touched("item"),
    line=lambda entry: Line(
        entry.name,
        _item_path(entry),
        None,
        entry.organ.name,
        (entry.get_item_type_display(), *entry.tags),
        "已取消" if entry.cancelled_on else "",
    ),
    public_path=_item_path,
    facts=tuple(name for name in forms.ServiceItemForm.base_fields),
    findable=Findable(
        (
            "name",
            "implementation_code",
            "base_code",
            "legal_basis",
            "audience",
            "conditions",
            "materials",
            "steps",
            "address",
            "fee_basis",
            "result",
        ),
        "政务服务事项",
    ),
)
POINT = Ledger(
    model=models.ServicePoint,
    form=forms.ServicePointForm,
    noun="point",
    label="服务网点",
    unit="处",
    lead="办事的地方：地址、服务时间、电话。",
    title=lambda entry: entry.name,
    columns=(
        Shown("类型", lambda entry: entry.get_kind_display()),
        Shown("地址", lambda entry: entry.address),
        Shown("电话", lambda entry: entry.phone),
        Shown("状态", lambda entry: f"{entry.closed_on}停用" if entry.closed_on else "在用"),
    ),
    day="on",
    words=("name", "address"),
    selectors=("kind",),
    unique=("organ", "name"),
    derive=_point,
    touched=_touched("point"),
    line=lambda entry: Line(entry.name, reverse("services_points_public"), None, entry.organ.name, (entry.address,)),
    public_path=lambda entry: reverse("services_points_public"),
    findable=Findable(("name", "address", "phone"), "服务网点", Q(closed_on=None)),
)
CASES = Ledger(
    model=models.OnlineCaseCount,
    form=forms.OnlineCaseCountForm,
    noun="cases",
    label="网上办件",
    unit="条",
    lead="各机关每月的网上办件数。更正是登记新的一条，写明原因；原来的数保留。",
    title=lambda entry: f"{entry.organ.name}{entry.month:%Y年%m月}：{entry.cases}件",
    columns=(
        Shown("月份", lambda entry: f"{entry.month:%Y-%m}"),
        Shown("网上办件数", lambda entry: entry.cases, numeric=True),
        Shown("状态", lambda entry: "现在的数" if entry.is_current else "已被更正"),
    ),
    day="month",
    words=("organ__name", "reason"),
    derive=_count,
    settle=_settle,
    touched=_touched("cases"),
    public_path=lambda entry: reverse("services_cases_of", args=[entry.month.year]),
    changeable=False,
)
LEDGERS = (ITEM, POINT, CASES)

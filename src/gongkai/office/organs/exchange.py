"""Agencies in and out as a workbook: a sheet per thing, recognised by the agency's code.

Importing the same file twice changes nothing the second time. A dry run finds every fault of every row first; nothing is
taken in as long as there is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from gongkai.office.organs import actions, policy
from gongkai.office.organs.models import DisclosureOffice, Duty, Leader, OrderedRow, Organ, Shift, Unit
from gongkai.office.organs.policy import Actor, Refused
from gongkai.office.organs.tables import Row

CODE, PARENT = "机关代码", "上级机关代码"
ORGANS, OFFICES = "机关", "公开机构"
LISTS: dict[str, type[OrderedRow]] = {"法定职责": Duty, "内设机构": Unit, "负责人": Leader, "值班安排": Shift}
_NOT_TYPED = {"id", "path", "parent", "abolished_on", "successor", "organ", "position", "code"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, in Chinese."""

    sheet: str
    row: int
    message: str


@dataclass(slots=True)
class Plan:
    """What an import would do. `actions` counts them; it can be carried out when there is no problem."""

    problems: list[Problem] = field(default_factory=list)
    organs: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)  # code, parent's code, particulars
    offices: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    lists: list[tuple[str, type[OrderedRow], list[dict[str, Any]]]] = field(default_factory=list)
    founded: int = 0
    changed: int = 0
    unchanged: int = 0


def columns(model: type[models.Model]) -> dict[str, models.Field[Any, Any]]:
    """The headings of a sheet and the fields they stand for, in order."""
    found = {
        str(each.verbose_name): each
        for each in model._meta.concrete_fields
        if each.name not in _NOT_TYPED or (model is Organ and each.name == "position")
    }
    return found


def export(organs: models.QuerySet[Organ]) -> dict[str, list[list[object]]]:
    """The sheets of some agencies: six queries, however many they are."""
    chosen = list(organs.select_related("parent").order_by("path"))
    codes = {each.pk: each.code for each in chosen}
    fields = columns(Organ)
    sheets: dict[str, list[list[object]]] = {ORGANS: [[CODE, PARENT, *fields]]}
    for each in chosen:
        values = [_shown(each, one) for one in fields.values()]
        sheets[ORGANS].append([each.code, each.parent.code if each.parent else "", *values])
    others: dict[str, type[models.Model]] = {OFFICES: DisclosureOffice, **LISTS}
    for name, model in others.items():
        fields = columns(model)
        order = ["organ__path"] if model is DisclosureOffice else ["organ__path", "position"]
        rows = model._default_manager.filter(organ__in=organs).order_by(*order)
        sheets[name] = [[CODE, *fields]]
        sheets[name] += [[codes[pk], *(_shown(row, one) for one in fields.values())] for pk, row in _owned(rows)]
    return sheets


def _owned(rows: models.QuerySet[Any]) -> Iterator[tuple[int, models.Model]]:
    for row in rows:
        yield row.organ_id, row


def plan(sheets: Mapping[str, list[Row]], *, by: Actor) -> Plan:
    """What importing the sheets would do, with every fault of every row. At most nine queries, whatever the number of rows."""
    made = Plan()
    known = {each.code: each for each in Organ.objects.all()}
    unknown = [name for name in sheets if name not in (ORGANS, OFFICES, *LISTS)]
    if unknown and len(unknown) == len(sheets):
        names = "、".join((ORGANS, OFFICES, *LISTS))
        made.problems.append(Problem(unknown[0], 1, f"没有可以导入的表。表名须是：{names}。CSV 文件请以表名作文件名。"))
    new = _plan_organs(made, sheets.get(ORGANS, []), known, by)
    _plan_offices(made, sheets.get(OFFICES, []), known, new, by)
    for name, kind in LISTS.items():
        if name in sheets:
            _plan_list(made, name, kind, sheets[name], known, new, by)
    return made


@transaction.atomic
def carry_out(made: Plan, *, by: Actor, at: datetime) -> None:
    """Do what a plan without problems says, all of it or nothing.

    Errors: Refused.
    """
    if made.problems:
        raise Refused("导入文件还有错误，一行也没有导入。请先改正全部错误。")
    known = {each.code: each for each in Organ.objects.all()}
    for code, parent_code, particulars in made.organs:
        parent = known.get(parent_code)
        if code not in known:
            known[code] = actions.found(by=by, at=at, parent=parent, code=code, **particulars)
            continue
        organ = actions.change(known[code], by=by, at=at, **particulars)
        if organ.parent_id != (parent.pk if parent else None):
            organ = actions.move(organ, parent, by=by, at=at)
        known[code] = organ
    for code, particulars in made.offices:
        actions.set_disclosure_office(known[code], by=by, at=at, **particulars)
    for code, kind, rows in made.lists:
        actions.set_rows(known[code], kind, rows, by=by, at=at)


def _plan_organs(made: Plan, rows: list[Row], known: dict[str, Organ], by: Actor) -> dict[str, str]:
    """Fills in the agencies, each after its parent. The codes of new ones, each with its parent's."""
    parents = {row.cells.get(CODE, ""): row.cells.get(PARENT, "") for row in rows}
    new = {code: parent for code, parent in parents.items() if code and code not in known}
    credit_codes = {each.credit_code: each.code for each in known.values() if each.credit_code}
    by_pk = {each.pk: each.code for each in known.values()}
    ready: dict[str, tuple[str, str, dict[str, Any]]] = {}
    for row, code, particulars in _typed(made, ORGANS, Organ, rows, once=True):
        parent = parents[code]
        problem = _place_problem(code, parent, known, new, by_pk, by)
        credit = particulars.get("credit_code", "")
        if credit and credit_codes.setdefault(credit, code) != code:
            problem = f"统一社会信用代码 {credit} 已属于“{credit_codes[credit]}”，一个代码只属于一个机关。"
        if code in known and (moved := by_pk.get(known[code].parent_id or 0, "") != parent) and not problem:
            problem = _cycle(code, parent, parents, known, by_pk) if moved else ""
        if problem:
            made.problems.append(Problem(ORGANS, row.number, problem))
            continue
        same = code in known and all(getattr(known[code], name) == value for name, value in particulars.items())
        if same and by_pk.get(known[code].parent_id or 0, "") == parent:
            made.unchanged += 1
            continue
        made.founded += code not in known
        made.changed += code in known
        ready[code] = (code, parent, particulars)
    while ready:
        placed = [code for code in ready if parents[code] not in ready]
        if not placed:
            loop = "、".join(sorted(ready))
            made.problems.append(
                Problem(ORGANS, 1, f"这些机关的上级互相指来指去，成了一个圈：{loop}。请改正上级机关代码。")
            )
            break
        made.organs += [ready.pop(code) for code in placed]
    return new


def _place_problem(
    code: str, parent: str, known: dict[str, Organ], new: dict[str, str], by_pk: dict[int, str], by: Actor
) -> str:
    if parent and parent not in known and parent not in new:
        return f"没有上级机关“{parent}”。请核对代码，或者在同一文件里加上它。"
    if code in known:
        if not policy.administers(by, known[code]):
            return f"您没有“{known[code]}”的系统管理职责，不能修改。请由其系统管理员导入。"
        return ""
    above = _first_known(parent, known, new)
    if above is None and not isinstance(by, str) and not getattr(by, "is_superuser", False):
        return "最上一级机关只能由安装本系统的超级管理员设立。请填写上级机关代码。"
    if above is not None and not policy.administers(by, above):
        return f"您没有“{above}”的系统管理职责，不能在其下设立机关。请由其系统管理员导入。"
    if above is not None and above.abolished_on is not None:
        return f"“{above}”已撤并，不能再有下级机关。"
    return ""


def _first_known(code: str, known: dict[str, Organ], new: dict[str, str]) -> Organ | None:
    seen: set[str] = set()
    while code in new and code not in seen:
        seen.add(code)
        code = new[code]
    return known.get(code)


def _cycle(code: str, parent: str, parents: dict[str, str], known: dict[str, Organ], by_pk: dict[int, str]) -> str:
    seen = {code}
    while parent:
        if parent in seen:
            return "上级机关是它自己或者它的下级，隶属关系成了一个圈。请改正上级机关代码。"
        seen.add(parent)
        parent = parents.get(parent) or (by_pk.get(known[parent].parent_id or 0, "") if parent in known else "")
    return ""


def _plan_offices(made: Plan, rows: list[Row], known: dict[str, Organ], new: dict[str, str], by: Actor) -> None:
    standing = {each.organ.code: each for each in DisclosureOffice.objects.select_related("organ")} if rows else {}
    for row, code, particulars in _typed(made, OFFICES, DisclosureOffice, rows, once=True):
        if problem := _owner_problem(code, known, new, by):
            made.problems.append(Problem(OFFICES, row.number, problem))
            continue
        office = standing.get(code)
        if office and all(getattr(office, name) == value for name, value in particulars.items()):
            made.unchanged += 1
        else:
            made.changed += 1
            made.offices.append((code, particulars))


def _plan_list(
    made: Plan,
    sheet: str,
    kind: type[OrderedRow],
    rows: list[Row],
    known: dict[str, Organ],
    new: dict[str, str],
    by: Actor,
) -> None:
    names = actions.row_fields(kind)
    wanted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row, code, particulars in _typed(made, sheet, kind, rows, once=False):
        if problem := _owner_problem(code, known, new, by):
            made.problems.append(Problem(sheet, row.number, problem))
        else:
            wanted[code].append(dict.fromkeys(names, "") | particulars)
    standing: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for values in kind._default_manager.order_by("organ", "position").values("organ__code", *names):
        standing[values.pop("organ__code")].append(values)
    for code, particulars_of_rows in wanted.items():
        if standing[code] == particulars_of_rows:
            made.unchanged += len(particulars_of_rows)
        else:
            made.changed += len(particulars_of_rows)
            made.lists.append((code, kind, particulars_of_rows))


def _owner_problem(code: str, known: dict[str, Organ], new: dict[str, str], by: Actor) -> str:
    if code not in known and code not in new:
        return f"没有代码为“{code}”的机关。请核对代码，或者在“{ORGANS}”表里加上它。"
    owner = known.get(code) or _first_known(code, known, new)
    if owner is not None and not policy.administers(by, owner):
        return f"您没有“{owner}”的系统管理职责，不能导入它的信息。"
    return ""


def _typed(
    made: Plan, sheet: str, model: type[models.Model], rows: list[Row], *, once: bool
) -> Iterator[tuple[Row, str, dict[str, Any]]]:
    """The rows whose cells are what their columns hold; the others are noted as problems.

    A column that is not in the file is left as it is; an empty cell means empty.
    """
    fields = columns(model)
    seen: dict[str, int] = {}
    for row in rows:
        code = row.cells.get(CODE, "")
        messages = [] if code else [f"缺少“{CODE}”。"]
        if once and code in seen:
            messages.append(f"机关代码“{code}”与第 {seen[code]} 行重复。")
        seen.setdefault(code, row.number)
        particulars: dict[str, Any] = {}
        for heading, one in fields.items():
            if heading in row.cells or (not one.blank and not one.has_default()):
                try:
                    particulars[one.name] = _value(one, row.cells.get(heading, ""))
                except ValidationError as error:
                    messages.append(f"“{heading}”{'；'.join(error.messages)}")
        if model is Organ and code:
            try:
                Organ._meta.get_field("code").clean(code, None)
            except ValidationError:
                messages.append(f"机关代码“{code}”只能用字母、数字、连字符和下划线。")
        if messages:
            made.problems.append(Problem(sheet, row.number, " ".join(messages)))
        else:
            yield row, code, particulars


def _value(one: models.Field[Any, Any], text: str) -> Any:
    if one.choices:
        by_label = {str(label): value for value, label in one.flatchoices}
        if text not in by_label and text not in by_label.values():
            raise ValidationError(f"须是：{'、'.join(by_label)}。")
        return by_label.get(text, text)
    if not text and one.blank:
        return "" if not one.null else None
    if not text and one.has_default():
        return one.get_default()
    if isinstance(one, models.DateField) and text:
        try:
            return date.fromisoformat(text.replace("/", "-").replace(".", "-"))
        except ValueError:
            raise ValidationError(f"“{text}”不是日期，请写成 2024-05-01。") from None
    return one.clean(text, None)


def _shown(thing: models.Model, one: models.Field[Any, Any]) -> object:
    if one.choices:
        return getattr(thing, f"get_{one.name}_display")()
    return getattr(thing, one.name)

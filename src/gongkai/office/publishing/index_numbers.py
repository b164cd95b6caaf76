"""Index numbers (索引号): which one an item gets. The syntax is the law's (`regulation.disclosure.index_number`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from gongkai.office.accounts.policy import Refused
from gongkai.office.organs.models import Organ
from gongkai.office.organs.queries import site
from gongkai.office.publishing.models import IndexSequence, Item
from gongkai.regulation.disclosure.catalogue import categories
from gongkai.regulation.disclosure.index_number import IndexNumberRule, SequenceExhausted, TemplateInvalid

_PART_LABELS = {
    "uscc": "统一社会信用代码",
    "organisation": "组织机构代码",
    "region": "行政区划代码",
    "agency": "机关代码（只能是十二位以内的字母、数字）",
    "category": "法定主动公开类别",
}


def rule() -> IndexNumberRule:
    """The site's rule. Errors: TemplateInvalid when its template could not number items."""
    return IndexNumberRule(site().index_number_template)


def missing_part(organ: Organ, category: str, *, on: date) -> str:
    """What an agency lacks for having index numbers, in Chinese; empty when it lacks nothing."""
    try:
        asked = rule()
    except TemplateInvalid:
        return "网站的索引号规则写得不对，不能编号"
    parts = _parts(organ, category, on)
    for name, label in _PART_LABELS.items():
        if f"{{{name}}}" in asked.template and not _fits(name, parts):
            return f"{organ.name}没有登记{label}"
    return ""


def give(organ: Organ, category: str, *, on: date) -> str:
    """The next number of an agency, in the caller's transaction: two items at once stand in line for it.

    A transaction that fails gives its number back. Errors: Refused when the agency lacks a part or the digits are used up.
    """
    if missing := missing_part(organ, category, on=on):
        raise Refused(f"编不出索引号：{missing}。请系统管理员先补上，再发布。")
    asked, parts = rule(), _parts(organ, category, on)
    scope = asked.scope(parts)
    row = IndexSequence.objects.select_for_update().get_or_create(scope=scope)[0]
    try:
        while True:
            row.last += 1
            number = asked.number(parts, row.last)
            # Numbers that came with an import may lie ahead of the sequence.
            if not Item.objects.filter(index_number=number).exists():
                break
    except SequenceExhausted:
        raise Refused(f"索引号“{scope}”的流水号已经用完。请系统管理员把索引号规则中的流水号加宽。") from None
    row.save(update_fields=["last"])
    return number


def give_many(wanted: Sequence[tuple[Organ, str, date]]) -> list[str]:
    """The next numbers for agencies, categories and days, in their order: the sequences are each locked once.

    Errors: Refused as `give`.
    """
    asked = rule()
    rows: dict[str, IndexSequence] = {}
    numbers = []
    for organ, category, on in wanted:
        parts = _parts(organ, category, on)
        try:
            scope = asked.scope(parts)
        except ValueError:
            raise Refused(
                f"编不出索引号：{missing_part(organ, category, on=on)}。请系统管理员先补上，再导入。"
            ) from None
        if scope not in rows:
            rows[scope] = IndexSequence.objects.select_for_update().get_or_create(scope=scope)[0]
        rows[scope].last += 1
        try:
            numbers.append(asked.number(parts, rows[scope].last))
        except SequenceExhausted:
            raise Refused(f"索引号“{scope}”的流水号已经用完。请系统管理员把索引号规则中的流水号加宽。") from None
    IndexSequence.objects.bulk_update(rows.values(), ["last"], batch_size=500)
    return numbers


def claim(numbers: Iterable[str]) -> None:
    """Move the sequences past numbers that came from elsewhere (an import), so that none is looked for one by one."""
    asked = rule()
    furthest: dict[str, int] = {}
    for number in numbers:
        if parts := asked.parse(number):
            scope = asked.scope({name: value for name, value in parts.items() if name != "seq"})
            furthest[scope] = max(furthest.get(scope, 0), int(parts["seq"]))
    for scope, last in sorted(furthest.items()):
        row = IndexSequence.objects.select_for_update().get_or_create(scope=scope)[0]
        if row.last < last:
            row.last = last
            row.save(update_fields=["last"])


def _parts(organ: Organ, category: str, on: date) -> dict[str, str]:
    known = categories().get(category)
    return {
        "uscc": organ.credit_code,
        "organisation": organ.organisation_code,
        "region": organ.region_code,
        "agency": organ.code,
        "category": f"{known.number:02d}" if known else "",
        "yyyy": f"{on:%Y}",
        "yyyymm": f"{on:%Y%m}",
        "yyyymmdd": f"{on:%Y%m%d}",
    }


def _fits(name: str, parts: dict[str, str]) -> bool:
    try:
        IndexNumberRule(f"{{{name}}}-{{seq:01d}}").scope(parts)
    except ValueError:
        return False
    return True

"""The standard catalogue (基层政务公开标准目录) as a table: a sheet a field, a line a matter, in and out of files and forms.

The headings are those of the official table, with the code of the column of the site that belongs to a matter behind
them. Source: grassroots-2019 (国办发〔2019〕54号).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.office.organs.models import Organ
from gongkai.office.organs.tables import Row
from gongkai.office.publishing.models import CatalogueRow, Column
from gongkai.regulation.disclosure import catalogue

NUMBER, COLUMN_CODE = "序号", "栏目代码"
HEADINGS = (*(each.label for each in catalogue.columns()), COLUMN_CODE)
"""The headings of a sheet, from left to right."""
NATURAL_DAY = "natural_day"
TICK = "√"
_LONGEST = {"一级事项": 100, "二级事项": 100, "公开主体": 100, "特定群体": 100}
_LONGEST_LIMIT = 20
_DAYS = re.compile(r"(\d+)\s*个?\s*(工作日|自然日)")
_TICKED, _EMPTY = frozenset("√✓✔是■☑1"), frozenset({"", "否", "□", "0", "—", "-", "/"})


@dataclass(frozen=True, slots=True)
class Matter:
    """A line of a standard catalogue as it is to stand; `row` is the stored row it takes the place of, where known."""

    item_level1: str
    item_level2: str = ""
    content_elements: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    time_limit: str = ""
    time_limit_days: int | None = None
    responsible_organ: int | None = None
    responsible_body: str = ""
    channels: tuple[str, ...] = ()
    specific_audience: str = ""
    on_application: bool = False
    level_county: bool = True
    level_township_village: bool = False
    column: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line, in Chinese. `row` counts the lines of the sheet, the heading included."""

    sheet: str
    row: int
    heading: str
    message: str


@dataclass(slots=True)
class Plan:
    """What a file holds: the matters of each field it names. It can be carried out when there is no problem."""

    fields: dict[str, list[Matter]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Known:
    """What lines may name, loaded once: agencies by name, short name and code, columns by code."""

    def __init__(self) -> None:
        self.organs: dict[str, int] = {}
        for pk, *names in Organ.objects.filter(abolished_on=None).values_list("pk", "short_name", "name", "code"):
            self.organs.update((name, pk) for name in names if name)
        self.columns = dict(Column.objects.values_list("code", "pk"))


def plan(sheets: Mapping[str, Sequence[Row]]) -> Plan:
    """The matters of a file's sheets, with every fault of every line; a sheet is named like its field."""
    keys = {each.label: key for key, each in catalogue.fields().items()}
    keys |= {name: key for key, each in catalogue.fields().items() for name in each.also_called}
    made, known = Plan(), Known()
    for sheet, rows in sheets.items():
        if sheet not in keys:
            named = "、".join(each.label for each in catalogue.fields().values())
            message = f"没有“{sheet}”这个领域。工作表（或者 CSV 文件）以领域的名称命名：{named}。"
            made.problems.append(Problem(sheet, 1, "", message))
            continue
        matters = made.fields.setdefault(keys[sheet], [])
        for each in rows:
            matter, faults = matter_of(each.cells, known)
            matters.append(matter)
            made.problems += [Problem(sheet, each.number, heading, message) for heading, message in faults]
        if not rows:
            message = "表里没有一行事项。要清空一个领域的目录，请在页面上逐项删除，以免误传空表。"
            made.problems.append(Problem(sheet, 1, "", message))
    return made


def matter_of(cells: Mapping[str, str], known: Known) -> tuple[Matter, list[tuple[str, str]]]:
    """A line's cells as a matter, and what is wrong with them, by heading."""
    faults = [
        (heading, f"超过 {most} 个字，请写得短些。")
        for heading, most in _LONGEST.items()
        if len(cells.get(heading, "")) > most
    ]
    if not cells.get("一级事项"):
        faults.append(("一级事项", "没有填写。每一行至少要有一级事项。"))
    limit = cells.get("公开时限", "")
    days = _DAYS.search(limit)
    if not days and len(limit) > _LONGEST_LIMIT:
        faults.append(("公开时限", "请写“20个工作日内”“7个自然日内”，或者实时公开、及时公开、长期公开。"))
    column = cells.get(COLUMN_CODE, "")
    if column and column not in known.columns:
        faults.append((COLUMN_CODE, f"没有代码为“{column}”的栏目。代码见“栏目”页面，没有对应的栏目就不填。"))
    ticks = {}
    for heading in ("全社会", "主动", "依申请", "县级", "乡、村级"):
        mark = cells.get(heading, "")
        ticks[heading] = mark in _TICKED
        if mark not in _TICKED | _EMPTY:
            faults.append((heading, f"“{mark}”看不出是不是勾选。请打“{TICK}”，或者留空。"))
    if ticks["全社会"] and cells.get("特定群体"):
        faults.append(("特定群体", "既勾了全社会，又写了特定群体。请只留一样。"))
    body = cells.get("公开主体", "")
    organ = known.organs.get(body)
    matter = Matter(
        item_level1=cells.get("一级事项", ""),
        item_level2=cells.get("二级事项", ""),
        content_elements=_parts(cells.get("公开内容（要素）", ""), "\n；;"),
        legal_basis=_parts(cells.get("公开依据", ""), "\n；;"),
        time_limit=_limit(limit, days),
        time_limit_days=int(days[1]) if days else None,
        responsible_organ=organ,
        responsible_body="" if organ else body,
        channels=tuple(_CHANNELS.get(each, each) for each in _parts(cells.get("公开渠道和载体", ""), "\n；;、 ■")),
        specific_audience=cells.get("特定群体", ""),
        on_application=ticks["依申请"] and not ticks["主动"],
        level_county=ticks["县级"],
        level_township_village=ticks["乡、村级"],
        column=known.columns.get(column),
    )
    return matter, faults


def cells_of(row: CatalogueRow) -> dict[str, str]:
    """A stored row as the cells of its line; what `matter_of` turns back into the same matter."""
    labels = {key: each.label for key, each in catalogue.channels().items()}
    return {
        NUMBER: str(row.number),
        "一级事项": row.item_level1,
        "二级事项": row.item_level2,
        "公开内容（要素）": "\n".join(row.content_elements),
        "公开依据": "\n".join(row.legal_basis),
        "公开时限": limit_words(row),
        "公开主体": row.responsible_organ.name if row.responsible_organ else row.responsible_body,
        "公开渠道和载体": "、".join(labels.get(each, each) for each in row.channels),
        "全社会": "" if row.specific_audience else TICK,
        "特定群体": row.specific_audience,
        "主动": "" if row.on_application else TICK,
        "依申请": TICK if row.on_application else "",
        "县级": TICK if row.level_county else "",
        "乡、村级": TICK if row.level_township_village else "",
        COLUMN_CODE: row.column.code if row.column else "",
    }


def export(fields: Iterable[str]) -> dict[str, list[list[str]]]:
    """The sheets of some fields. One query, however many they are."""
    rows = defaultdict(list)
    wanted = list(fields)
    for row in CatalogueRow.objects.filter(field__in=wanted).select_related("responsible_organ", "column"):
        rows[row.field].append(row)
    return {
        catalogue.fields()[key].label: [
            list(HEADINGS),
            *([cells_of(row)[heading] for heading in HEADINGS] for row in rows[key]),
        ]
        for key in wanted
    }


def limit_words(row: CatalogueRow) -> str:
    """The time limit of a row in words."""
    if row.time_limit_days:
        return f"{row.time_limit_days}个{'自然日' if row.time_limit == NATURAL_DAY else '工作日'}内"
    limits = catalogue.unmeasured_limits()
    return limits[row.time_limit].label if row.time_limit in limits else row.time_limit


def _limit(words: str, days: re.Match[str] | None) -> str:
    """What is stored of a time limit besides its days: the kind of day, the key of a limit without days, or the words."""
    if days:
        return NATURAL_DAY if days[2] == "自然日" else ""
    return next(
        (key for key, each in catalogue.unmeasured_limits().items() if words and words[:2] == each.label[:2]), words
    )


def _parts(cell: str, separators: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(f"[{re.escape(separators)}]", cell) if part.strip())


_CHANNELS = {each.label: key for key, each in catalogue.channels().items()}

"""What a row of an import means: an item with its agency, column and dates, or the reasons why it can't be one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.importing.reading import Row
from gongkai.office.publishing.models import Column
from gongkai.regulation.disclosure.catalogue import categories, fields
from gongkai.regulation.disclosure.document_number import read_document_number

HEADINGS: Mapping[str, str] = {
    "标题": "title",
    "正文": "body",
    "栏目": "column",
    "专栏": "topics",
    "发布机构": "organ",
    "发布日期": "published_at",
    "原编号": "identifier",
    "索引号": "index_number",
    "附件": "attachments",
    "内容概述": "summary",
    "关键词": "keywords",
    "法定主动公开类别": "art20_category",
    "试点领域": "grassroots_field",
    "主题分类": "topic_category",
    "体裁分类": "genre_category",
    "服务对象分类": "audience_category",
    "生命周期分类": "lifecycle_category",
    "发文机关": "issuing_agency",
    "发文字号": "document_number",
    "成文日期": "written_date",
    "生成日期": "formed_date",
    "生效日期": "effective_date",
    "废止（失效）日期": "expiry_date",
    "信息来源": "source",
    "来源网址": "source_url",
    "转载": "is_reprint",
    "行政规范性文件": "is_normative_document",
    "信息格式、语种": "format_language",
}
"""The headings of a file and what they are; JSON may use either name."""
REQUIRED = ("标题", "栏目", "发布机构", "发布日期")
_KEYS = frozenset(HEADINGS.values())
_LONGEST = {"title": 300, "summary": 300, "document_number": 80, "issuing_agency": 120, "source": 120}
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_MOMENT = re.compile(rf"{_DAY.pattern}(?:[ T](\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?)?")
_BEIJING = ZoneInfo("Asia/Shanghai")
_YES, _NO = frozenset(("是", "1", "true", "y", "√")), frozenset(("", "否", "0", "false", "n"))


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row can't be imported: the row, the heading it is about (empty: the whole row), what is wrong and what to do."""

    row: int
    heading: str
    message: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row understood: an item as the old site published it. `attachments` are paths inside the import's folder."""

    row: int
    organ: int
    column: int
    published_at: datetime
    identifier: str
    index_number: str
    topics: tuple[int, ...]
    attachments: tuple[str, ...]
    fields: Mapping[str, object] = field(default_factory=dict)


class Places:
    """The agencies and columns that rows may name, by code or by name, looked up once."""

    def __init__(self) -> None:
        listed = list(Organ.objects.all())
        self._organs = {organ.pk: organ for organ in listed}
        columns = Column.objects.values_list("pk", "code", "name", "art20_category")
        self.organs = _by_name((organ.pk, (organ.code, organ.name, organ.short_name)) for organ in listed)
        self.columns = _by_name((pk, (code, name)) for pk, code, name, _ in columns)
        self.category_of = {pk: category for pk, _, _, category in columns}

    def organ(self, pk: int) -> Organ:
        """An agency by its id."""
        return self._organs[pk]


def understand(row: Row, places: Places, folder: Path | None) -> Incoming | list[RowError]:
    """What a row says, or everything that is wrong with it at once. `folder` is where attachments are, None: there are none."""
    return _Reading(row, places, folder).result()


class _Reading:
    """One row being read; what is wrong is collected, so that a clerk mends a row in one go."""

    def __init__(self, row: Row, places: Places, folder: Path | None) -> None:
        self.row, self.places, self.folder = row, places, folder
        self.values = {HEADINGS.get(name, name): value for name, value in row.values.items()}
        self.errors: list[RowError] = []

    def result(self) -> Incoming | list[RowError]:
        for heading in REQUIRED:
            if not self._value(heading):
                self._wrong(heading, "没有填写")
        for name in self.values:
            if name not in _KEYS:
                self._wrong(name, "不认识这个表头；可用的表头见导入说明")
        organ = self._place("发布机构", self.places.organs)
        column = self._place("栏目", self.places.columns)
        topics = tuple(self._place("专栏", self.places.columns, name) for name in _listed(self._value("专栏")))
        published_at = self._moment("发布日期")
        attachments = tuple(self._attachment(name) for name in _listed(self._value("附件")))
        fields_read = self._fields(column)
        if self.errors or organ is None or column is None or published_at is None:
            return self.errors
        return Incoming(
            row=self.row.number,
            organ=organ,
            column=column,
            published_at=published_at,
            identifier=self._value("原编号"),
            index_number=self._value("索引号"),
            topics=tuple(topic for topic in topics if topic is not None),
            attachments=attachments,
            fields=fields_read,
        )

    def _fields(self, column: int | None) -> dict[str, object]:
        read: dict[str, object] = {
            "title": self._short("标题"),
            "body": self._value("正文"),
            "summary": self._short("内容概述"),
            "keywords": tuple(_listed(self._value("关键词"))),
            "art20_category": self._category(column),
            "grassroots_field": self._field(),
            "document_number": self._document_number(),
        }
        for heading in ("主题分类", "体裁分类", "服务对象分类", "生命周期分类", "来源网址", "信息格式、语种"):
            read[HEADINGS[heading]] = self._value(heading)
        for heading in ("发文机关", "信息来源"):
            read[HEADINGS[heading]] = self._short(heading)
        for heading in ("成文日期", "生成日期", "生效日期", "废止（失效）日期"):
            read[HEADINGS[heading]] = self._day(heading)
        for heading in ("转载", "行政规范性文件"):
            read[HEADINGS[heading]] = self._yes(heading)
        if not read["issuing_agency"]:
            read["issuing_agency"] = self._value("发布机构")
        self._check_order(read["effective_date"], read["expiry_date"])
        return read

    def _value(self, heading: str) -> str:
        return self.values.get(HEADINGS[heading], "")

    def _wrong(self, heading: str, message: str) -> None:
        self.errors.append(RowError(self.row.number, heading, message))

    def _short(self, heading: str) -> str:
        value = self._value(heading)
        longest = _LONGEST[HEADINGS[heading]]
        if len(value) > longest:
            self._wrong(heading, f"有 {len(value)} 个字，最多 {longest} 个字")
        return value

    def _place(self, heading: str, known: Mapping[str, int | None], name: str | None = None) -> int | None:
        written = self._value(heading) if name is None else name
        if not written:
            return None
        if written not in known:
            self._wrong(heading, f"没有“{written}”，请先建立，或改用已有的名称、代码")
            return None
        if known[written] is None:
            self._wrong(heading, f"“{written}”不止一个，请改用代码")
        return known[written]

    def _day(self, heading: str) -> date | None:
        written = self._value(heading)
        if not written:
            return None
        moment = self._moment(heading)
        return moment.date() if moment else None

    def _moment(self, heading: str) -> datetime | None:
        written = self._value(heading)
        if not written:
            return None
        found = _MOMENT.fullmatch(written)
        try:
            if found is None:
                raise ValueError
            year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=_BEIJING)
        except ValueError:
            self._wrong(heading, f"“{written}”不是日期，请写成 2020-04-12 或 2020-04-12 09:30")
            return None

    def _yes(self, heading: str) -> bool:
        written = self._value(heading).lower()
        if written not in _YES | _NO:
            self._wrong(heading, f"“{written}”不明确，请写“是”或“否”")
        return written in _YES

    def _category(self, column: int | None) -> str:
        """Article 20's category, as written or as the column's."""
        written = self._value("法定主动公开类别")
        if not written:
            return self.places.category_of.get(column, "") if column else ""
        key = _categories().get(written)
        if key is None:
            self._wrong("法定主动公开类别", f"“{written}”不是《条例》第二十条的类别，请写类别名称、序号或代码")
        return key or ""

    def _field(self) -> str:
        written = self._value("试点领域")
        key = _fields().get(written) if written else ""
        if key is None:
            self._wrong("试点领域", f"“{written}”不是 26 个试点领域之一")
        return key or ""

    def _document_number(self) -> str:
        """The number in its one form where it can be read; as the old site wrote it where not."""
        written = self._short("发文字号")
        number = read_document_number(written).number if written else None
        return str(number) if number else written

    def _attachment(self, name: str) -> str:
        if self.folder is None:
            self._wrong("附件", f"写了“{name}”，但没有给出附件文件夹")
        elif not _inside(self.folder, name):
            self._wrong("附件", f"附件文件夹里没有“{name}”")
        return name

    def _check_order(self, effective: object, expiry: object) -> None:
        if isinstance(effective, date) and isinstance(expiry, date) and expiry < effective:
            self._wrong("废止（失效）日期", "早于生效日期")


def _inside(folder: Path, name: str) -> bool:
    """A file of the folder, and not one that its name leads out of it."""
    path = (folder / name).resolve()
    return path.is_relative_to(folder.resolve()) and path.is_file()


def _listed(value: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;；\n]", value) if part.strip()]


def _by_name(entries: Iterable[tuple[int, Sequence[str]]]) -> dict[str, int | None]:
    """Ids by every name they go by; None where a name means more than one."""
    found: dict[str, int | None] = {}
    for pk, names in entries:
        for name in {name for name in names if name}:
            found[name] = pk if found.get(name, pk) == pk else None
    return found


@cache
def _categories() -> dict[str, str]:
    return {name: each.key for each in categories().values() for name in (each.key, each.label, str(each.number))}


@cache
def _fields() -> dict[str, str]:
    return {
        name: each.key
        for each in fields().values()
        for name in (each.key, each.label, str(each.number), *each.also_called)
    }

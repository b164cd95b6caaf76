"""The forms of the staff's screens: shape only. What may be said and done is asked of the pre-check and the actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from gongkai.office.accounts import typed
from gongkai.office.organs.models import Organ
from gongkai.office.publishing import standard_table
from gongkai.office.publishing.body import from_typed
from gongkai.office.publishing.content import AttachedFile, Content
from gongkai.office.publishing.labels import DECISION_LABELS, FIELD_LABELS, MODE_LABELS
from gongkai.office.publishing.models import CatalogueRow, Column
from gongkai.regulation.disclosure.catalogue import categories, fields

GROUPS = (
    ("标题和正文", ("title", "body", "summary", "keywords")),
    ("放在哪里", ("column", "topics", "art20_category", "grassroots_field", "catalogue_row")),
    (
        "文件要素",
        (
            "issuing_agency", "document_number", "formed_date", "written_date", "effective_date", "expiry_date",
            "is_normative_document",
        ),
    ),
    ("来源", ("source", "is_reprint", "source_url")),
    (
        "其他",
        (
            "disclosure_mode", "numbers_are_official", "topic_category", "genre_category", "audience_category",
            "lifecycle_category", "format_language",
        ),
    ),
)  # fmt: skip
"""The fields in the order somebody fills them in."""

_HINTS = {
    "title": "与文件标题一致，不加“关于转发……的转发”之类的套叠。",
    "body": "可以直接粘贴 Word、WPS、网页里的文字和表格，字体颜色会去掉，表格保留。",
    "summary": "一百字以内，说清是什么事、对谁、从什么时候起。",
    "keywords": "用顿号或逗号分开，两三个即可。",
    "column": "只能选到最末一级。",
    "art20_category": "《政府信息公开条例》第二十条的十五类，年度报告按它统计。",
    "document_number": "如 青政办〔2024〕8号；方括号会自动提醒改成六角括号。",
    "formed_date": "从这一天起算二十个工作日的公开期限。",
    "numbers_are_official": "勾选表示：文中的电话、账号都是单位办公所用，不是个人的。",
    "is_reprint": "转载必须写明信息来源；上面的发文机关要改成原来发文的机关。",
    "correction_note": "会公开显示：改了什么、为什么改。",
}
_SEPARATORS = "、,，;； \t\r\n"


class ItemForm(forms.Form):
    """What an editor fills in."""

    title = forms.CharField(max_length=300)
    body = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 18, "data-rich": "1"}))
    summary = forms.CharField(required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    keywords = forms.CharField(required=False, max_length=200)
    column = forms.TypedChoiceField(coerce=int)
    topics = forms.TypedMultipleChoiceField(required=False, coerce=int, widget=forms.CheckboxSelectMultiple)
    art20_category = forms.ChoiceField(required=False)
    grassroots_field = forms.ChoiceField(required=False)
    catalogue_row = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    issuing_agency = forms.CharField(required=False, max_length=120)
    document_number = forms.CharField(required=False, max_length=80)
    formed_date = forms.DateField(required=False)
    written_date = forms.DateField(required=False)
    effective_date = forms.DateField(required=False)
    expiry_date = forms.DateField(required=False)
    is_normative_document = forms.BooleanField(required=False)
    source = forms.CharField(required=False, max_length=120)
    is_reprint = forms.BooleanField(required=False)
    source_url = forms.URLField(required=False, max_length=500, assume_scheme="https")
    disclosure_mode = forms.ChoiceField(choices=list(MODE_LABELS.items()))
    numbers_are_official = forms.BooleanField(required=False)
    topic_category = forms.CharField(required=False, max_length=60)
    genre_category = forms.CharField(required=False, max_length=60)
    audience_category = forms.CharField(required=False, max_length=60)
    lifecycle_category = forms.CharField(required=False, max_length=60)
    format_language = forms.CharField(required=False, max_length=60)
    correction_note = forms.CharField(required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, organ: Organ, *, on: date, attachments: Iterable[AttachedFile] = (), **more: Any) -> None:
        super().__init__(**more)
        self.kept = tuple(attachments)
        here = Column.objects.filter(Q(organ=None) | Q(organ=organ)).filter(Q(closed_on=None) | Q(closed_on__gt=on))
        columns, topics = here.exclude(kind=Column.Kind.TOPIC), here.filter(kind=Column.Kind.TOPIC)
        self._choices("column", [("", "请选择"), *_leaves(columns)])
        self._choices("topics", [(each.pk, each.name) for each in topics])
        self._choices(
            "art20_category", [("", "请选择")] + [(k, f"（{c.number}）{c.label}") for k, c in categories().items()]
        )
        self._choices("grassroots_field", [("", "不属于试点领域")] + [(k, f.label) for k, f in fields().items()])
        self._choices("catalogue_row", [("", "不对应"), *_rows(organ)])
        for name, field in self.fields.items():
            field.label = FIELD_LABELS.get(name, "正文")
            field.help_text = _HINTS.get(name, "")
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def content(self, before: Content | None) -> Content:
        """What was filled in; attachments are those kept, in the order asked for."""
        filled = dict(self.cleaned_data)
        filled.pop("edition")
        words = filled["keywords"]
        for mark in _SEPARATORS:
            words = words.replace(mark, "、")
        filled["keywords"] = tuple(word for word in words.split("、") if word)
        filled["topics"] = tuple(filled["topics"])
        filled["body"] = from_typed(filled["body"])
        kept = self._attachments()
        return replace(before, **filled, attachments=kept) if before else Content(**filled, attachments=kept)

    def _attachments(self) -> tuple[AttachedFile, ...]:
        def place(numbered: tuple[int, AttachedFile]) -> tuple[int, int]:
            number, _ = numbered
            written = self.data.get(f"attachment-{number}-place", "")
            chosen = typed.number(written)
            return (number if chosen is None else chosen, number)

        ordered = sorted(enumerate(self.kept, start=1), key=place)
        return tuple(each for number, each in ordered if not self.data.get(f"attachment-{number}-remove"))

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def initial_of(content: Content) -> dict[str, Any]:
    """A content as the form shows it."""
    values = {name: getattr(content, name) for name in ItemForm.base_fields if hasattr(content, name)}
    return {**values, "keywords": "、".join(content.keywords), "topics": list(content.topics)}


class SecrecyForm(forms.Form):
    """The secrecy review."""

    decision = forms.ChoiceField(label="审查结论", choices=list(DECISION_LABELS.items()), widget=forms.RadioSelect)
    basis = forms.CharField(label="审查依据", widget=forms.Textarea(attrs={"rows": 2}), max_length=500)


class ScheduleForm(forms.Form):
    """The hour of publication."""

    publish_at = forms.DateTimeField(
        label="公开时间",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class ColumnForm(forms.Form):
    """A column."""

    code = forms.SlugField(
        label="栏目代码", max_length=60, help_text="小写字母、数字、连字符；是网址的一部分，定了就不再改。"
    )
    name = forms.CharField(label="栏目名称", max_length=80)
    kind = forms.ChoiceField(label="类别", choices=Column.Kind.choices)
    parent = forms.ModelChoiceField(
        label="上级栏目", queryset=Column.objects.none(), required=False, empty_label="没有上级"
    )
    organ = forms.ModelChoiceField(
        label="所属机关",
        queryset=Organ.objects.none(),
        required=False,
        empty_label="全站共用",
        help_text="只有所属机关能在里面发信息。",
    )
    description = forms.CharField(label="说明", max_length=300, required=False)
    art20_category = forms.ChoiceField(label="法定主动公开类别", required=False)
    grassroots_field = forms.ChoiceField(label="试点领域", required=False)
    update_interval_days = forms.IntegerField(
        label="更新周期（天）",
        required=False,
        min_value=1,
        max_value=3660,
        help_text="超过这么多天没有新信息就提醒，下级栏目的新信息也算；不填不提醒。",
    )
    nothing_expected_reason = forms.CharField(
        label="暂无更新的原因",
        max_length=200,
        required=False,
        help_text="例如“本年度没有此类事项”。写了就不再提醒，公众也能看到。",
    )
    closed_on = forms.DateField(
        label="停用日期", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *, column: Column | None, organs: Any, **more: Any) -> None:
        super().__init__(**more)
        self.fields["parent"].queryset = Column.objects.order_by("path")  # type: ignore[attr-defined]
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]
        categories_ = [("", "不限")] + [(k, f"（{c.number}）{c.label}") for k, c in categories().items()]
        self.fields["art20_category"].choices = categories_  # type: ignore[attr-defined]
        self.fields["grassroots_field"].choices = [  # type: ignore[attr-defined]
            ("", "不限"),
            *((k, f.label) for k, f in fields().items()),
        ]
        if column is not None:
            for name in ("code", "kind", "parent", "organ"):
                del self.fields[name]


class MatterForm(forms.Form):
    """A line of a standard catalogue. Its fields are the headings of the table, so that a form and a file are read alike."""

    number = forms.IntegerField(label=standard_table.NUMBER, min_value=1, help_text="排在第几行。")
    item_level1 = forms.CharField(label="一级事项", max_length=100)
    item_level2 = forms.CharField(label="二级事项", max_length=100, required=False)
    content_elements = forms.CharField(
        label="公开内容（要素）", required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="一行一项。"
    )
    legal_basis = forms.CharField(
        label="公开依据",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一件，前面注明【法律】【规章】等。",
    )
    time_limit = forms.CharField(
        label="公开时限",
        required=False,
        max_length=60,
        help_text="例如：20个工作日内、7个自然日内、实时公开。写天数的，发布前检查按它提醒超期。",
    )
    responsible_body = forms.CharField(
        label="公开主体",
        required=False,
        max_length=100,
        help_text="机关的全称或者简称；写某一个机关的，只有这个机关起草时能选这一项。",
    )
    channels = forms.CharField(label="公开渠道和载体", required=False, max_length=300, help_text="用顿号分开。")
    specific_audience = forms.CharField(
        label="特定群体", required=False, max_length=100, help_text="公开对象是特定群体的写明；不填就是全社会。"
    )
    on_application = forms.BooleanField(label="依申请公开", required=False)
    level_county = forms.BooleanField(label="县级公开", required=False)
    level_township_village = forms.BooleanField(label="乡、村级公开", required=False)
    column = forms.ModelChoiceField(
        label="对应栏目",
        queryset=Column.objects.none(),
        required=False,
        empty_label="没有",
        help_text="公众从目录点到这里。",
    )

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.fields["column"].queryset = Column.objects.order_by("path")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The line as a matter, under `matter`."""
        given = super().clean() or {}
        names = {str(field.label): name for name, field in self.fields.items()}
        cells = {label: str(given.get(name) or "").replace("\r\n", "\n") for label, name in names.items()}
        column = given.get("column")
        cells |= {
            "依申请": standard_table.TICK if given.get("on_application") else "",
            "县级": standard_table.TICK if given.get("level_county") else "",
            "乡、村级": standard_table.TICK if given.get("level_township_village") else "",
            standard_table.COLUMN_CODE: column.code if column else "",
        }
        matter, faults = standard_table.matter_of(cells, standard_table.Known())
        for heading, message in faults:
            if (name := names.get(heading)) and name not in self.errors:
                self.add_error(name, message)
        return {**given, "matter": matter}


def initial_of_row(row: CatalogueRow) -> dict[str, Any]:
    """A row of a standard catalogue as its form shows it."""
    cells = standard_table.cells_of(row)
    words = {name: cells[str(field.label)] for name, field in MatterForm.base_fields.items() if field.label in cells}
    ticks = {name: getattr(row, name) for name in ("on_application", "level_county", "level_township_village")}
    return {**words, **ticks, "column": row.column_id}


class TableForm(forms.Form):
    """A file of standard catalogues."""

    file = forms.FileField(label="文件", help_text="XLSX，一个领域一张工作表；或者以领域名称作文件名的 CSV。")


class WordForm(forms.Form):
    """A word rule."""

    word = forms.CharField(label="词语", max_length=60)
    suggestion = forms.CharField(label="改为", max_length=100, required=False)
    reason = forms.CharField(label="说明", max_length=200, required=False)
    is_error = forms.BooleanField(label="必须修改（不改不能送审）", required=False)
    is_dropped = forms.BooleanField(label="不再提示这个词", required=False)


class ImportForm(forms.Form):
    """The file of an existing site's items, and their attachments."""

    source = forms.CharField(
        label="来源网站", max_length=60, help_text="例如“旧门户网站”。同一来源、同一原编号的信息只导入一次。"
    )
    file = forms.FileField(label="信息清单", help_text="XLSX、CSV、JSON 或 NDJSON 文件。")
    archive = forms.FileField(
        label="附件", required=False, help_text="把全部附件打成一个不加密的 ZIP；没有附件就不用选。"
    )


def _leaves(columns: Any) -> list[tuple[int, str]]:
    every = list(columns.order_by("path"))
    names = {each.path: each.name for each in every}
    parents = {each.parent_id for each in every}
    found = []
    for each in every:
        if each.pk not in parents:
            above = [names[path] for path in sorted(names) if each.path.startswith(path) and path != each.path]
            found.append((each.pk, " / ".join([*above, each.name])))
    return found


def _rows(organ: Organ) -> list[tuple[str, list[tuple[int, str]]]]:
    groups: dict[str, list[tuple[int, str]]] = {}
    rows = CatalogueRow.objects.filter(Q(responsible_organ=None) | Q(responsible_organ=organ))
    for row in rows.order_by("field", "number").only("field", "number", "item_level1", "item_level2"):
        label = fields()[row.field].label if row.field in fields() else row.field
        groups.setdefault(label, []).append((row.pk, f"{row.number} {row}"))
    return list(groups.items())

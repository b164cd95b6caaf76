"""What this room gives to the annual report: the row 规范性文件 of its first table, in both editions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.urls import reverse

from gongkai.office.normative.models import NormativeDocument
from gongkai.office.normative.queries.stock import STOCK_COLUMNS, counts
from gongkai.regulation.tally import Counted, Measure, Tally

DOCUMENT = "normative.document"
_RULES: Mapping[str, str] = {
    "newly_made": "统计年度内签发的规范性文件；签发日期晚于公布日期或者没有登记的，按公布日期计。每件只在一个年度计1件。",
    "newly_disclosed": "统计年度内首次向社会公布的规范性文件，按公布日期计。",
    "total_disclosed": "到统计年度年底为止公布过的规范性文件，包括后来废止、失效的。不能当作现行有效件数使用。",
    "issued": "统计年度内公布的规范性文件，按公布日期计。",
    "repealed": "统计年度内废止的规范性文件；没有单独的“失效”一栏，期满失效的也计入，以便与下一年度衔接。",
    "in_force": "已经公布、到统计年度12月31日没有废止也没有失效的规范性文件；已公布尚未施行的计入。",
}


def tally(organs: Collection[int], first: date, last: date, edition: str) -> list[Tally]:
    """The cells of the row for these agencies (primary keys), by what is on file for the period.

    Errors: KeyError for an edition that has no such row.
    """
    return [
        Tally(measure(edition, column), len(ids), ids)
        for column in STOCK_COLUMNS[edition]
        for ids in [_ids(organs, first, last, column)]
    ]


def measure(edition: str, column: str) -> Measure:
    """What a column of the row counts."""
    return Measure(
        key=f"art20_1.normative_documents.{column}",
        label=f"规范性文件·{STOCK_COLUMNS[edition][column]}",
        unit="件",
        rule=_RULES[column],
        kind=DOCUMENT,
        source=f"report-form-{edition}#form",
        is_public=True,
    )


def counted(kind: str, ids: Sequence[int]) -> list[Counted]:
    """The documents behind a count, in the order of the ids.

    Errors: KeyError for a kind this room doesn't count.
    """
    if kind != DOCUMENT:
        raise KeyError(kind)
    documents = NormativeDocument.objects.select_related("organ", "item").defer("item__body").in_bulk(ids)
    return [_counted(documents[pk]) for pk in ids if pk in documents]


def _ids(organs: Collection[int], first: date, last: date, column: str) -> tuple[int, ...]:
    found = NormativeDocument.objects.filter(counts(column, first, last), organ__in=organs)
    return tuple(found.order_by("pk").values_list("pk", flat=True))


def _counted(document: NormativeDocument) -> Counted:
    return Counted(
        id=document.pk,
        title=f"{document.title} {document.document_number}".strip(),
        on=document.disclosed_on or document.signed_on,
        organ=document.organ.name,
        staff_path=reverse("normative_document", args=[document.pk]),
        public_path=reverse("item", args=[document.item_id]) if document.is_listed and document.item_id else "",
    )

"""Rows become tables: headers apply to the rows beneath them, labels name rows, and what is missing is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.annual_report.reading.headers import Header, art20_columns, build, kind_of
from gongkai.regulation.annual_report.reading.labelling import RowLabel, row_label, tell_others_apart
from gongkai.regulation.annual_report.reading.placing import Placement, labels_and_values, placements
from gongkai.regulation.annual_report.reading.rows import Row
from gongkai.regulation.annual_report.reading.telling import is_value, known_label
from gongkai.regulation.annual_report.reading.vocabulary import caption_of, numbering_of


@dataclass(slots=True)
class PlacedRow:
    """A data row of one table: its row key (None until something tells), its label, and the rival placements.

    `choice` says why one of several placements was taken before any sum was asked.
    """

    table: str
    key: str | None
    label: RowLabel
    header: Header
    rivals: list[Placement]
    ends_file: bool = False
    by_position: bool = False
    choice: str = ""


@dataclass(slots=True)
class Assembly:
    """What the rows of a document hold, by table kind, in the order they stand."""

    rows: list[PlacedRow] = field(default_factory=list)
    headers: dict[str, list[Header]] = field(default_factory=dict)
    side_by_side: bool = False
    headless: set[str] = field(default_factory=set)
    """Tables of which rows of figures were found without a header that says what they are."""


def assemble(rows: Iterable[Row]) -> Assembly:
    """Walk the rows once, keeping the header in force, and place every data row beneath it."""
    return _Walk().over(rows)


class _Walk:
    """The state of one walk: header rows not yet built, the header in force, and a label waiting for its values."""

    def __init__(self) -> None:
        self.assembly = Assembly()
        self.pending: list[Row] = []
        self.pending_kind = ""
        self.header: Header | None = None
        self.waiting: tuple[str, ...] = ()

    def over(self, rows: Iterable[Row]) -> Assembly:
        for row in rows:
            if not any(item.text.strip() for item in row.items):
                self._blank(row)
                continue
            if self._caption(row) or self._header(row):
                row.used = True
            else:
                row.used = self._data(row)
        _settle_totals(self.assembly.rows)
        _settle_others(self.assembly.rows)
        _settle_by_position(self.assembly.rows)
        _settle_article_20(self.assembly.rows)
        _settle_filler(self.assembly.rows)
        return self.assembly

    def _blank(self, row: Row) -> None:
        """An empty row means something in one place: beneath the header of 行政复议、行政诉讼, whose only row has no label."""
        self._build()
        header = self.header
        if header is None or header.kind != "remedies":
            return
        if (row.width or len(row.items)) != (header.width if row.width else len(header.columns)):
            return
        if not any(placed.header is header for placed in self.assembly.rows):
            self._place(row_label((), header.kind), row, placements(row, row.items, header))

    def _caption(self, row: Row) -> bool:
        """A row that is only 第二十条第（…）项: what stood above it is over."""
        texts = (item.text for item in row.items if not item.carried and item.text.strip())
        if not caption_of(next(texts, "")) or next(texts, None) is not None:
            return False
        self.pending, self.header, self.waiting = [], None, ()
        return True

    def _header(self, row: Row) -> bool:
        kind = kind_of(row)
        if not kind and not self.pending:
            return False
        has_number = any(is_value(item.text) and item.text.strip() and not item.carried for item in row.items)
        names_a_row = any(
            not item.carried and item.text.strip() and _names_data_row(item.text, self.pending_kind)
            for item in row.items
        )
        if self.pending and not kind and not has_number and not names_a_row and self.pending_kind == "applications":
            kind = self.pending_kind  # a further header row whose words have all drifted
        if not kind or has_number or (names_a_row and not self.pending):
            return False
        if kind != self.pending_kind:
            self.pending = []
        self.pending.append(row)
        self.pending_kind = kind
        self.header = None
        return True

    def _build(self) -> None:
        if not self.pending:
            return
        self.header = build(self.pending_kind, self.pending)
        if self.header:
            self.assembly.headers.setdefault(self.header.kind, []).append(self.header)
            self.assembly.side_by_side |= self.header.repeats
        self.pending, self.pending_kind = [], ""

    def _data(self, row: Row) -> bool:
        self._build()
        header = self.header
        labels, values = labels_and_values(row, header)
        texts = tuple([item.text for item in labels])
        kind = header.kind if header else ""
        label = row_label(texts, kind)
        if _is_prose(row):
            self.header = None
            return False
        has_value = any(item.text.strip() for item in values)
        if not has_value and self._rest_of_label(texts):
            return True
        foreign = header is not None and label.row is not None and not _is_of(label.row[0], header)
        if header is None or foreign:
            if label.row and has_value and not label.drift:
                self.assembly.headless.add(label.row[0])
            return label.kind in ("row", "group", "total")
        if not values or (not has_value and label.kind not in ("row", "total", "other")):
            # A label alone: a group heading, or the first half of a label that a page break cut in two.
            own = tuple(item.text for item in labels if not item.carried)
            self.waiting = own if label.kind in ("unknown", "row") else ()
            if label.kind == "row" and label.row:
                self._place(label, row, [])
            return label.kind != "unknown" or known_label(texts[-1] if texts else "")
        if self.waiting and has_value:
            label = self._with_waiting(label, texts, kind)
        self._place(label, row, placements(row, values, header))
        self.waiting = tuple(item.text for item in labels if not item.carried) if label.drift and not has_value else ()
        return True

    def _rest_of_label(self, texts: tuple[str, ...]) -> bool:
        """Is a row of labels only the end of the one above, whose numbers a page break left there? Then that is told."""
        rows = self.assembly.rows
        if not texts or not rows or not rows[-1].rivals or rows[-1].header is not self.header:
            return False
        above = rows[-1]
        whole = row_label((above.label.printed + texts[-1],), above.header.kind)
        if whole.kind != "row" or whole.drift or whole.row is None:
            return False
        if above.label.kind == "row" and not above.label.drift and above.key == whole.row[1]:
            return False
        above.table, above.key = whole.row
        above.label = whole
        return True

    def _with_waiting(self, label: RowLabel, texts: tuple[str, ...], kind: str) -> RowLabel:
        """The label put together with the half that stood alone above it, if that makes a row of the form."""
        whole = row_label((*texts[:-1], "".join(self.waiting) + (texts[-1] if texts else "")), kind)
        if label.kind == "unknown" and whole.kind == "row":
            rows = self.assembly.rows
            if rows and rows[-1].key == (whole.row or ("", ""))[1]:
                rows.pop()
            return whole
        return label

    def _place(self, label: RowLabel, row: Row, rivals: list[Placement]) -> None:
        header = self.header
        assert header is not None
        key: str | None = None
        table = header.kind
        if header.kind == "remedies":
            key = "cases"
        elif label.row:
            table, key = label.row
        self.assembly.rows.append(PlacedRow(table, key, label, header, rivals, row.ends_file))


def _is_of(table: str, header: Header) -> bool:
    """Is this header of the kind that a table has?"""
    return header.kind == "remedies" or (table == "applications") == (header.kind == "applications")


def _is_prose(row: Row) -> bool:
    """A sentence alone in a row, as on a sheet that goes on with text below its tables."""
    if len(row.items) > 1 and row.items[-1].text.strip():
        return False
    texts = [item.text for item in row.items if item.text.strip() and not item.carried]
    return len(texts) == 1 and len(texts[0]) > 8 and not known_label(texts[0]) and texts[0].rstrip()[-1] in "。；;."


def _names_data_row(text: str, pending_kind: str) -> bool:
    label = row_label((text,), pending_kind)
    return label.kind == "row" and not label.drift


def _settle_totals(rows: Sequence[PlacedRow]) -> None:
    """Of several total rows only （七） or the one before 结转下年度 is the form's; the others are subtotals of a group."""
    totals = [number for number, row in enumerate(rows) if row.label.kind == "total" and row.table == "applications"]
    if len(totals) < 2:
        return
    numbered = [number for number in totals if numbering_of(rows[number].label.printed) in ("七", "7")]
    last = [number for number in totals if number + 1 < len(rows) and rows[number + 1].key == "carried_forward"]
    chosen = set(numbered if numbered else last)
    for number in totals:
        if number not in chosen:
            rows[number].key = None
            rows[number].label = RowLabel("subtotal", None, rows[number].label.printed)


def _settle_others(rows: Sequence[PlacedRow]) -> None:
    keys = [row.key for row in rows]
    for number, row in enumerate(rows):
        if row.label.kind == "other" and row.table == "applications":
            row.key = tell_others_apart(keys[:number], keys[number + 1 :])


def _settle_by_position(rows: list[PlacedRow]) -> None:
    """Rows whose label says nothing, between two that are known, in a form that leaves just that many places free."""

    keys = {row.key for row in rows if row.table == "applications" and row.key}
    edition = "2021" if keys & {"other_correction_overdue", "other_fee_unpaid", "other_misc"} else "2019"
    order = [row.key for row in form(edition).table("applications").data_rows]
    for run, before, after in _unknown_runs(rows):
        start = order.index(before) + 1 if before in order else 0
        end = order.index(after) if after in order else len(order)
        free = [key for key in order[start:end] if key not in keys]
        if len(free) != len(run) or start > end or not (before or after):
            continue
        if len(run) == 1 or _may_stand_in_order(run, free, edition):
            for row, key in zip(run, free, strict=True):
                row.key, row.by_position = key, True
                keys.add(key)


def _unknown_runs(rows: Sequence[PlacedRow]) -> Iterator[tuple[list[PlacedRow], str | None, str | None]]:
    run: list[PlacedRow] = []
    before: str | None = None
    for row in rows:
        if row.table != "applications":
            continue
        if row.key is None and row.label.kind in ("unknown", "group"):
            run.append(row)
        elif row.key is not None:
            if run:
                yield run, before, row.key
            run, before = [], row.key
    if run:
        yield run, before, None


def _may_stand_in_order(run: Sequence[PlacedRow], free: Sequence[str], edition: str) -> bool:
    """Counting alone places nothing: the rows must be alike in every cell, or carry the numbering the form gives them."""

    if all(len(row.rivals) == 1 for row in run) and len({row.rivals[0].texts() for row in run}) == 1:
        return True
    numbering = {row.key: numbering_of(row.numbering) for row in form(edition).table("applications").rows}
    printed = [numbering_of(row.label.printed) for row in run]
    return all(printed) and printed == [numbering[key] for key in free]


def _settle_article_20(rows: Sequence[PlacedRow]) -> None:
    """The one unreadable label of an article 20 table whose other rows are known, or whose header is no other table's."""
    under: dict[int, list[PlacedRow]] = {}
    for row in rows:
        if row.header.kind == "art20":
            under.setdefault(id(row.header), []).append(row)
    for group in under.values():
        lost = [row for row in group if row.key is None]
        tables = {row.table for row in group if row.key} or _tables_of_header(group[0].header)
        if len(lost) != 1 or len(tables) != 1:
            continue
        table = tables.pop()
        columns = art20_columns(table, group[0].header.columns)
        if columns is None:
            continue
        known = {row.key for row in group}
        free = [row.key for row in form(columns.edition).table(table).data_rows if row.key not in known]
        if len(free) == 1:
            lost[0].table, lost[0].key, lost[0].by_position = table, free[0], True


def _tables_of_header(header: Header) -> set[str]:
    keys = {table.key for edition in EDITIONS for table in form(edition).tables if table.key.startswith("art20")}
    fitting = {key: art20_columns(key, header.columns) for key in keys}
    return {
        key
        for key, columns in fitting.items()
        if columns and not columns.drift and not any(c.startswith("_") for c in columns.columns)
    }


def _settle_filler(rows: Sequence[PlacedRow]) -> None:
    """Of rival readings by order, the one without filler behind the label, where no other row of the table has any."""
    under: dict[int, list[PlacedRow]] = {}
    for row in rows:
        under.setdefault(id(row.header), []).append(row)
    for group in under.values():
        told = [row.rivals[0].lead for row in group if len(row.rivals) == 1]
        if len(told) < 2 or any(told):
            continue
        for row in group:
            plain = [rival for rival in row.rivals if rival.lead == 0 and rival.by == "order"]
            if len(row.rivals) > 1 and len(plain) == 1:
                row.rivals, row.choice = plain, "与本表其他各行的写法一致"

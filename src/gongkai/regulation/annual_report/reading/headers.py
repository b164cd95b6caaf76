"""What the columns of a table are: header rows read by their words, by grid position and by order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gongkai.regulation.annual_report.forms import EDITIONS, FormTable, form
from gongkai.regulation.annual_report.reading.cells import fold
from gongkai.regulation.annual_report.reading.rows import Item, Row
from gongkai.regulation.annual_report.reading.vocabulary import (
    APPLICANT_GROUP,
    APPLICANT_SUPER,
    LITIGATION,
    REMEDY_GROUPS,
    REMEDY_LEAVES,
    SUBTOTAL,
    UNKNOWN,
    art20_labels,
    caption_of,
    closest,
    column_keys,
    is_corner,
    key_of,
    similarity,
)

_KINDS = ("applications", "art20", "remedies")
_UNIT = re.compile(r"单位[:：]?\s*(亿元|万元|元|件|项)")


@dataclass(slots=True)
class Header:
    """A header that has been read.

    `columns` are column keys in printed order (header labels for `art20`, whose table only a row label decides; a name
    beginning with `_` is a column of no statutory meaning). `spans` gives the grid columns of each, when the grid is sound.
    `units` are units printed in header labels. `drift` lists labels that matched only by likeness: (printed, key).
    `certain` is false when the order of the columns is that of the form for want of a better, to be confirmed by sums.
    """

    kind: str
    columns: tuple[str, ...]
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    width: int = 0
    units: dict[str, str] = field(default_factory=dict)
    drift: list[tuple[str, str]] = field(default_factory=list)
    certain: bool = True
    first: int = field(init=False)
    """The leftmost grid column of figures, 0 where the grid is not sound."""
    starts: tuple[int, ...] = field(init=False, default=())
    """The grid column of each of `columns`, where each has one of its own and they stand in printed order; else empty."""
    ends: tuple[int, ...] = field(init=False, default=())
    """The grid column behind each of `starts`."""

    def __post_init__(self) -> None:
        self.first = min((start for start, _ in self.spans.values()), default=0)
        if set(self.columns) == set(self.spans) and all(end - start == 1 for start, end in self.spans.values()):
            starts = tuple(self.spans[column][0] for column in self.columns)
            self.starts = starts if list(starts) == sorted(set(starts)) else ()
            self.ends = tuple([start + 1 for start in self.starts])

    @property
    def repeats(self) -> bool:
        """Does a statutory column stand twice, as when two reports are printed side by side?"""
        named = [column for column in self.columns if not column.startswith("_")]
        return len(named) != len(set(named))


def kind_of(row: Row) -> str:
    """Which header a row belongs to (`applications`, `art20`, `remedies`), `` when it is no header row."""
    votes = [kind for item in row.items if not item.carried and (kind := _kind_of_label(item.text))]
    return max(_KINDS, key=votes.count) if votes else ""


@lru_cache(maxsize=4096)
def _kind_of_label(text: str) -> str:
    packed = re.sub(r"\s", "", text)
    if "勾稽关系" in packed or "钩稽关系" in packed:
        return "applications"
    key = key_of(text)
    if key in ("总计", "合计", "共计", "小计", "其他"):
        return ""
    if key == "信息内容" or key in art20_labels():
        return "art20"
    if key in column_keys():
        return "applications"
    if key in REMEDY_LEAVES or key in REMEDY_GROUPS or key == LITIGATION:
        return "remedies"
    return ""


def build(kind: str, rows: Sequence[Row]) -> Header | None:
    """The header that some consecutive header rows make, None when they name no column."""
    rows = [Row([item for item in row.items if not caption_of(item.text)], row.width) for row in rows]
    width = rows[0].width if rows and all(row.width == rows[0].width for row in rows) else 0
    if kind == "applications":
        return _applications(rows, width)
    if kind == "remedies":
        return _remedies(rows, width)
    return _art20(rows, width)


def _labels(rows: Iterable[Row]) -> list[Item]:
    return [
        item
        for row in rows
        for item in row.items
        if not item.carried and item.text.strip() and not is_corner(item.text)
    ]


def _applications(rows: Sequence[Row], width: int) -> Header | None:
    named: list[tuple[str, Item]] = []
    unknown: list[Item] = []
    drift: list[tuple[str, str]] = []
    for item in _labels(rows):
        key = column_keys().get(key_of(item.text))
        if key is None:
            unknown.append(item)
        elif key != APPLICANT_SUPER:
            named.append((key, item))
    if not named:
        return None
    found = {key for key, _ in named}
    missing = [c for c in form("2021").table("applications").columns if c.key not in found]
    for item in unknown:
        label = key_of(item.text)
        match = closest(label, [(key_of(text), c.key) for c in missing for text in c.labels], least=0.5)
        if match is None and similarity(label, "法人或其他组织") >= 0.6 and APPLICANT_GROUP not in found:
            match = APPLICANT_GROUP
        if match:
            missing = [c for c in missing if c.key != match]
            found.add(match)
            drift.append((item.text, match))
            named.append((match, item))
        elif width and len(label) <= 8 and all(item.start >= other.start for key, other in named[:1]):
            named.append((UNKNOWN, item))
    columns, certain = _in_order(rows, named, width)
    if len(columns) < 2:
        return None
    spans = {}
    if width:
        spans = {key: (item.start, item.end) for key, item in named if key not in (APPLICANT_GROUP, UNKNOWN)}
    return Header("applications", tuple(columns), spans, width, drift=drift, certain=certain)


def _in_order(rows: Sequence[Row], named: list[tuple[str, Item]], width: int) -> tuple[list[str], bool]:
    """Column keys in printed order, and whether that order is certain.

    The kinds of organisation stand where their group label stands. Where that label is lost they are put where the form
    has them, which the sums of the rows must confirm.
    """
    organisations = {c.key for c in form("2021").table("applications").columns if c.group} | {SUBTOTAL}
    if width and _is_sound(named, organisations):
        by_place = [key for key, item in sorted(named, key=lambda pair: pair[1].start) if key != APPLICANT_GROUP]
        in_one_row = any(all(any(item is other for other in row.items) for _, item in named) for row in rows)
        if in_one_row or len(by_place) < len(named) or _is_an_order_of_the_form(by_place):
            return by_place, True
    rank = {id(item): number for number, item in enumerate(item for row in rows for item in row.items)}
    named = sorted(named, key=lambda pair: rank[id(pair[1])])
    below = [key for key, _ in named if key in organisations]
    top = [key for key, _ in named if key not in organisations]
    if APPLICANT_GROUP in top:
        place = top.index(APPLICANT_GROUP)
        return top[:place] + below + top[place + 1 :], True
    printed = [key for key, _ in named]
    if not width and _is_an_order_of_the_form(printed):
        return printed, True
    place = top.index("natural_person") + 1 if "natural_person" in top else 0
    return top[:place] + below + top[place:], False


def _is_an_order_of_the_form(printed: Sequence[str]) -> bool:
    """Are the columns in the order of the form, the total at its end or, as some print it, in front?"""
    known = [column.key for column in form("2021").table("applications").columns]
    found = [key for key in printed if key in known]
    return [key for key in known if key in found] == (found[1:] + found[:1] if found[:1] == ["total"] else found)


def _is_sound(named: Sequence[tuple[str, Item]], organisations: set[str]) -> bool:
    """Does every column have squares of its own, the kinds of organisation just those beneath their group label?"""
    columns = [(item.start, item.end, key) for key, item in named if key != APPLICANT_GROUP]
    squares = [square for start, end, _ in columns for square in range(start, end)]
    if len(squares) != len(set(squares)):
        return False
    groups = [item for key, item in named if key == APPLICANT_GROUP]
    return all(
        (group.start <= start and end <= group.end) == (key in organisations)
        for group in groups
        for start, end, key in columns
        if not key.startswith("_")
    )


def _remedies(rows: Sequence[Row], width: int) -> Header | None:
    if width:
        stacked = _remedies_by_column(rows)
        if stacked:
            return Header("remedies", tuple(stacked), stacked, width)
    ordered = _remedies_by_order(rows)
    return Header("remedies", ordered) if ordered else None


def _remedies_by_column(rows: Sequence[Row]) -> dict[str, tuple[int, int]]:
    """Each leaf label with the nearest group label above it in the same grid column; empty unless all of it is sound."""
    found: dict[str, tuple[int, int]] = {}
    leaves = 0
    above: list[tuple[int, Item, str]] = []
    for number, row in enumerate(rows):
        for item in row.items:
            if item.carried:
                continue
            key = key_of(item.text)
            if key in REMEDY_GROUPS:
                above.append((number, item, REMEDY_GROUPS[key]))
            elif key in REMEDY_LEAVES:
                leaves += 1
                over = [
                    (n, g)
                    for n, other, g in above
                    if other.start <= item.start and item.end <= other.end and n < number
                ]
                if over:
                    found[f"{max(over)[1]}_{REMEDY_LEAVES[key]}"] = (item.start, item.end)
    return found if leaves == len(found) and leaves and leaves % 5 == 0 else {}


def _remedies_by_order(rows: Sequence[Row]) -> tuple[str, ...]:
    """Leaf labels in reading order, five to a group, the groups in the order their labels stand."""
    keys = [key_of(item.text) for item in _labels(rows)]
    leaves = [REMEDY_LEAVES[key] for key in keys if key in REMEDY_LEAVES]
    groups = [REMEDY_GROUPS[key] for key in keys if key in REMEDY_GROUPS]
    if len(groups) != len(set(groups)) or len(leaves) != 5 * len(groups):
        return ()
    # In three rows 行政复议's own five labels stand a row above those of the two kinds of litigation: they come first in
    # reading order, whatever side of the table it stands on.
    three_rows = LITIGATION in keys and "reconsideration" in groups and len(groups) > 1
    reading = sorted(groups, key=lambda group: group != "reconsideration") if three_rows else groups
    chunks = {group: leaves[5 * n : 5 * n + 5] for n, group in enumerate(reading)}
    if any(len(set(chunk)) != 5 for chunk in chunks.values()):
        return ()
    printed = groups
    if three_rows:
        litigation_first = keys.index(LITIGATION) < keys.index("行政复议")
        others = [group for group in groups if group != "reconsideration"]
        printed = [*others, "reconsideration"] if litigation_first else ["reconsideration", *others]
    return tuple(f"{group}_{leaf}" for group in printed for leaf in chunks[group])


def _art20(rows: Sequence[Row], width: int) -> Header | None:
    items = _labels(rows[-1:])
    if items and key_of(items[0].text) not in art20_labels() and similarity(key_of(items[0].text), "信息内容") >= 0.5:
        items = items[1:]
    if not items:
        return None
    labels = tuple(item.text for item in items)
    spans = {label: (item.start, item.end) for label, item in zip(labels, items, strict=True)} if width else {}
    units = {}
    for label in labels:
        unit = _UNIT.search(fold(label))
        if unit:
            units[label] = unit[1]
    return Header("art20", labels, spans, width, units)


@dataclass(frozen=True, slots=True)
class Art20Columns:
    """Header labels of an article 20 table told apart: its edition and the column key of each label."""

    edition: str
    columns: tuple[str, ...]
    drift: tuple[tuple[str, str], ...]


@lru_cache(maxsize=2048)
def art20_columns(table_key: str, labels: tuple[str, ...]) -> Art20Columns | None:
    """Which edition of a table these header labels are, and which column each is; None when neither fits clearly."""
    ranked = []
    for edition in EDITIONS:
        tables = [table for table in form(edition).tables if table.key == table_key]
        if tables:
            ranked.append((*_matched(tables[0], labels), edition))
    ranked.sort(key=lambda entry: -entry[0])
    if not ranked or ranked[0][0] <= 0 or (len(ranked) > 1 and ranked[1][0] >= ranked[0][0]):
        return None
    _, columns, drift, edition = ranked[0]
    return Art20Columns(edition, columns, drift)


def _matched(table: FormTable, labels: tuple[str, ...]) -> tuple[float, tuple[str, ...], tuple[tuple[str, str], ...]]:
    """(score, column key of each label, labels matched by likeness only); exact labels score 1, drifted ones less."""
    free = list(table.columns)
    columns: list[str] = []
    drift = []
    score = 0.0
    exact = {key_of(text): column.key for column in free for text in column.labels}
    taken = {exact[key_of(label)] for label in labels if key_of(label) in exact}
    for number, label in enumerate(labels):
        key = exact.get(key_of(label))
        if key and key not in columns:
            score += 1
        else:
            rest = [(key_of(text), c.key) for c in free if c.key not in taken for text in c.labels]
            key = closest(key_of(label), rest, least=0.55, lead=0.1)
            if key:
                score += 0.5
                taken.add(key)
                drift.append((label, key))
        columns.append(key or f"{UNKNOWN}{number}")
    return score - 0.1 * abs(len(labels) - len(table.columns)), tuple(columns), tuple(drift)

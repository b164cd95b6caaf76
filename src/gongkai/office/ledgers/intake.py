"""Rows of a file as entries of a ledger: judged by the ledger's own form and rules, written a batch a transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django import forms
from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.ledgers import policy
from gongkai.office.ledgers.actions import enter_all, refuse_twice
from gongkai.office.ledgers.fields import choices_of
from gongkai.office.ledgers.ledger import Ledger
from gongkai.office.publishing.importing import running
from gongkai.office.publishing.importing.reading import Row
from gongkai.office.publishing.importing.rows import RowError
from gongkai.office.publishing.importing.running import Progress, Trial
from gongkai.office.publishing.models import ImportRun

IDENTIFIER = "原编号"
_YES, _NO = frozenset(("是", "1", "true", "y", "√", "有")), frozenset(("", "否", "0", "false", "n", "无"))


@dataclass(frozen=True, slots=True)
class Understood:
    """A row that can be entered: its number, what it is called where it comes from, and the columns of the model."""

    row: int
    identifier: str
    values: dict[str, Any]


def try_out(
    ledger: Ledger, path: Path, source: str, *, by: User, at: datetime, progress: Progress = lambda rows: None
) -> Trial:
    """Read a whole file and say what would happen, without writing anything. Errors: CannotImport, Refused."""
    return running.try_out(path, _Intake(ledger, source, by, at), progress)


def bring_in(
    ledger: Ledger,
    path: Path,
    source: str,
    *,
    by: User,
    at: datetime,
    name: str = "",
    progress: Progress = lambda rows: None,
) -> ImportRun:
    """Enter the rows of a file; stopped half-way and called again, it goes on where it stopped.

    `name` is the file's, where it lies under another.
    Errors: CannotImport; Refused without the role anywhere, or when this file has been brought in already.
    """
    intake = _Intake(ledger, source, by, at)
    run = running.begin(path, source, into=ledger.key, by=by, at=at, name=name)
    return running.carry_on(run, path, intake, at=at, progress=progress)


class _Intake:
    """Rows become entries of agencies for which somebody may enter."""

    def __init__(self, ledger: Ledger, source: str, by: User, at: datetime) -> None:
        self.ledger, self.source, self.by, self.at = ledger, source.strip(), by, at
        self.organs = list(policy.organs(by, ledger, "register", on=localdate(at)))
        if not self.organs:
            raise Refused(policy.nowhere(by, ledger, "register"))
        self.headings = ledger.form.headings()
        self._rows: dict[str, int] = {}
        self._said: dict[tuple[str, ...], int] = {}

    def verdicts(self, rows: list[Row]) -> Iterator[Understood | list[RowError] | None]:
        """One verdict a row, with one look-up of what is there already for all of them."""
        named = [(row, self._identifier(row)) for row in rows]
        known = self.ledger.model._default_manager.filter(
            source=self.source, identifier__in=[identifier for _, identifier in named]
        )
        there = set(known.values_list("identifier", flat=True))
        for row, identifier in named:
            if identifier in there:
                yield None
            elif (first := self._rows.setdefault(identifier, row.number)) != row.number:
                yield [RowError(row.number, IDENTIFIER, f"与第 {first} 行相同；确实是两条的，请写上不同的原编号")]
            else:
                yield self._understand(row, identifier)

    @transaction.atomic
    def write(self, run: ImportRun, ready: Sequence[Understood], *, rows_done: int, at: datetime) -> None:
        """A batch of entries, its act in the log, and how far the import has come: all of it stands, or none."""
        entries = enter_all(
            self.ledger,
            [(each.identifier, each.values) for each in ready],
            source=run.source,
            subject=f"publishing.import:{run.pk}",
            detail={"source": run.source, "file": run.file_name, "file_sha256": run.file_sha256},
            by=self.by,
            at=at,
        )
        run.imported += len(entries)
        run.rows_done = rows_done
        run.save()

    def _understand(self, row: Row, identifier: str) -> Understood | list[RowError]:
        data, errors = self._data(row)
        form = self.ledger.form(data, organs=self.organs)
        labels = {name: str(field.label) for name, field in form.fields.items()}
        if not form.is_valid():
            for name, said in form.errors.items():
                errors += [RowError(row.number, labels.get(name, ""), str(each)) for each in said]
        if errors:
            return errors
        try:
            values = self.ledger.derive(dict(form.cleaned_data), self.at)
            refuse_twice(self.ledger, values)
        except Refused as refused:
            return [RowError(row.number, "", str(refused))]
        if values["organ"] not in self.organs:
            return [RowError(row.number, "", f"您不能为{values['organ'].name}登记，请由这个机关的人导入")]
        same = tuple(str(values[name]) for name in self.ledger.unique if values.get(name) not in (None, ""))
        if same and len(same) == len(self.ledger.unique):
            first = self._said.setdefault(same, row.number)
            if first != row.number:
                return [RowError(row.number, "", f"与第 {first} 行说的是同一个：{'、'.join(same)}")]
        return Understood(row.number, identifier, values)

    def _data(self, row: Row) -> tuple[dict[str, Any], list[RowError]]:
        """What the row says as the form expects it: fields by name, choices by key, ticks as ticks."""
        data: dict[str, Any] = {}
        errors = []
        fields = self.ledger.form.base_fields
        for heading, value in row.values.items():
            name = self.headings.get(heading, heading)
            if heading in (IDENTIFIER, "identifier"):
                continue
            if name not in fields:
                errors.append(RowError(row.number, heading, "不认识这个表头；可用的表头见导入模板"))
                continue
            field = fields[name]
            if isinstance(field, forms.BooleanField):
                if value.lower() not in _YES | _NO:
                    errors.append(RowError(row.number, heading, f"“{value}”不明确，请写“是”或“否”"))
                data[name] = value.lower() in _YES
            elif isinstance(field, forms.MultipleChoiceField):
                data[name] = _keys(field, value)
            elif isinstance(field, forms.ChoiceField) and name != "organ":
                keys = {label: key for key, label in choices_of(field)}
                data[name] = keys.get(value, value)
            else:
                data[name] = value
        return data, errors

    def _identifier(self, row: Row) -> str:
        """What the row is called where it comes from; a row without a name, by a hash of what it says."""
        if given := row.values.get(IDENTIFIER) or row.values.get("identifier"):
            return given[:120]
        said = json.dumps(sorted((key, value) for key, value in row.values.items() if value), ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


def _keys(field: forms.MultipleChoiceField, value: str) -> list[str]:
    keys = {label: key for key, label in choices_of(field)}
    parts = value.replace("；", ";").replace("、", ";").split(";")
    return [keys.get(part.strip(), part.strip()) for part in parts if part.strip()]

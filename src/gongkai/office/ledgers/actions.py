"""Entering, changing, striking and restoring: the four verbs of any ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import SYSTEM, Act, record
from gongkai.office.ledgers import policy
from gongkai.office.ledgers.ledger import Ledger, Values
from gongkai.office.ledgers.models import STANDING, Entry
from gongkai.office.renderings.actions import touch


@transaction.atomic
def register(ledger: Ledger, values: Values, *, by: User, at: datetime) -> Any:
    """Enter something in an agency's ledger; `values` name the columns of the model.

    Errors: Refused without the role, or when what is said can't be true.
    """
    given = ledger.derive(dict(values), at)
    policy.require(by, ledger, "register", given["organ"], on=localdate(at))
    refuse_twice(ledger, given)
    entry = ledger.model(registered_at=at, registered_by=by, **given)
    entry.sought = ledger.sought(entry)
    entry.save()
    ledger.settle([entry], at)
    _record(ledger, entry, "register", told(ledger, given), by=by, at=at)
    touch(ledger.touched([entry]))
    return entry


@transaction.atomic
def enter_all(
    ledger: Ledger,
    rows: Sequence[tuple[str, Values]],
    *,
    source: str,
    subject: str,
    detail: Mapping[str, Any],
    by: User | None,
    at: datetime,
) -> list[Any]:
    """Enter many at once from elsewhere, each with what it is called there; the values are complete and were judged.

    One act in the log for all of them, of which `detail` says where they come from.
    """
    if not rows:
        return []
    made = [
        ledger.model(registered_at=at, registered_by=by, source=source, identifier=identifier, **values)
        for identifier, values in rows
    ]
    for each in made:
        each.sought = ledger.sought(each)
    entries = ledger.model._default_manager.bulk_create(made, batch_size=500)
    ledger.settle(entries, at)
    stated = {**detail, "ledger": ledger.key, "count": len(entries), "first": entries[0].pk, "last": entries[-1].pk}
    record(Act(actor(by), f"{ledger.room}.import", subject, ledger.citation, stated), at=at)
    touch(ledger.touched(entries))
    return entries


@transaction.atomic
def change(ledger: Ledger, entry: Entry, values: Values, *, by: User, at: datetime) -> Any:
    """Correct what an entry says. What it said before stays in the log.

    Errors: Refused without the role in both agencies, for a struck entry, and for a ledger whose entries are replaced instead.
    """
    found = locked(ledger, entry)
    policy.require(by, ledger, "register", found.organ, on=localdate(at))
    if found.struck_at is not None:
        raise Refused("这条记录已经划去，不能修改。划错了的，先恢复。")
    if not ledger.changeable:
        raise Refused(f"“{ledger.label}”不改原来的记录：请登记一条新的，旧的自动被取代。")
    given = ledger.derive({**values, "pk": found.pk}, at)
    given.pop("pk", None)
    policy.require(by, ledger, "register", given.get("organ", found.organ), on=localdate(at))
    refuse_twice(ledger, given, besides=found.pk)
    before = ledger.touched([found])
    changed = {name: value for name, value in given.items() if getattr(found, name) != value}
    if not changed:
        return found
    old = {name: getattr(found, name) for name in changed}
    for name, value in changed.items():
        setattr(found, name, value)
    found.changed_at, found.sought = at, ledger.sought(found)
    found.save()
    ledger.settle([found], at)
    _record(ledger, found, "change", {"from": told(ledger, old), "to": told(ledger, changed)}, by=by, at=at)
    touch(before | ledger.touched([found]))
    return found


@transaction.atomic
def strike(ledger: Ledger, entry: Entry, *, reason: str, by: User, at: datetime) -> Any:
    """Strike an entry that was wrong. It stays on record with the reason; it is no longer shown to the public, nor counted."""
    found = locked(ledger, entry)
    policy.require(by, ledger, "register", found.organ, on=localdate(at))
    if not reason.strip():
        raise Refused("请写明划去的原因。它会和原来的记录一起长期保存。")
    if found.struck_at is not None:
        raise Refused("这条记录已经划去。请刷新页面查看。")
    before = ledger.touched([found])
    found.struck_at, found.struck_by, found.struck_reason = at, by, reason.strip()
    found.save(update_fields=["struck_at", "struck_by", "struck_reason"])
    ledger.settle([found], at)
    _record(ledger, found, "strike", {"reason": reason.strip()}, by=by, at=at)
    touch(before)
    return found


@transaction.atomic
def restore(ledger: Ledger, entry: Entry, *, by: User, at: datetime) -> Any:
    """Undo the striking of an entry. Errors: Refused where it was not struck."""
    found = locked(ledger, entry)
    policy.require(by, ledger, "register", found.organ, on=localdate(at))
    if found.struck_at is None:
        raise Refused("这条记录没有划去，不用恢复。请刷新页面查看。")
    refuse_twice(ledger, {name: getattr(found, name) for name in ledger.unique}, besides=found.pk)
    reason = found.struck_reason
    found.struck_at, found.struck_by, found.struck_reason = None, None, ""
    found.save(update_fields=["struck_at", "struck_by", "struck_reason"])
    ledger.settle([found], at)
    _record(ledger, found, "restore", {"was_struck_for": reason}, by=by, at=at)
    touch(ledger.touched([found]))
    return found


def refuse_twice(ledger: Ledger, values: Mapping[str, Any], *, besides: int | None = None) -> None:
    """Errors: Refused where a standing entry says already what no two may say."""
    if not ledger.unique or any(values.get(name) in (None, "") for name in ledger.unique):
        return
    same = ledger.model._default_manager.filter(STANDING, **{name: values[name] for name in ledger.unique})
    if (other := same.exclude(pk=besides).first()) is not None:
        names = "、".join(str(ledger.form.base_fields[name].label) for name in ledger.unique)
        raise Refused(
            f"“{ledger.title(other)}”已经登记了同样的{names}，不能重复登记。请修改原来的记录，或者先把它划去。"
        )


def locked(ledger: Ledger, entry: Entry) -> Any:
    """The entry as it is stored, which nobody else can act on until the transaction ends."""
    rows = ledger.model._default_manager.select_for_update(of=("self",)).select_related("organ", *ledger.related)
    return rows.get(pk=entry.pk)


def told(ledger: Ledger, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the log tells them: plain JSON, and of what is sealed only that it was given."""
    return {name: "（加密保存）" if name in ledger.sealed else _plain(value) for name, value in values.items()}


def actor(by: User | None) -> str:
    """The person as the log names them; the system where nobody acted."""
    return by.staff_number if by else SYSTEM


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return getattr(value, "code", None) or value.pk
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _record(ledger: Ledger, entry: Entry, verb: str, detail: dict[str, Any], *, by: User, at: datetime) -> None:
    record(Act(actor(by), f"{ledger.room}.{verb}", ledger.subject(entry), ledger.citation, detail), at=at)

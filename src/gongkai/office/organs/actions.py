"""What may be done with agencies: found, change, move, abolish; their disclosure office, powers and people."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.db.models import Model, Value
from django.db.models.functions import Concat, Substr

from gongkai.office.audit.actions import Act, record
from gongkai.office.organs import policy
from gongkai.office.organs.models import DisclosureOffice, GuideUpdate, Leader, OrderedRow, Organ, Portrait, Site
from gongkai.office.organs.policy import Actor, Refused
from gongkai.office.organs.portraits import drawn, size_of
from gongkai.office.renderings import keys
from gongkai.office.renderings.actions import touch

_STEP = 4
"""Digits a step of a path has: 9,999 agencies may stand below one."""

IN_THE_FRAME = frozenset({"name", "short_name", "kind"})
"""What of an agency other pages show in their frame and lists."""
IN_THE_GUIDE = frozenset({"name", "address", "postcode", "office_hours", "phone", "website"})
"""What of an agency the disclosure guide repeats. Source: ogi-2019 art. 12."""


@transaction.atomic
def found(*, by: Actor, at: datetime, parent: Organ | None, **particulars: Any) -> Organ:
    """Enter an agency below another, or at the root.

    Errors: Refused.
    """
    policy.require(by, "found", parent)
    _refuse_below_abolished(parent)
    organ = Organ.objects.create(parent=parent, path=_free_path(parent), **particulars)
    _record(by, "found", organ, at, code=organ.code, name=organ.name, parent=parent.code if parent else None)
    touch([keys.SITE])
    return organ


@transaction.atomic
def change(organ: Organ, *, by: Actor, at: datetime, **particulars: Any) -> Organ:
    """Change what is known about an agency itself. Its code stays; its place in the tree is `move`'s matter.

    Changed contact data leave a task to update the guide. Errors: Refused.
    """
    policy.require(by, "change", organ)
    organ = _locked(organ)
    changes = _apply(organ, particulars)
    if not changes:
        return organ
    organ.save(update_fields=list(changes))
    told = {name: each for name, each in changes.items() if name in IN_THE_GUIDE}
    if any(before for before, _ in told.values()):  # what is filled in for the first time stands in no guide yet
        _ask_for_the_guide(organ, organ, told, at)
    _record(by, "change", organ, at, changes=_plain(changes))
    touch([keys.SITE] if IN_THE_FRAME & set(changes) else [keys.organ(organ.pk)])
    return organ


@transaction.atomic
def set_disclosure_office(organ: Organ, *, by: Actor, at: datetime, **particulars: Any) -> DisclosureOffice:
    """Say where the public turns to. A change of what stood there leaves a task to update the guide.

    Errors: Refused.
    """
    policy.require(by, "change", organ)
    organ = _locked(organ)
    office = DisclosureOffice.objects.filter(organ=organ).first()
    stood = office is not None
    office = office or DisclosureOffice(organ=organ)
    changes = _apply(office, particulars)
    if not changes:
        return office
    office.save()
    if stood:
        _ask_for_the_guide(organ, office, changes, at)
    _record(by, "set_disclosure_office", organ, at, changes=_plain(changes))
    touch([keys.organ(organ.pk), keys.OFFICES])
    return office


@transaction.atomic
def set_rows(
    organ: Organ, kind: type[OrderedRow], rows: Sequence[Mapping[str, Any]], *, by: Actor, at: datetime
) -> bool:
    """Put a list of an agency (functions, units, leaders, duty list) in place of the one that stood. Did it change?

    Errors: Refused.
    """
    policy.require(by, "change", organ)
    organ = _locked(organ)
    fields = row_fields(kind)
    wanted = [tuple(row.get(name, "") for name in fields) for row in rows]
    standing = list(kind._default_manager.filter(organ=organ).order_by("position").values_list(*fields))
    if standing == wanted:
        return False
    kind._default_manager.filter(organ=organ).delete()
    kind._default_manager.bulk_create(
        kind(organ=organ, position=place, **dict(zip(fields, row, strict=True))) for place, row in enumerate(wanted, 1)
    )
    gone, come = [row for row in standing if row not in wanted], [row for row in wanted if row not in standing]
    told = {"gone": [str(row[0]) for row in gone], "come": [str(row[0]) for row in come]}
    _record(by, f"set_{kind._meta.model_name}", organ, at, count=len(wanted), **told)
    if kind is Leader:
        listed = {str(row.get("name", "")) for row in rows}
        for portrait in organ.portraits.exclude(name__in=listed).defer("image"):
            _remove(portrait, organ, by, at)
    touch([keys.organ(organ.pk)])
    return True


@transaction.atomic
def set_portrait(organ: Organ, name: str, data: bytes, *, alternative: str, by: Actor, at: datetime) -> Portrait:
    """Show a photograph with one of an agency's leaders, in place of the one that stood. `alternative` says in words what
    it shows; empty, it is the leader's name and title.

    Errors: Refused; NotAPortrait for a file that can't be shown.
    """
    policy.require(by, "change", organ)
    image = drawn(data)  # takes time, which a lock should not
    organ = _locked(organ)
    titles = list(organ.leader_rows.filter(name=name).values_list("title", flat=True))
    if not titles:
        raise Refused(f"“{organ}”的负责人名单里没有“{name}”，照片没有地方放。请先在“负责人”里登记，再上传照片。")
    if len(titles) > 1:
        raise Refused(f"名单里有{len(titles)}位“{name}”，分不清照片是哪一位的。请先在姓名后注明区别，再上传照片。")
    width, height = size_of(image)
    portrait, _ = Portrait.objects.update_or_create(
        organ=organ,
        name=name,
        defaults={
            "alternative": alternative.strip() or f"{name}（{titles[0]}）的照片",
            "image": image,
            "sha256": hashlib.sha256(image).hexdigest(),
            "width": width,
            "height": height,
        },
    )
    _record(by, "set_portrait", organ, at, name=name, sha256=portrait.sha256, size=len(image))
    touch([keys.organ(organ.pk)])
    return portrait


@transaction.atomic
def remove_portrait(organ: Organ, name: str, *, by: Actor, at: datetime) -> bool:
    """Take a leader's photograph away: from the pages, and its bytes from the database. Was there one?

    Errors: Refused.
    """
    policy.require(by, "change", organ)
    organ = _locked(organ)
    portrait = organ.portraits.filter(name=name).defer("image").first()
    if portrait is None:
        return False
    _remove(portrait, organ, by, at)
    touch([keys.organ(organ.pk)])
    return True


@transaction.atomic
def move(organ: Organ, parent: Organ | None, *, by: Actor, at: datetime) -> Organ:
    """Put an agency, with everything below it, under another one. All paths below follow in one statement.

    Errors: Refused: under itself, under something below it, or under an agency that is no more.
    """
    policy.require(by, "move", organ)
    policy.require(by, "move", parent)
    organ = _locked(organ)
    if parent is not None and parent.path.startswith(organ.path):
        raise Refused(f"“{organ}”不能隶属于自己或自己的下级“{parent}”，隶属关系会成为一个圈。请选择别的上级机关。")
    if organ.parent_id == (parent.pk if parent else None):
        return organ
    _refuse_below_abolished(parent)
    was, old, new = organ.parent, organ.path, _free_path(parent)
    Organ.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    organ.parent, organ.path = parent, new
    organ.save(update_fields=["parent"])
    _record(by, "move", organ, at, before=was.code if was else None, after=parent.code if parent else None)
    touch([keys.SITE])
    return organ


@transaction.atomic
def abolish(organ: Organ, *, by: Actor, on: date, at: datetime, last_day: date, successor: Organ | None) -> Organ:
    """Note that an agency is no more (撤并) and who carries on. What it published stays under its name.

    Errors: Refused.
    """
    policy.require(by, "abolish", organ)
    organ = _locked(organ)
    if organ.abolished_on is not None:
        raise Refused(f"“{organ}”已于{organ.abolished_on:%Y年%m月%d日}撤并。")
    if successor is not None and (successor.pk == organ.pk or successor.abolished_on is not None):
        raise Refused("承继机关须是另一个现存的机关，公众才找得到接着办事的地方。")
    if Organ.objects.filter(parent=organ, abolished_on=None).exists():
        raise Refused(f"“{organ}”还有现存的下级机关，撤并后它们没有上级。请先调整这些机关的隶属关系。")
    organ.abolished_on, organ.successor = last_day, successor
    organ.save(update_fields=["abolished_on", "successor"])
    changes = {"abolished_on": (None, last_day.isoformat())}
    _ask_for_the_guide(organ, organ, changes, at)
    _record(by, "abolish", organ, at, day=last_day.isoformat(), successor=successor.code if successor else None)
    touch([keys.SITE])
    return organ


@transaction.atomic
def complete_guide_update(task: GuideUpdate, *, by: Actor, at: datetime) -> GuideUpdate:
    """Say that the guide was brought up to date.

    Errors: Refused.
    """
    policy.require(by, "change", task.organ)
    task = GuideUpdate.objects.select_for_update().select_related("organ").get(pk=task.pk)
    if task.done_at is None:
        task.done_at, task.done_by = at, policy.name_of(by)
        task.save(update_fields=["done_at", "done_by"])
        _record(by, "complete_guide_update", task.organ, at, task=task.pk)
    return task


@transaction.atomic
def set_site(*, by: Actor, at: datetime, **particulars: Any) -> Site:
    """Say whose the website is, how it is called and what stands at its foot. Every stored page shows it.

    Errors: Refused.
    """
    Site.objects.get_or_create(id=1)
    site = Site.objects.select_for_update().get(id=1)
    policy.require_site(by, site.organ)
    changes = _apply(site, particulars)
    if changes:
        site.save()
        detail = {"changes": _plain(changes)}
        record(Act(policy.name_of(by), "organs.set_site", "organs.site:1", detail=detail), at=at)
        touch([keys.SITE])
    return site


def row_fields(kind: type[OrderedRow]) -> list[str]:
    """What a row says, besides whose it is and where it stands."""
    return [each.name for each in kind._meta.fields if each.name not in ("id", "organ", "position")]


def _remove(portrait: Portrait, organ: Organ, by: Actor, at: datetime) -> None:
    _record(by, "remove_portrait", organ, at, name=portrait.name, sha256=portrait.sha256)
    portrait.delete()


def _locked(organ: Organ) -> Organ:
    return Organ.objects.select_for_update().get(pk=organ.pk)


def _free_path(parent: Organ | None) -> str:
    siblings = Organ.objects.select_for_update().filter(parent=parent)
    last = siblings.order_by("-path").values_list("path", flat=True).first()
    step = int(last.rstrip(".")[-_STEP:]) + 1 if last else 1
    return f"{parent.path if parent else ''}{step:0{_STEP}d}."


def _refuse_below_abolished(parent: Organ | None) -> None:
    if parent is not None and parent.abolished_on is not None:
        raise Refused(f"“{parent}”已撤并，不能再有下级机关。请选择承继其职能的机关。")


def _apply(thing: Model, particulars: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set what differs: field → (before, after)."""
    changes = {}
    for name, value in particulars.items():
        if name in ("code", "path", "parent", "abolished_on", "successor"):
            raise FieldDoesNotExist(f"{name} has an action of its own")
        before = getattr(thing, name)
        if before != value:
            setattr(thing, name, value)
            changes[name] = (before, value)
    return changes


def _ask_for_the_guide(organ: Organ, thing: Model, changes: Mapping[str, tuple[Any, Any]], at: datetime) -> None:
    if changes:
        told = [
            {
                "label": str(getattr(thing._meta.get_field(name), "verbose_name", name)),
                "before": str(before or ""),
                "after": str(after or ""),
            }
            for name, (before, after) in changes.items()
        ]
        GuideUpdate.objects.create(organ=organ, raised_at=at, changes=told)


def _plain(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, list[str]]:
    return {name: [str(before), str(after)] for name, (before, after) in changes.items()}


def _record(by: Actor, verb: str, organ: Organ, at: datetime, **detail: Any) -> None:
    record(Act(policy.name_of(by), f"organs.{verb}", f"organs.organ:{organ.pk}", detail=detail), at=at)

"""An item on its way: the steps of journey A, for tests that begin in the middle of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from gongkai.office.accounts.models import Delegation, Role, User
from gongkai.office.publishing import actions
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Item
from tests.office.cast import NOW, TODAY, Cast

STEPS = ("first", "second", "final")


def content(cast: Cast, **more: object) -> Content:
    """A content that the pre-check says nothing about."""
    usual = Content(
        title="关于做好2024年春季学校食堂管理工作的通知",
        column=cast.column.pk,
        body="<p>各学校：</p><p>请按照要求做好食堂管理工作，定期公示检查结果。</p>",
        summary="要求各学校做好春季食堂管理，定期公示检查结果。",
        keywords=("学校食堂", "食品安全"),
        art20_category="livelihood",
        issuing_agency="青溪县教育局",
        formed_date=date(2024, 4, 10),
        written_date=date(2024, 4, 10),
    )
    return replace(usual, **more)  # type: ignore[arg-type]


def later(minutes: int) -> datetime:
    """So many minutes after nine in the morning."""
    return NOW + timedelta(minutes=minutes)


def drafted(cast: Cast, **more: object) -> Item:
    """张起草 has written a draft."""
    return actions.draft(cast.education, content(cast, **more), by=cast.editor, at=NOW).item


def shown(item: Item) -> str:
    """The hash of the text as it stands: what a screen would hand back."""
    item.refresh_from_db()
    return Content.from_json(item.draft.content).hash()


def submitted(cast: Cast, **more: object) -> Item:
    """… and has handed it in."""
    item = drafted(cast, **more)
    actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(1))
    return item


def cleared(cast: Cast, **more: object) -> Item:
    """… and 周保密 has found nothing secret in it."""
    item = submitted(cast, **more)
    clear(cast, item)
    return item


def clear(cast: Cast, item: Item, minutes: int = 2) -> None:
    """The secrecy review, in favour."""
    actions.review_secrecy(
        item,
        decision="may_disclose",
        basis="不涉及国家秘密",
        content_hash=shown(item),
        by=cast.secrecy,
        at=later(minutes),
    )


def pass_step(item: Item, step: str, by: User, minutes: int = 3) -> bool:
    """Somebody passes a step of the text as it stands."""
    return actions.pass_review(item, step=step, content_hash=shown(item), by=by, at=later(minutes))  # type: ignore[arg-type]


def passed(cast: Cast, steps: int, **more: object) -> Item:
    """… and so many of the three have passed it, each five minutes after the other."""
    item = cleared(cast, **more)
    pass_steps(cast, item, steps)
    return item


def pass_steps(cast: Cast, item: Item, steps: int = 3, minutes: int = 5) -> None:
    """The first so many of the three pass it."""
    for number, (step, by) in enumerate(list(zip(STEPS, (cast.first, cast.second, cast.final), strict=True))[:steps]):
        pass_step(item, step, by, minutes + number)


def published(cast: Cast, **more: object) -> Item:
    """… and it is public."""
    item = passed(cast, 3, **more)
    item.refresh_from_db()
    return item


def delegated(giver: User, taker: User, role: Role, **more: object) -> Delegation:
    """Somebody has another act in a role today."""
    particulars = {"from_date": TODAY, "to_date": TODAY, "reason": "年休假", "made_at": NOW, **more}
    return Delegation.objects.create(delegator=giver, delegate=taker, role=role, **particulars)

"""Work under way in the demonstration: a draft at every step of the reviews, so that nobody's desk is empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.organs.models import Organ
from gongkai.office.publishing.actions.draft import draft
from gongkai.office.publishing.actions.pass_review import pass_review
from gongkai.office.publishing.actions.return_to_author import return_to_author
from gongkai.office.publishing.actions.review_secrecy import review_secrecy
from gongkai.office.publishing.actions.submit import submit
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Column, Draft, Item
from gongkai.regulation.review import Step

_SUBJECTS = (
    ("关于调整政务服务大厅周末值班安排的通知", ""),
    ("关于开展政府信息公开集中培训的通知", "submitted"),
    ("关于公布第三批便民服务事项的通知", "first"),
    ("关于修订政府信息公开指南的通知", "second"),
    ("关于征集政务公开意见建议的公告", "returned"),
)


def begin_work(
    organs: Mapping[str, Organ], columns: Mapping[str, Column], people: Mapping[str, User], *, at: datetime
) -> None:
    """Draft, submit, pass and return a handful of items, each by the people whose business it is."""
    # What lies on the desks was done in the minutes before.
    moment = at - timedelta(minutes=len(_SUBJECTS) + 1)
    for title, until in _SUBJECTS:
        moment += timedelta(minutes=1)
        begun = draft(
            organs["qingxi-office"],
            _content(title, columns["notices"], organs, localdate(at)),
            by=people["editor"],
            at=moment,
        )
        if until:
            _carry(begun.item, until, people, moment)


def _carry(item: Item, until: str, people: Mapping[str, User], at: datetime) -> None:
    content_hash = Draft.objects.get(item=item).content_hash
    submit(item, content_hash=content_hash, by=people["editor"], at=at + timedelta(seconds=1))
    if until == "submitted":
        return
    if until == "returned":
        return_to_author(
            item, step="first", reason="请补充联系电话和截止日期。", by=people["first"], at=at + timedelta(seconds=2)
        )
        return
    review_secrecy(
        item,
        decision="may_disclose",
        basis="不涉及国家秘密、工作秘密，依《保守国家秘密法》审查。",
        content_hash=content_hash,
        by=people["secrecy"],
        at=at + timedelta(seconds=3),
    )
    steps: tuple[Step, ...] = ("first",) if until == "first" else ("first", "second")
    for number, step in enumerate(steps, start=4):
        pass_review(item, step=step, content_hash=content_hash, by=people[step], at=at + timedelta(seconds=number))


def _content(title: str, column: Column, organs: Mapping[str, Organ], on: date) -> Content:
    return Content(
        title=title,
        column=column.pk,
        body=(
            "<p>各乡镇人民政府，县直各单位：</p>"
            "<p>现将有关事项通知如下。请各单位对照要求，安排专人负责，按时报送情况。</p>"
            "<p>联系单位：县政府办公室政务公开办公室。</p>"
        ),
        summary=f"{title}，明确安排、要求和联系单位。",
        keywords=("政务公开",),
        art20_category="other_required",
        genre_category="通知",
        issuing_agency=organs["qingxi-office"].name,
        formed_date=on,
    )

"""What may be asked of accounts and posts, and their figures in the annual report."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from gongkai.office.channels.ledgers import LEDGERS, POST
from gongkai.office.channels.models import Account, Post
from gongkai.office.ledgers import queries
from gongkai.office.ledgers.models import STANDING
from gongkai.regulation.tally import Counted, Measure, Tally

MEASURES = {
    measure.key: measure
    for measure in (
        Measure("weibo_posts", "政务微博更新", "条", "当年各政务微博账号发布的内容。", POST.key, is_public=True),
        Measure(
            "wechat_articles", "微信公众号推送", "篇", "当年各政务微信公众号推送的文章。", POST.key, is_public=True
        ),
        Measure(
            "new_media_posts", "政务新媒体发布", "条", "当年全部政务新媒体账号发布的内容。", POST.key, is_public=True
        ),
    )
}
_PLATFORMS = {"weibo_posts": "weibo", "wechat_articles": "wechat"}


def public_accounts() -> QuerySet[Any]:
    """The accounts that stand, those in use first, with how much each posted and when last."""
    posted = Q(posts__struck_at=None)
    rows = Account.objects.filter(STANDING).select_related("organ")
    rows = rows.annotate(count=Count("posts", filter=posted), last=Max("posts__on", filter=posted))
    return rows.order_by(F("closed_on").desc(nulls_first=True), "organ__path", "platform", "pk")


def posts_of(account: Account) -> QuerySet[Post]:
    """What an account posted, the last first."""
    return account.posts.filter(STANDING).select_related("account", "organ").order_by("-on", "-pk")


def tally(organs: Collection[int], first: date, last: date, edition: str) -> list[Tally]:
    """Every figure of this room for agencies (by id) and a period. Both editions of the form count them alike."""
    posts = queries.between(POST, organs, first, last)
    return [
        queries.count(measure, posts.filter(account__platform=_PLATFORMS[key]) if key in _PLATFORMS else posts)
        for key, measure in MEASURES.items()
    ]


def counted(kind: str, ids: Sequence[int]) -> list[Counted]:
    """The records behind a figure, for lists. Errors: KeyError for a kind that is none of this room's."""
    return queries.counted({each.key: each for each in LEDGERS}[kind], ids)

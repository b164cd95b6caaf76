"""What waits for whom: the staff's lists, found by index whatever the number of agencies.

A list may hold an item that turns out to be closed to its reader (somebody who stands in for an author, say): the law is
asked when the item is opened, and the button says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.queries import delegations_held, scope
from gongkai.office.organs.paths import upwards
from gongkai.office.publishing import policy
from gongkai.office.publishing.models import PUBLIC, Column, Draft, Item, ReviewEvent
from gongkai.office.publishing.policy import STEP_ROLES

QUEUE_LENGTH = 10_000
"""What a reviewer's list names at most: the most urgent; nobody reads further, and a query carries no more ids with ease."""
_LONG_AGO = datetime(1970, 1, 2)  # noqa: DTZ001 - made aware where it is used


def my_drafts(user: User) -> QuerySet[Draft]:
    """What somebody began or saved last and has not handed in, newest first."""
    mine = Q(started_by=user) | Q(saved_by=user)
    return _listed(Draft.objects.filter(mine, state="draft")).order_by("-saved_at")


def returned_to(user: User) -> QuerySet[Draft]:
    """What reviewers sent back to somebody, newest first."""
    mine = Q(started_by=user) | Q(saved_by=user)
    return _listed(Draft.objects.filter(mine, state="returned")).order_by("-saved_at")


def waiting_for(user: User, on: date) -> QuerySet[Draft]:
    """What somebody can review on a day, the most urgent first: steps of the roles they hold, in their agencies, of texts
    they neither wrote nor passed already; and what lacks its secrecy review. At most `QUEUE_LENGTH`.

    Asks at once which they are; reading them is a second query. In one, PostgreSQL reads every draft of every agency with
    all that a line shows before it looks at whether it waits (bench.permissions).
    """
    # A union, not an OR: each part is found by its own agencies, in both databases.
    parts = []
    for step, role in STEP_ROLES.items():
        people = _spoken_for(user, role, on)
        due = Draft.objects.filter(scope(user, [role], on=on), state="in_review", next_step=step)
        passed = _events(people, ("passed",)).filter(at__gte=OuterRef("submitted_at"))
        parts.append(due.exclude(Exists(_events(people, ("edited", "submitted")))).exclude(Exists(passed)))
    within = scope(user, [Role.SECRECY_REVIEWER], on=on)
    open_secrecy = Draft.objects.filter(within, state="in_review", secrecy__in=("", "referred"))
    parts.append(open_secrecy.exclude(Exists(_events([user.staff_number], ("edited", "submitted")))))
    wanted = [part.order_by().values_list("due_on", "id") for part in parts]
    # Put in order here: asked for an order, SQLite follows the index of due days through every agency's drafts.
    found = sorted(wanted[0].union(*wanted[1:]), key=lambda each: (each[0] or date.max, each[1]))
    urgent = found[:QUEUE_LENGTH]
    return _listed(Draft.objects.filter(pk__in=[pk for _, pk in urgent])).order_by("due_on", "pk")


def review_overdue(on: date) -> QuerySet[Draft]:
    """What has waited for a step longer than the step has, the longest first."""
    return _listed(Draft.objects.filter(state="in_review", due_on__lt=on)).order_by("due_on", "pk")


def scheduled(user: User, on: date) -> QuerySet[Draft]:
    """What is approved and waits for its hour, of the agencies whose drafts somebody may see."""
    return _listed(Draft.objects.filter(policy.within(user, "see", on=on), state="approved")).order_by(
        "publish_at", "pk"
    )


def visible_drafts(user: User, on: date) -> QuerySet[Draft]:
    """The work in hand of the agencies whose drafts somebody may see, the last saved first."""
    return _listed(Draft.objects.filter(policy.within(user, "see", on=on))).order_by("-saved_at", "-pk")


def visible_items(user: User, on: date) -> QuerySet[Item]:
    """What has been public, of the same agencies, newest first."""
    seen = Item.objects.filter(policy.within(user, "see", on=on), published_at__isnull=False)
    return seen.select_related("organ", "column").defer("body").order_by("-published_at", "-pk")


def overdue_columns(on: date) -> QuerySet[Column]:
    """The columns that owe something new on a day, with `last`, when something last came (long ago when nothing ever did).
    Columns of which nothing is expected, and closed ones, owe nothing. What came into a column below counts for those
    above it: the public opens the one and finds the other there.

    One look into the index of public items for each column; a second query for the columns that have others below them.
    """
    return _owing(on)


def columns_overdue_at(day: date) -> QuerySet[Column]:
    """The columns that owed something new when a day of the past began: what came since is not looked at.

    Since when a column is there is not on record, so one in which nothing had appeared by then is left out.
    """
    start = timezone.make_aware(datetime.combine(day, time.min))
    had_something = Q(last__gt=timezone.make_aware(_LONG_AGO))
    return _owing(day, before=start).filter(had_something)


def _owing(on: date, before: datetime | None = None) -> QuerySet[Column]:
    """The columns that owe something on a day, as far as items tell that went public before a moment, or all."""
    end = timezone.make_aware(datetime.combine(on, time.min))
    last = _last_in_it(before)
    below = _last_below(last)
    if below:
        last = Case(*[When(pk=pk, then=Value(day)) for pk, day in below.items()], default=last)
    columns = (
        Column.objects.filter(update_interval_days__isnull=False, nothing_expected_reason="")
        .filter(Q(closed_on=None) | Q(closed_on__gt=on))
        .annotate(last=last)
    )
    intervals = {days for days in columns.order_by().values_list("update_interval_days", flat=True) if days}
    late = Q(pk__in=())
    for days in sorted(intervals):
        late |= Q(update_interval_days=days, last__lt=end - timedelta(days=days))
    return columns.filter(late).select_related("organ", "parent").order_by("last", "path")


def _last_in_it(before: datetime | None) -> Any:
    """When something last went public in a column itself, or belongs to it as a topic; long ago when nothing did."""
    own = Q(published_at__lt=before) if before else Q()
    listed = Q(item__published_at__lt=before) if before else Q()
    newest = Item.objects.filter(PUBLIC, own, column=OuterRef("pk")).order_by("-published_at").values("published_at")
    through: Any = Item.topics.through
    elsewhere = (
        through.objects.filter(listed, column=OuterRef("pk"), item__published_at__isnull=False)
        .filter(item__withdrawn_at__isnull=True)
        .values("column")
        .annotate(last=Max("item__published_at"))
        .values("last")
    )
    long_ago = timezone.make_aware(_LONG_AGO)
    return Greatest(Coalesce(Subquery(newest[:1]), long_ago), Coalesce(Subquery(elsewhere), long_ago))


def _last_below(last: Any) -> dict[int, datetime]:
    """When something last came into each column with an interval that has others below it, wherever in its tree it stands."""
    parents = Column.objects.filter(update_interval_days__isnull=False, children__isnull=False).distinct()
    by_path = dict(parents.values_list("path", "pk"))
    found: dict[int, datetime] = {}
    if not by_path:
        return found
    for path, day in Column.objects.annotate(last=last).order_by().values_list("path", "last"):
        for above in upwards(path):
            if pk := by_path.get(above):
                found[pk] = max(day, found.get(pk, day))
    return found


def _listed(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """With what a line of a list shows, and without the contents."""
    return drafts.select_related("item", "item__column", "organ", "saved_by", "started_by").defer(
        "content", "item__body"
    )


def _events(people: Iterable[str], kinds: Iterable[str]) -> QuerySet[ReviewEvent]:
    return ReviewEvent.objects.filter(item=OuterRef("item"), person__in=list(people), kind__in=list(kinds))


def _spoken_for(user: User, role: Role, on: date) -> list[str]:
    """Somebody and those they stand in for in a role: what one of them wrote or passed is closed to all."""
    givers = delegations_held(user, on=on).filter(role=role).values_list("delegator__staff_number", flat=True)
    return [user.staff_number, *givers]

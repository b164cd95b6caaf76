"""This room in the shell: its addresses and its place in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.timezone import localdate
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.office.accounts.models import User
from gongkai.office.engagement.ledgers import INTERPRETATION, LEDGERS
from gongkai.office.engagement.views import desk
from gongkai.office.ledgers import policy
from gongkai.office.ledgers.urls import staff


class _Menu(MenuItem):
    """Shown to whoever sees the ledgers of some agency."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and policy.sees_any(user, INTERPRETATION, on=localdate())


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens."""
    found = [
        path("engagement/", desk.home, name="engagement_home"),
        path("engagement/message/<int:pk>/assign/", desk.assign, name="engagement_message_assign"),
        path("engagement/message/<int:pk>/answer/", desk.answer, name="engagement_message_answer"),
        path("engagement/message/<int:pk>/hand-over/", desk.hand_over, name="engagement_message_hand_over"),
        path("engagement/message/<int:pk>/show/", desk.show, name="engagement_message_show"),
        path("engagement/message/<int:pk>/hide/", desk.hide, name="engagement_message_hide"),
        path("engagement/message/<int:pk>/reveal/", desk.reveal, name="engagement_message_reveal"),
    ]
    for ledger in LEDGERS:
        found += staff(ledger)
    return found


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """The ledgers of this room."""
    return _Menu(
        "解读、回应和互动", reverse("engagement_home"), name="engagement-ledgers", icon_name="comment", order=320
    )

"""This room in the shell: its addresses and its place in the menu."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from wagtail import hooks

from gongkai.office.accounts.desk_menu import Place
from gongkai.office.engagement.ledgers import INTERPRETATION, LEDGERS
from gongkai.office.engagement.views import desk
from gongkai.office.ledgers import policy
from gongkai.office.ledgers.urls import staff


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
def menu() -> Place:
    """The ledgers of this room."""
    return Place(
        "解读、回应和互动",
        reverse("engagement_home"),
        lambda user, on: policy.sees_any(user, INTERPRETATION, on=on),
        name="engagement-ledgers",
        icon_name="comment",
        order=320,
    )

"""Something on every screen of every ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gongkai.office.engagement import actions as messages
from gongkai.office.ledgers.ledger import ledgers
from tests.office.cast import NOW, TODAY, Cast
from tests.office.channels import entries as channels
from tests.office.engagement import entries
from tests.office.services import entries as services

_VERBS = ("assign", "answer", "hand_over", "show", "hide", "reveal")


def of_ledgers(cast: Cast) -> dict[str, Sequence[tuple[Any, ...]]]:
    """An entry of each ledger; gives the arguments of the screens that need some."""
    waiting = entries.message(cast)
    shown = messages.answer(entries.message(cast), "请到学校办理。", on=TODAY, by=cast.editor, at=NOW)
    public = {"public_subject": "转学怎样办理", "public_content": "怎样转学？", "public_answer": "请到学校。"}
    messages.show(shown, **public, by=cast.officer, at=NOW)
    asked = entries.consultation(cast)
    account = channels.account(cast)
    made = {
        "engagement.interpretation": [entries.interpretation(cast)],
        "engagement.excellentselection": [entries.selection(cast)],
        "engagement.response": [entries.response(cast)],
        "engagement.pressconference": [entries.press_conference(cast)],
        "engagement.consultation": [asked],
        "engagement.opinion": [entries.opinion(cast, asked)],
        "engagement.message": [waiting, shown],
        "engagement.messagepromise": [entries.promise(cast)],
        "services.serviceitem": [services.item(cast)],
        "services.servicepoint": [services.point(cast)],
        "services.onlinecasecount": [services.cases(cast, date(2024, 3, 1), 120)],
        "channels.account": [account],
        "channels.post": [channels.post(cast, account)],
    }
    screens = {
        each.address(screen): [(entry.pk,) for entry in made[key]]
        for key, each in ledgers().items()
        for screen in ("entry", "change", "strike", "restore")
        if screen != "change" or each.changeable
    }
    return screens | {f"engagement_message_{verb}": [(waiting.pk,), (shown.pk,)] for verb in _VERBS}

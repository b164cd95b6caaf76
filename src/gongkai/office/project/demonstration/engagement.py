"""What 青溪县 explained, answered and asked in 2020: the ledgers of the room engagement, over the county's items."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.engagement import ledgers, rules
from gongkai.office.engagement.words import EPIDEMIC
from gongkai.office.organs.models import Organ
from gongkai.office.project.demonstration.ledgers import enter
from gongkai.office.project.demonstration.wording import Words, data
from gongkai.office.publishing.models import Item
from gongkai.regulation.engagement import ELEMENTS
from gongkai.regulation.workdays import workdays

YEAR = 2020
PROMISE = 3
"""Working days within which the county promises to answer a message."""
MESSAGES = 236
_SEED = 20200102
_FORMS = {"一图读懂": "picture", "问答": "questions", "解答": "questions"}
_CORE = ("background", "aims", "content", "scope", "standards", "benefits")
_EXCELLENT = 2
_LATE = timedelta(hours=52)

Organs = Mapping[str, Organ]
People = Mapping[str, User]


@transaction.atomic
def engage(organs: Organs, people: People, *, at: datetime) -> int:
    """Fill the room's ledgers; gives the number of entries."""
    chance = random.Random(_SEED)
    return sum(
        (
            _interpretations(chance, at),
            _responses(chance, at),
            _press_conferences(chance, at),
            _consultations(organs, chance, at),
            _messages(organs, people, chance, at),
        )
    )


def _interpretations(chance: random.Random, at: datetime) -> int:
    """Each item of the column, with the policy on the same subject where the county has one; two of them selected."""
    policies: dict[str, list[Item]] = {}
    for item in Item.objects.filter(is_normative_document=True).order_by("published_at", "pk"):
        policies.setdefault(item.keywords[0], []).append(item)
    rows = []
    for item in _items("interpretation"):
        known = [each for each in policies.get(item.keywords[0], ()) if _moment(each) <= _moment(item)]
        spoken = {*_CORE, *chance.sample(list(ELEMENTS), 5)}
        form = next((form for words, form in _FORMS.items() if words in item.title), "text")
        rows.append(
            {
                "organ": item.organ,
                "item": item,
                "policy_item": known[-1] if known else None,
                "form": form,
                "level": "own",
                "elements": [key for key in ELEMENTS if key in spoken],
            }
        )
    made = enter(ledgers.INTERPRETATION, rows, at=at)
    best = [
        {
            "interpretation": each,
            "selected_by": "省政务公开领导小组办公室",
            "on": date(YEAR, 12, 18),
            "award": "全省优秀政策解读",
        }
        for each in chance.sample([each for each in made if each.form != "text"], _EXCELLENT)
    ]
    return len(made) + len(enter(ledgers.SELECTION, best, at=at))


def _responses(chance: random.Random, at: datetime) -> int:
    topics: dict[str, str] = data("engagement.toml")["topics"]
    epidemic = set(Item.objects.filter(topics__code="epidemic").values_list("pk", flat=True))
    rows = []
    for number, item in enumerate(_items("response")):
        topic = next((topic for word, topic in topics.items() if word in item.title), "other")
        waited = _LATE if number % 120 == 60 else timedelta(hours=chance.randint(2, 46), minutes=chance.randint(0, 59))
        rows.append(
            {
                "organ": item.organ,
                "item": item,
                "topic": EPIDEMIC if item.pk in epidemic else topic,
                "gravity": "ordinary",
                "found_by": chance.choice(("网站留言", "12345热线", "网络舆情监测", "上级转办")),
                "raised_at": _moment(item) - waited,
            }
        )
    return len(enter(ledgers.RESPONSE, rows, at=at))


def _press_conferences(chance: random.Random, at: datetime) -> int:
    words = data("engagement.toml")["conference"]
    slots = data("slots.toml")
    rows = [
        {
            "organ": item.organ,
            "item": item,
            "title": item.title,
            "on": localdate(item.published_at),
            "place": chance.choice(words["places"]),
            "host": chance.choice(words["hosts"]),
            "speakers": [
                f"{chance.choice(slots['family'])}{chance.choice(slots['given'])}（{chance.choice(words['posts'])}）"
                for _ in range(2)
            ],
            "topic": item.keywords[0],
            "outlets": words["media"],
            "policy_item": None,
        }
        for item in _items("press-conferences")
    ]
    return len(enter(ledgers.PRESS_CONFERENCE, rows, at=at))


def _consultations(organs: Organs, chance: random.Random, at: datetime) -> int:
    asked = data("engagement.toml")["consultation"]
    rows = [
        {
            "organ": organs[each["organ"]],
            "kind": each["kind"],
            "title": each["title"],
            "opens_on": each["opens"],
            "closes_on": each["opens"] + timedelta(days=each["days"]),
            "shortened_reason": "",
            "ways": f"信函寄至{organs[each['organ']].address}，或者致电{organs[each['organ']].phone}。",
            "answered_on": workdays().add(each["opens"] + timedelta(days=each["days"]), chance.randint(5, 12)),
        }
        for each in asked
    ]
    made = enter(ledgers.CONSULTATION, rows, at=at)
    opinions = [
        opinion
        for entry, each in zip(made, asked, strict=True)
        for opinion in _opinions(entry, each["opinions"], chance)
    ]
    return len(made) + len(enter(ledgers.OPINION, opinions, at=at))


def _opinions(consultation: Any, count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    words = data("engagement.toml")["opinion"]
    length = (consultation.closes_on - consultation.opens_on).days
    for _ in range(count):
        adoption = chance.choice(("adopted", "adopted", "partly", "not_adopted"))
        yield {
            "consultation": consultation,
            "on": consultation.opens_on + timedelta(days=chance.randint(0, length)),
            "channel": chance.choice(("web", "web", "letter", "email", "meeting")),
            "author": "",
            "contact": "",
            "text": Words(chance, {}, "").fill(chance.choice(words["texts"])),
            "adoption": adoption,
            "adoption_reason": words[adoption],
        }


def _messages(organs: Organs, people: People, chance: random.Random, at: datetime) -> int:
    """The year's messages, each answered within the promise, some on its last day; three of these days wait on the desk."""
    enter(
        ledgers.PROMISE,
        [{"organ": organs["qingxi"], "on": date(2019, 1, 1), "working_days": PROMISE}],
        at=at,
    )
    rows = [_message(organs, people, chance, at) for _ in range(MESSAGES)]
    today = localdate(at)
    waiting = []
    for number in range(3):
        written = _written(organs, chance)
        del written["answer"]
        on = today - timedelta(days=number)
        waiting.append({**written, "on": on, "number": f"{on:%Y%m%d}-DEM{number}"})
    return 1 + len(enter(ledgers.MESSAGE, rows + waiting, at=at))


def _message(organs: Organs, people: People, chance: random.Random, at: datetime) -> dict[str, Any]:
    """A message of the year with its answer; two of three senders agreed that both are shown."""
    written = _written(organs, chance)
    on = date(YEAR, 1, 2) + timedelta(days=chance.randint(0, 353))
    answered_on = workdays().add(on, chance.choice((1, 1, 2, 2, PROMISE)))
    answer = written.pop("answer")
    shown = chance.random() < 0.66
    row = {
        **written,
        "on": on,
        "number": f"{on:%Y%m%d}-{chance.randrange(16**8):08X}",
        "consents": shown,
        "answered_on": answered_on,
        "answered_by": people[f"editor-{written['organ'].code.removeprefix('qingxi-')}"],
        "answer": answer,
        "working_days": rules.working_days_used(on, answered_on),
    }
    if shown:
        row |= {
            "shown_on": workdays().add(answered_on, 1),
            "shown_by": people["officer"],
            "public_subject": written["subject"],
            "public_content": written["content"],
            "public_answer": answer,
        }
    return row


def _written(organs: Organs, chance: random.Random) -> dict[str, Any]:
    words = data("engagement.toml")["message"]
    matter = chance.choice(words["matter"])
    filled = Words(chance, {}, matter["organ"])
    return {
        "organ": organs[matter["organ"]],
        "kind": chance.choice(words["kinds"]),
        "channel": chance.choice(("web", "web", "web", "phone", "letter")),
        "subject": matter["subject"],
        "content": filled.fill(matter["content"]),
        "answer": filled.fill(matter["answer"]),
        "sender": "",
        "contact": "",
        "consents": False,
    }


def _items(column: str) -> list[Item]:
    """The year's items of a column, in the order of their publication."""
    rows = Item.objects.filter(column__code=column, published_at__year=YEAR).select_related("organ")
    return list(rows.order_by("published_at", "pk"))


def _moment(item: Item) -> datetime:
    assert item.published_at is not None, "the demonstration's items are public"
    return item.published_at

"""Design, decisions 10 and 11: after whatever was done, every stored page is what it would be if it were made now, and what was
withdrawn is nowhere.

Random acts, each through the actions that the desk calls, on a county with everything public pages show. Before each act all
pages are visited, so that they stand as files; after it the files alone are looked at.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from lxml import html

from gongkai.office.organs import actions as organs
from gongkai.office.publishing import actions
from gongkai.office.publishing.models import Column, Item
from gongkai.office.publishing.publication import public_content
from gongkai.office.renderings import files
from gongkai.office.renderings.models import Rendering
from gongkai.office.renderings.stored import rendered
from tests.office.cast import NOW, assemble
from tests.office.portal.content import County, fill
from tests.office.portal.pages import addresses
from tests.office.publishing.stage import clear, drafted, pass_steps, shown

MORE = (
    "/feed.rss",
    "/feed.atom",
    "/sitemap.xml",
    "/sitemap/pages.xml",
    "/sitemap/items-0.xml",
    "/robots.txt",
    "/normative/",
)
FOLLOWED = 60


@dataclass
class Story:
    """What happened so far. `marks` are words that stand in one item only: its title, body and attachment."""

    county: County
    public: Path
    dice: random.Random
    minutes: int = 0
    marks: dict[int, str] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)

    def review(self, item: Item) -> None:
        cast = self.county.cast
        self.minutes += 10
        at = NOW + timedelta(minutes=self.minutes)
        actions.submit(
            item, content_hash=shown(item), by=cast.editor, at=at, reasons=dict.fromkeys(_warnings(item), "经核实无误")
        )
        clear(cast, item, self.minutes + 1)
        pass_steps(cast, item, minutes=self.minutes + 2)

    def publish(self) -> None:
        cast, mark = self.county.cast, f"独有之{self.dice.randrange(10**9):09d}号"
        attached = actions.store_file(
            cast.education, [f"附件写着{mark}。".encode()], "附件.txt", by=cast.editor, at=NOW
        )
        column = self._column()
        topics = tuple(
            Column.objects.filter(kind=Column.Kind.TOPIC, closed_on=None)
            .order_by("pk")
            .values_list("pk", flat=True)[:1]
        )
        item = drafted(
            cast,
            title=f"关于{mark}事项的通知",
            body=f"<p>正文写着{mark}。</p>",
            summary=f"概述写着{mark}。",
            column=column.pk,
            topics=topics if self.dice.random() < 0.5 else (),
            art20_category=self.dice.choice(["livelihood", "fees", "other_required"]),
            attachments=(attached,),
        )
        self.review(item)
        self.marks[item.pk] = mark

    def correct(self) -> None:
        item = self._one(self.marks.keys() - self.withdrawn)
        if item:
            column = self._column()
            changed = replace(public_content(item), body=f"<p>改为{self.marks[item.pk]}。</p>", column=column.pk)
            self._begin(
                lambda at: actions.correct(item, note="更正正文", by=self.county.cast.editor, at=at, content=changed)
            )
            self.review(item)

    def withdraw(self) -> None:
        item = self._one(self.marks.keys() - self.withdrawn)
        if item:
            self._begin(lambda at: actions.withdraw(item, reason="内容有误", by=self.county.cast.officer, at=at))
            self.withdrawn.add(item.pk)

    def restore(self) -> None:
        item = self._one(self.withdrawn)
        if item:
            self._begin(lambda at: actions.restore(item, note="核实无误", by=self.county.cast.editor, at=at))
            self.review(item)
            self.withdrawn.discard(item.pk)

    def rename_column(self) -> None:
        column = self.dice.choice(list(self.county.columns.values()))
        name = f"栏目{self.dice.randrange(10**6)}"
        self._begin(lambda at: actions.change_column(column, by=self.county.cast.officer, at=at, name=name))

    def rename_organ(self) -> None:
        organ = self.dice.choice(self.county.organs)
        name = f"青溪县某某局{self.dice.randrange(10**6)}"
        self._begin(lambda at: organs.change(organ, by=self.county.cast.administrator, at=at, name=name))

    def describe_organ(self) -> None:
        organ = self.dice.choice(self.county.organs)
        office = {"name": "某某办公室", "address": f"人民路{self.dice.randrange(10**6)}号", "phone": "0599-0000010"}
        self._begin(lambda at: organs.set_disclosure_office(organ, by=self.county.cast.administrator, at=at, **office))

    def _begin(self, act) -> None:
        self.minutes += 10
        act(NOW + timedelta(minutes=self.minutes))

    def _column(self) -> Column:
        plain = [each for each in self.county.columns.values() if each.kind == Column.Kind.COLUMN]
        return self.dice.choice(plain)

    def _one(self, among: set[int]) -> Item | None:
        return Item.objects.get(pk=self.dice.choice(sorted(among))) if among else None


def _warnings(item: Item) -> list[str]:
    from gongkai.office.publishing import precheck
    from gongkai.office.publishing.content import Content

    content = Content.from_json(item.draft.content)
    found = precheck.check(content, item.organ, on=NOW.date(), item=item)
    return sorted({each.code for each in found if each.severity == "warning"})


def visit(story: Story) -> dict[str, bytes]:
    """Every kind of page, and what these lead to: what was answered, by address."""
    client, answered = Client(), {}
    tracked = [f"/item/{pk}/" for pk in story.marks]
    queue = [*addresses(story.county).values(), *MORE, *tracked]
    followed = 0
    while queue:
        address = queue.pop(0)
        if address in answered:
            continue
        answer = client.get(address)
        answered[address] = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            links = {link.partition("#")[0] for link in html.fromstring(answered[address]).xpath("//a/@href")}
            for link in sorted(links):
                wanted = link.startswith("/attachments/") or followed < FOLLOWED
                if re.match(r"/(?!/|desk/|display/|search/|verify/)[^?]*$", link) and link not in answered and wanted:
                    queue.append(link)
                    followed += 1
    return answered


def assert_exact(story: Story) -> int:
    """Every file is what its address answers now; no file holds a word of a withdrawn item."""
    compared = 0
    gone = [story.marks[pk].encode() for pk in story.withdrawn]
    for address, file in list(files.standing()):
        assert address is not None, file
        content = file.read_bytes()
        assert not [mark for mark in gone if mark in content], f"{address} still shows what was withdrawn"
        answer = rendered(address)
        assert answer.status_code == 200, address
        now = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert content == now, f"{address} is not what it would be now"
        assert Rendering.objects.get(path=address).standing
        compared += 1
    return compared


def assert_nowhere(story: Story, answered: dict[str, bytes]) -> None:
    """What was withdrawn is on no page, in no feed, search or interface."""
    client = Client()
    for pk in story.withdrawn:
        mark = story.marks[pk]
        for address, content in answered.items():
            if address == f"/item/{pk}/":
                assert client.get(address).status_code == 410
                content = content.replace(f"关于{mark}事项的通知".encode(), b"")
            assert mark.encode() not in content, f"{address} shows what was withdrawn"
        for address in (
            f"/search/?q={mark}",
            f"/api/v1/items?q={mark}",
            f"/api/v1/items/{pk}",
            "/api/v1/bulk/items.ndjson",
        ):
            answer = client.get(address)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert f"正文写着{mark}".encode() not in content, address
            assert f"/item/{pk}/".encode() not in content, address


def tell(committed: Path, seed: int, acts: int) -> None:
    county = fill(assemble(), items=60)
    story = Story(county, committed, random.Random(seed))
    order = [
        story.publish,
        story.publish,
        story.withdraw,
        story.rename_organ,
        story.rename_column,
        story.correct,
        story.describe_organ,
        story.restore,
    ]
    for number in range(acts):
        before = visit(story)
        assert_nowhere(story, before)
        standing = Rendering.objects.filter(standing=True).count()
        assert standing > 40, "hardly any page is kept as a file"
        act = (
            order[number]
            if number < len(order)
            else story.dice.choice([*order, story.rename_organ, story.describe_organ])
        )
        act()
        assert_exact(story)
    assert_nowhere(story, visit(story))


def test_pages_are_exact_after_each_act(committed):
    tell(committed, seed=1, acts=8)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_pages_are_exact_after_many_acts(committed, seed):
    tell(committed, seed=seed, acts=30)

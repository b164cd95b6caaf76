"""What `bench.serving` does inside the office, in a process that has its data folder: python -m bench.serving_acts VERB."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

PUBLICATIONS = 20


def fill(path: str) -> None:
    """The cast, and the items of a file; prints the number of an item."""
    from gongkai.office.publishing.importing.carrying_out import begin, carry_on
    from gongkai.office.publishing.models import Item
    from tests.office.cast import NOW, assemble

    cast = assemble()
    run = begin(Path(path), "bench", by=cast.administrator, at=NOW)
    carry_on(run, Path(path), None, by=cast.administrator, at=NOW)
    assert run.refused == 0, run.errors[:3]
    print(Item.objects.order_by("pk").values_list("pk", flat=True)[7])


def export() -> None:
    """The same items for the stock site, a JSON object a line."""
    from gongkai.office.publishing.models import Item

    for item in Item.objects.select_related("organ"):
        written = {"title": item.title, "body": item.body, "summary": item.title, "index_number": item.index_number}
        print(json.dumps(written | {"issuing_agency": item.organ.name, "category": "其他"}, ensure_ascii=False))


def publish() -> None:
    """Milliseconds of each last pass, with pages of the lists standing as files."""
    from django.test import Client

    from gongkai.office.accounts.models import User
    from gongkai.office.organs.models import Organ
    from gongkai.office.publishing.models import Column
    from tests.office.cast import Cast
    from tests.office.publishing.stage import pass_step, passed

    staff = {user.staff_number: user for user in User.objects.all()}
    organs = {organ.code: organ for organ in Organ.objects.all()}
    parts = ("editor", "first", "second", "final", "secrecy", "officer", "administrator", "outsider")
    people = {part: staff[f"A{number:03d}"] for number, part in enumerate(parts, start=1)}
    cast = Cast(
        organs["qingxi"],
        organs["qingxi-education"],
        organs["qingxi-water"],
        Column.objects.get(code="notices"),
        **people,
    )
    client, took = Client(), []
    for number in range(PUBLICATIONS):
        item = passed(cast, 2, title=f"第{number}号通知")
        for page in (
            "/",
            "/feed.atom",
            "/sitemap.xml",
            "/column/notices/",
            *(f"/column/notices/page/{n}/" for n in range(2, 51)),
        ):
            client.get(page, headers={"host": "127.0.0.1"})
        begun = time.perf_counter()
        assert pass_step(item, "final", cast.final, 8)
        took.append((time.perf_counter() - begun) * 1000)
    print(json.dumps(took))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.project.settings")
    import django

    django.setup()
    {"fill": fill, "export": export, "publish": publish}[sys.argv[1]](*sys.argv[2:])

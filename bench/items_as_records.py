"""Items as records against items as pages of Wagtail's tree with its workflow: one machine, one run, as ratios.

    PYTHONPATH=src:. python -m bench.items_as_records

Both on the same SQLite file in WAL. Wagtail's own search index is off for both, as in our settings; so are its stock
checks of who approves (a superuser does), while ours asks roles, the law, the pre-check, the audit log and the search
index at each step. docs/decisions/0010 says what follows from it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

ITEMS = 40
"""Items published, one after the other, in turns: ours, stock, ours …"""
LISTED = 20_000
"""Items that stand in the column when its list is asked for."""
ASKED = 200


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GONGKAI_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.office.project.settings"
        from tests.office.database import sqlite_template

        shutil.copyfile(sqlite_template(), Path(folder) / "gongkai.sqlite3")
        import django

        django.setup()
        _measure()


def _measure() -> None:
    from django.conf import settings

    settings.WAGTAIL_WORKFLOW_ENABLED = True
    from tests.office.cast import assemble

    cast = assemble()
    publish_ours, list_ours = _ours(cast)
    publish_stock, list_stock = _stock(cast)
    published = _in_turns(publish_ours, publish_stock, ITEMS)
    listed = _in_turns(list_ours, list_stock, ASKED)
    print("| | ours, ms | stock Wagtail, ms | stock / ours |\n|---|---|---|---|")
    for what, (ours, stock) in (
        ("create, submit, three passes, publish", published),
        (f"newest 20 of a column of {LISTED:,}", listed),
    ):
        print(f"| {what} | {ours:.2f} | {stock:.2f} | {stock / ours:.1f} |")


def _in_turns(ours: Callable[[], object], stock: Callable[[], object], times: int) -> tuple[float, float]:
    """Medians in milliseconds."""
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(times + 2):
        for place, act in enumerate((ours, stock)):
            began = time.perf_counter()
            act()
            if number >= 2:  # the first two warm up caches and imports
                taken[place].append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[0]), statistics.median(taken[1])


def _ours(cast: object) -> tuple[Callable[[], object], Callable[[], object]]:
    from gongkai.office.publishing.models import Column, Item
    from gongkai.office.publishing.queries import public_items
    from tests.office.cast import NOW, Cast
    from tests.office.publishing.stage import published

    assert isinstance(cast, Cast)
    column = Column.objects.create(code="full", name="满栏目", path="0009.")
    Item.objects.bulk_create(
        (
            Item(
                organ=cast.education,
                column=column,
                title=f"第{number}件政府信息",
                body="<p>正文。</p>" * 40,
                index_number=f"bench-{number}",
                content_hash="0" * 64,
                created_at=NOW,
                published_at=NOW + timedelta(minutes=number),
            )
            for number in range(LISTED)
        ),
        batch_size=500,
    )
    body = "<p>请按照要求做好食堂管理工作。</p>" * 40
    return (
        lambda: published(cast, body=body),
        lambda: list(public_items().filter(column=column).select_related("organ").defer("body")[:20]),
    )


def _stock(cast: object) -> tuple[Callable[[], object], Callable[[], object]]:
    from django.apps import AppConfig, apps
    from django.contrib.auth.models import Group
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection, models
    from django.utils import timezone
    from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

    from gongkai.office.accounts.models import User

    class StockItem(Page):
        body = models.TextField()

        class Meta:
            app_label = "stock"

    # An app of one model, made on the spot: Wagtail looks for a page's class by its content type.
    stock = AppConfig("stock", sys.modules["bench"])
    apps.app_configs["stock"] = stock
    stock.apps, stock.models = apps, apps.all_models["stock"]
    apps.clear_cache()
    connection.disable_constraint_checking()
    with connection.schema_editor() as editor:
        editor.create_model(StockItem)
    root = Page.objects.get(depth=1)
    parent = root.add_child(instance=Page(title="栏目", slug="column"))
    clerk = User.objects.create_superuser(username="stock", password="-", name="-", staff_number="-")
    workflow = Workflow.objects.create(name="三审")
    for order, name in enumerate(("初审", "复审", "终审")):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(Group.objects.create(name=name))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})

    full = root.add_child(instance=Page(title="满栏目", slug="full"))
    kind = ContentType.objects.get_for_model(StockItem)
    now = timezone.now()
    pages = [
        Page(
            title=f"第{number}件政府信息",
            draft_title="-",
            slug=f"item-{number}",
            path=f"{full.path}{Page._int2str(number + 1).rjust(4, '0')}",
            depth=3,
            url_path=f"/full/item-{number}/",
            content_type=kind,
            live=True,
            locale=root.locale,
            first_published_at=now + timedelta(minutes=number),
        )
        for number in range(LISTED)
    ]
    Page.objects.bulk_create(pages, batch_size=500)
    rows = Page.objects.filter(depth=3, path__startswith=full.path).values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {StockItem._meta.db_table} (page_ptr_id, body) VALUES (%s, %s)",
            [(pk, "<p>正文。</p>" * 40) for pk in rows],
        )
    full.numchild = LISTED
    full.save(update_fields=["numchild"])
    body = "<p>请按照要求做好食堂管理工作。</p>" * 40

    def publish() -> None:
        page = StockItem(title="关于做好学校食堂管理工作的通知", body=body, live=False, owner=clerk)
        parent.refresh_from_db()
        parent.add_child(instance=page)
        page.save_revision(user=clerk)
        state = workflow.start(page, clerk)
        for _ in range(3):
            state.refresh_from_db()
            state.current_task_state.task.specific.on_action(state.current_task_state, clerk, "approve")
        page.refresh_from_db()
        assert page.live

    return publish, lambda: list(
        StockItem.objects.live().child_of(full).order_by("-first_published_at").defer("body")[:20]
    )


if __name__ == "__main__":
    main()

"""`manage.py rebuild_search`: make the search index again from what is public."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from gongkai.office.publishing.search import rebuild


class Command(BaseCommand):
    help = "用全部已公开的信息重新建立检索索引。期间可以照常发布，检索结果会逐步补全。"

    def handle(self, *args: object, verbosity: int, **options: object) -> None:
        def tell(done: int, total: int) -> None:
            if verbosity:
                self.stdout.write(f"已编入 {done} / {total} 条", ending="\r")
                self.stdout.flush()

        count = rebuild(tell)
        if verbosity:
            self.stdout.write(f"检索索引已重建，共 {count} 条信息。")

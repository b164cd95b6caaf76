"""Fill the stock site: python -m bench.stock_site.fill ITEMS < JSON lines of items."""

from __future__ import annotations

import json
import os
import sys
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.stock_site.settings")


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from wagtail.models import Page, Site

    call_command("migrate", verbosity=0)
    from bench.stock_site.models import ColumnPage, ItemPage

    with transaction.atomic():
        Page.objects.filter(depth=2).delete()
        root = Page.objects.get(depth=1)
        column = root.add_child(instance=ColumnPage(title="通知公告", slug="notices"))
        Site.objects.update_or_create(
            hostname="127.0.0.1", port=80, defaults={"root_page": column, "is_default_site": True}
        )
        for number, line in enumerate(sys.stdin):
            item = json.loads(line) | {"published_on": date(2024, 4, 12)}
            column.add_child(instance=ItemPage(slug=f"item-{number}", **item))
    call_command("update_index", verbosity=0)


if __name__ == "__main__":
    main()

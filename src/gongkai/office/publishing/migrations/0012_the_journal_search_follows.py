"""The journal that the search index follows; the index itself is a file of each host now, and its tables go.

What is public is entered anew when the site starts: nothing has to be carried over. A SQLite file keeps the space of the
tables for what comes; `VACUUM` gives it back to the disk.
"""

import secrets
from importlib import import_module

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_FORMER = import_module("gongkai.office.publishing.migrations.0003_search")


def begin(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The first entry: an index of another database is known as such from the beginning."""
    change = apps.get_model("publishing", "SearchChange")
    change.objects.create(token=secrets.token_hex(8), count=0)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0011_links_to_other_sites")]

    operations = [
        migrations.RunPython(_FORMER.remove, _FORMER.create),
        migrations.CreateModel(
            name="SearchChange",
            fields=[
                ("sequence", models.BigAutoField(primary_key=True, serialize=False, verbose_name="序号")),
                ("token", models.CharField(max_length=16, verbose_name="标记")),
                ("items", models.JSONField(default=list, verbose_name="信息")),
                ("count", models.PositiveIntegerField(null=True, verbose_name="条数")),
            ],
            options={"verbose_name": "检索索引待跟进的变动", "verbose_name_plural": "检索索引待跟进的变动"},
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]

"""What the benchmarks of the office share: an empty office to fill, and the page where their results stand."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.office.cast import Cast

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance-office.md"
_TITLE = """# 速度：导入、权限、编制和接收年报

`python -m bench.importing --write`、`python -m bench.permissions --write`、`python -m bench.compiling --write`、
`python -m bench.receive --write` 写成；前面加上 `python -m tests.office.postgresql` 就在 PostgreSQL 上量。
"""


def start_django(folder: Path) -> None:
    """An office in a folder, migrated; in the database that DATABASE_URL names where it does."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    os.environ["GONGKAI_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.office.project.settings"
    # Nobody fetches style sheets here: their names need not carry the hash of a gathered file.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    django.setup()
    call_command("migrate", verbosity=0)


def office() -> Cast:
    """The standing cast of the tests in that office; made once."""
    from tests.office import cast

    global _cast
    _cast = _cast or cast.assemble()
    return _cast


_cast: Cast | None = None


def engine_name() -> str:
    """The database and its version."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def write(part: str, text: str) -> None:
    """Put a part (a heading of its own) into the page, in the place of what stood there under that name."""
    page = PAGE.read_text("utf-8") if PAGE.exists() else _TITLE
    begin, end = f"<!-- {part} -->\n", f"<!-- /{part} -->\n"
    block = f"{begin}{text.strip()}\n{end}"
    if begin in page:
        page = re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: block, page, flags=re.DOTALL)
    else:
        page = f"{page.rstrip()}\n\n{block}"
    PAGE.write_text(page, "utf-8")

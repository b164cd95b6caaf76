"""Getting Django ready for a command."""

from __future__ import annotations

import os

from gongkai.cli.console import Stop


def set_up() -> None:
    """Load the office's settings and rooms. Errors: Stop when the environment says something impossible."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.project.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        raise Stop(
            f"环境变量中的设置有误：{error}。各项设置见 docs/settings.md。",
            f"A setting in the environment is wrong: {error}. docs/settings.md describes them.",
        ) from error


def set_up_database() -> None:
    """The office with a database that can be asked.

    Errors: Stop when there is none yet, when it does not answer, or when it is of an earlier version of the program.
    """
    set_up()
    from django.db import OperationalError

    from gongkai.office.project.preparing import missing_migrations

    try:
        missing = missing_migrations()
    except OperationalError as error:
        raise Stop(
            f"数据库连不上：{error}。请核对 DATABASE_URL 和 GONGKAI_DATA，或者用 gongkai doctor 检查。",
            f"The database does not answer: {error}. Check DATABASE_URL and GONGKAI_DATA, or run gongkai doctor.",
        ) from error
    if missing:
        raise Stop(
            "数据库还没有建立，或者是旧版本的。请核对 GONGKAI_DATA 和 DATABASE_URL 指的是不是您的安装；"
            "新安装请先执行 gongkai serve，升级请先备份再执行 gongkai serve --migrate。",
            "There is no database yet, or it is of an earlier version. Check that GONGKAI_DATA and DATABASE_URL name your "
            "installation; a new one is made by gongkai serve, an upgrade by gongkai serve --migrate after a backup.",
        )

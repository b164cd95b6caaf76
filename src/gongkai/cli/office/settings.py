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

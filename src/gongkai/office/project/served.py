"""The application as `gongkai serve` runs it: files in front, Django behind."""

from __future__ import annotations

from gongkai.office.project.front import Front
from gongkai.office.project.lifetime import end_with_parent


def make() -> Front:
    """The application of one worker process."""
    end_with_parent()
    from django.conf import settings

    from gongkai.office.project import headers
    from gongkai.office.project.wsgi import application as django

    # Django is set up by the import above; only then may a room be asked.
    from gongkai.office.portal.display import DISPLAYS  # isort: skip

    return Front(
        django,
        pages=settings.RENDERINGS_ROOT,
        static=settings.STATIC_ROOT,
        displays=DISPLAYS,
        page_headers=headers.of_pages(),
    )

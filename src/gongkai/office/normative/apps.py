"""The room as Django knows it."""

from django.apps import AppConfig


class Normative(AppConfig):
    name = "gongkai.office.normative"
    label = "normative"
    verbose_name = "规范性文件"

    def ready(self) -> None:
        """Search learns from this room which documents are valid."""
        from gongkai.office.normative.queries import validity_today
        from gongkai.office.publishing.search import validity_from

        validity_from(validity_today)

"""The room as Django knows it."""

from django.apps import AppConfig


class Portal(AppConfig):
    name = "gongkai.office.portal"
    label = "portal"
    verbose_name = "门户"

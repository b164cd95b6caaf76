"""The room as Django knows it."""

from django.apps import AppConfig


class Publishing(AppConfig):
    name = "gongkai.office.publishing"
    label = "publishing"
    verbose_name = "主动公开"

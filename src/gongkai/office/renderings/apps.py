"""The room as Django knows it."""

from django.apps import AppConfig


class Renderings(AppConfig):
    name = "gongkai.office.renderings"
    label = "renderings"
    verbose_name = "公开页面"

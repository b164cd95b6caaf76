"""The room as Django knows it."""

from django.apps import AppConfig


class Organs(AppConfig):
    name = "gongkai.office.organs"
    label = "organs"
    verbose_name = "行政机关"

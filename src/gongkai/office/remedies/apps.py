"""The room as Django knows it."""

from django.apps import AppConfig


class Remedies(AppConfig):
    name = "gongkai.office.remedies"
    label = "remedies"
    verbose_name = "行政复议和行政诉讼"

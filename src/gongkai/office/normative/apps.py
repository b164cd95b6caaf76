"""The room as Django knows it."""

from django.apps import AppConfig


class Normative(AppConfig):
    name = "gongkai.office.normative"
    label = "normative"
    verbose_name = "规范性文件"

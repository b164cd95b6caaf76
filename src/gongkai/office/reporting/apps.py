"""The room as Django knows it."""

from django.apps import AppConfig


class Reporting(AppConfig):
    name = "gongkai.office.reporting"
    label = "reporting"
    verbose_name = "年度报告"

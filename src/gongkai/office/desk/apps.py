"""The room as Django knows it."""

from django.apps import AppConfig


class Desk(AppConfig):
    name = "gongkai.office.desk"
    label = "desk"
    verbose_name = "工作台"

"""The room as Django knows it."""

from django.apps import AppConfig


class Casework(AppConfig):
    name = "gongkai.office.casework"
    label = "casework"
    verbose_name = "依申请公开"

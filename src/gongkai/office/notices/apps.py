"""The room as Django knows it."""

from django.apps import AppConfig


class Notices(AppConfig):
    name = "gongkai.office.notices"
    label = "notices"
    verbose_name = "通知和送达"

"""The room as Django knows it."""

from django.apps import AppConfig


class Personal(AppConfig):
    name = "gongkai.office.personal"
    label = "personal"
    verbose_name = "个人信息"

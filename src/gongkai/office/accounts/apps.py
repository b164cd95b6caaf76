"""The room as Django knows it."""

from django.apps import AppConfig


class Accounts(AppConfig):
    name = "gongkai.office.accounts"
    label = "accounts"
    verbose_name = "人员与权限"

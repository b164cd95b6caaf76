"""The room as Django knows it."""

from django.apps import AppConfig


class Api(AppConfig):
    name = "gongkai.office.api"
    label = "api"
    verbose_name = "开放数据"

"""The room as Django knows it."""

from django.apps import AppConfig


class Services(AppConfig):
    name = "gongkai.office.services"
    label = "services"
    verbose_name = "政务服务"

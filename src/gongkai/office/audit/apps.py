"""The room as Django knows it."""

from django.apps import AppConfig


class Audit(AppConfig):
    name = "gongkai.office.audit"
    label = "audit"
    verbose_name = "审计"

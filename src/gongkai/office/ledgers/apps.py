"""The room as Django knows it."""

from django.apps import AppConfig


class Ledgers(AppConfig):
    name = "gongkai.office.ledgers"
    label = "ledgers"
    verbose_name = "台账"

"""The room as Django knows it."""

from django.apps import AppConfig


class Channels(AppConfig):
    name = "gongkai.office.channels"
    label = "channels"
    verbose_name = "政务新媒体"

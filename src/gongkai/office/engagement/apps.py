"""The room as Django knows it."""

from django.apps import AppConfig


class Engagement(AppConfig):
    name = "gongkai.office.engagement"
    label = "engagement"
    verbose_name = "解读、回应和互动"

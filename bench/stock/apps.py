"""The app that only the bench installs."""

from django.apps import AppConfig


class Stock(AppConfig):
    name = "bench.stock"
    label = "stock"
    default_auto_field = "django.db.models.BigAutoField"

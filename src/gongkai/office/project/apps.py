"""The project as Django knows it: it has commands, nothing else."""

from django.apps import AppConfig


class Project(AppConfig):
    name = "gongkai.office.project"
    label = "project"
    verbose_name = "平台"

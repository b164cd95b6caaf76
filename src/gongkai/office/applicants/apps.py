"""The room as Django knows it."""

from django.apps import AppConfig


class Applicants(AppConfig):
    name = "gongkai.office.applicants"
    label = "applicants"
    verbose_name = "申请人账号"

"""The column 政府信息公开 and its five fixed parts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.office.portal.statutory import BY_KEY


def guide(request: HttpRequest) -> HttpResponse:
    """政府信息公开指南."""
    return _part(request, "guide")


def systems(request: HttpRequest) -> HttpResponse:
    """政府信息公开制度."""
    return _part(request, "systems")


def content(request: HttpRequest) -> HttpResponse:
    """法定主动公开内容."""
    return _part(request, "content")


def annual_reports(request: HttpRequest) -> HttpResponse:
    """政府信息公开年报."""
    return _part(request, "annual_reports")


def application(request: HttpRequest) -> HttpResponse:
    """依申请公开."""
    return _part(request, "application")


def _part(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, f"portal/disclosure/{key}.html", {"part": BY_KEY[key]})

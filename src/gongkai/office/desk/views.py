"""What each of the staff sees first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.auth import require_admin_access


@require_admin_access
def home(request: HttpRequest) -> HttpResponse:
    """The first page of the desk."""
    return render(request, "desk/home.html")

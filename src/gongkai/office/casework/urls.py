"""The room's addresses."""

from __future__ import annotations

from gongkai.office.casework.public_urls import urlpatterns as public

urlpatterns = [*public]

"""The room's public addresses."""

from __future__ import annotations

from django.urls import path

from gongkai.office.channels.views import public

urlpatterns = [
    path("new-media/", public.accounts, {"number": 1}, name="channels_accounts_public"),
    path("new-media/page/<int:number>/", public.accounts, name="channels_accounts_public"),
    path("new-media/<int:pk>/", public.posts, {"number": 1}, name="channels_account_posts"),
    path("new-media/<int:pk>/page/<int:number>/", public.posts, name="channels_account_posts"),
]

"""The room's public addresses."""

from django.urls import path

from gongkai.office.accounts.views.captcha import captcha_picture

urlpatterns = [path("captcha/<str:token>.png", captcha_picture, name="captcha_picture")]

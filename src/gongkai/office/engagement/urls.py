"""The room's public addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.office.engagement.views import public, writing


def _list(
    base: str, view: public.View, name: str, parts: str = "", given: dict[str, object] | None = None
) -> list[URLPattern]:
    """A list by pages: the first without a number."""
    return [
        path(f"{base}/{parts}", view, {**(given or {}), "number": 1}, name=name),
        path(f"{base}/{parts}page/<int:number>/", view, given or {}, name=name),
    ]


urlpatterns = [
    *_list("interpretations", public.interpretations, "engagement_interpretations_public", given={"form": ""}),
    *_list("interpretations", public.interpretations, "engagement_interpretations_of", "form/<slug:form>/"),
    path("interpretations/<int:pk>/", public.interpretation, name="engagement_interpretation_public"),
    *_list("responses", public.responses, "engagement_responses_public", given={"topic": ""}),
    *_list("responses", public.responses, "engagement_responses_of", "topic/<slug:topic>/"),
    path("responses/<int:pk>/", public.response, name="engagement_response_public"),
    *_list("press-conferences", public.press_conferences, "engagement_press_conferences_public"),
    path("press-conferences/<int:pk>/", public.press_conference, name="engagement_press_conference_public"),
    *_list("consultations", public.consultations, "engagement_consultations_public"),
    path("consultations/<int:pk>/", public.consultation, name="engagement_consultation_public"),
    *_list("messages", public.messages, "engagement_messages_public"),
    path("messages/write/", writing.write, name="engagement_write"),
    path("messages/find/", writing.find, name="engagement_find"),
    path("messages/rate/", writing.rate, name="engagement_rate"),
    path("consultations/<int:pk>/opinion/", writing.give_opinion, name="engagement_give_opinion"),
    path("messages/<int:pk>/", public.message, name="engagement_message_public"),
]

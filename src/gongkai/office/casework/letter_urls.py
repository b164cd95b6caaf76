"""Addresses of the staff's screens for replies and letters, below the desk."""

from django.urls import path

from gongkai.office.casework.views.staff import replies

urlpatterns = [
    path("casework/letters/", replies.queue, name="casework_letters"),
    path("casework/letters/<int:pk>/", replies.letter, name="casework_letter"),
    path("casework/letters/<int:pk>/send/", replies.send, name="casework_letter_send"),
    path("casework/letters/<int:pk>/file.<slug:ending>", replies.file, name="casework_letter_file"),
    path("casework/letters/<int:pk>/<slug:verb>/", replies.act, name="casework_letter_act"),
    path("casework/letter-settings/<slug:organ>/", replies.letter_settings, name="casework_letter_settings"),
    path("cases/<int:pk>/reply/", replies.reply, name="casework_reply"),
    path("cases/<int:pk>/letters/add/", replies.add, name="casework_letter_add"),
    path("cases/<int:pk>/redaction/", replies.copies, name="casework_redaction"),
]

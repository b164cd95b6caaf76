"""Public addresses of this room: is a code, is a file genuine?"""

from django.urls import path

from gongkai.office.audit import views

urlpatterns = [
    path("verify/", views.ask, name="verify"),
    path("verify/public-key.pem", views.public_key, name="verify_public_key"),
    path("verify/list.json", views.listed, name="verify_list"),
    path("verify/file/", views.file, name="verify_file"),
    path("verify/file/<str:sha256>/", views.digest, name="verify_digest"),
    path("verify/<str:code>/", views.code, name="verify_code"),
    path("verify/<str:code>/certificate.json", views.certificate, name="verify_certificate"),
]

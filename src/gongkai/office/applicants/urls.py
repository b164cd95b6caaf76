"""The room's addresses; the list of the own applications, at /applications/account/, is `casework`'s."""

from django.urls import path

from gongkai.office.applicants.views import entering, settings

urlpatterns = [
    path("applications/account/register/", entering.register, name="applicant_register"),
    path("applications/account/forgotten/", entering.forgotten, name="applicant_forgotten"),
    path("applications/account/link/<str:token>/", entering.open_link, name="applicant_link"),
    path("applications/account/sign-in/", entering.sign_in, name="applicant_sign_in"),
    path("applications/account/sign-out/", entering.sign_out, name="applicant_sign_out"),
    path("applications/account/settings/", settings.settings, name="applicant_settings"),
    path("applications/account/password/", settings.change_password, name="applicant_password"),
    path("applications/account/address/", settings.change_address, name="applicant_address"),
    path("applications/account/close/", settings.close, name="applicant_close"),
]

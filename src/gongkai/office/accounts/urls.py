"""Addresses of signing in. They stand under the desk and before the shell's own, outside its permission check."""

from django.urls import path

from gongkai.office.accounts.views import account, sign_in

urlpatterns = [
    path("login/", sign_in.SignInView.as_view()),
    path("account/", account.own_account),
    path("sign-in/second-factor/", sign_in.ask_second_factor, name="accounts_second_factor"),
    path("sign-in/second-factor/set-up/", sign_in.set_up_second_factor, name="accounts_set_up_second_factor"),
    path("sign-in/password/", sign_in.change_password, name="accounts_password"),
]

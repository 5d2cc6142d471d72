"""Addresses of signing in; the `account_…` names are those that allauth asks for."""

from django.urls import URLPattern, path

from estafeta.signin import languages, passwords, set_up, sign_in

urlpatterns: list[URLPattern] = [
    path("sign-in", sign_in.sign_in, name="account_login"),
    path("sign-out", sign_in.sign_out, name="account_logout"),
    path("password/forgotten", passwords.forgotten, name="account_reset_password"),
    path("password/reset/<str:key>", passwords.set_by_link, name="account_reset_password_from_key"),
    path("password/change", passwords.change, name="account_change_password"),
    path("language", languages.choose, name="choose_language"),
    path("first-run", set_up.first_run, name="first_run"),
]

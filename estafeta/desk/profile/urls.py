"""Addresses of the desk: one's own profile."""

from django.urls import path

from estafeta.desk.profile import devices, profile, telegram, tokens

urlpatterns = [
    path("profile", profile.show, name="profile"),
    path("profile/photo", profile.photo, name="profile_photo"),
    path("profile/theme", profile.theme, name="profile_theme"),
    path("profile/devices", devices.show, name="devices"),
    path("profile/devices/end", devices.end, name="end_devices"),
    path("profile/telegram", telegram.show, name="profile_telegram"),
    path("profile/telegram/<int:number>/unlink", telegram.unlink, name="unlink_telegram"),
    path("profile/tokens", tokens.show, name="tokens"),
    path("profile/tokens/<int:number>/revoke", tokens.revoke, name="revoke_token"),
]

"""Addresses of the desk: what a phone needs besides the pages."""

from django.urls import path

from estafeta.desk.phone import hello, icons, installed, kit, share

urlpatterns = [
    path("sw.js", installed.service_worker, name="service_worker"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    path("app-icon/<slug:purpose>/<int:size>/<str:name>", icons.app_icon, name="app_icon"),
    path("phone/hello", hello.hello, name="phone_hello"),
    path("phone/kit", kit.kit, name="phone_kit"),
    path("phone/offline", kit.offline, name="phone_offline"),
    path("share", share.share, name="share"),
]

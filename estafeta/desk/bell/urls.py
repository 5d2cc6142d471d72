"""Addresses of the desk: bell."""

from django.urls import path

from estafeta.desk.bell import views

urlpatterns = [
    path("notifications", views.page, name="notifications"),
    path("notifications/panel", views.panel, name="notifications_panel"),
    path("notifications/<int:number>", views.summary, name="notification"),
    path("notifications/read", views.read_all, name="notifications_read"),
]

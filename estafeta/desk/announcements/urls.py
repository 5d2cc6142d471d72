"""Addresses of the desk: announcements."""

from django.urls import path

from estafeta.desk.announcements import readers, views

urlpatterns = [
    path("announcements", views.listing, name="announcements"),
    path("announcements/new", views.new, name="new_announcement"),
    path("announcements/<int:number>", views.edit, name="edit_announcement"),
    path("announcements/<int:number>/readers", readers.readers, name="announcement_readers"),
    path("announcements/<int:number>/close", views.close, name="close_announcement"),
    path("announcements/<int:number>/withdraw", views.withdraw, name="withdraw_announcement"),
]

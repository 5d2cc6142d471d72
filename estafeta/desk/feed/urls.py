"""Addresses of the desk: what happened."""

from django.urls import path

from estafeta.desk.feed import views

urlpatterns = [
    path("feed", views.feed, name="feed"),
]

"""Addresses of the desk: who is where."""

from django.urls import path

from estafeta.desk.presence import views

urlpatterns = [path("presence", views.say, name="presence")]

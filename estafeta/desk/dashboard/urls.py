"""Addresses of the desk: dashboard."""

from django.urls import path

from estafeta.desk.dashboard import views

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("departments", views.departments, name="departments"),
]

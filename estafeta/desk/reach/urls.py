"""Addresses of the desk: where to reach people and departments."""

from django.urls import path

from estafeta.desk.reach import views

urlpatterns = [
    path("profile/reach", views.own, name="reach"),
    path("departments/<int:number>/reach", views.of_department, name="department_reach"),
]

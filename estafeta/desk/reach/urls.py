"""Addresses of the desk: where to reach people and departments."""

from django.urls import path

from estafeta.desk.reach import push, views

urlpatterns = [
    path("profile/reach", views.own, name="reach"),
    path("departments/<int:number>/reach", views.of_department, name="department_reach"),
    path("profile/push", push.subscribe, name="push_subscribe"),
    path("profile/push/end", push.unsubscribe, name="push_unsubscribe"),
    path("push/renew", push.renew, name="push_renew"),
]

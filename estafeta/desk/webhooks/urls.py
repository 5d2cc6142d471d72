"""Addresses of the desk: webhooks."""

from django.urls import path

from estafeta.desk.webhooks import views

urlpatterns = [
    path("administration/webhooks", views.listing, name="webhooks"),
    path("administration/webhooks/new", views.new, name="new_webhook"),
    path("administration/webhooks/<int:number>", views.edit, name="webhook"),
    path("administration/webhooks/<int:number>/<slug:what>", views.act, name="webhook_act"),
]

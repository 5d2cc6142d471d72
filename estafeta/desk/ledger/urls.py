"""Addresses of the desk: what was sent."""

from django.urls import path

from estafeta.desk.ledger import administration, own, ticket

urlpatterns = [
    path("tickets/<int:number>/told", ticket.told, name="ticket_told"),
    path("profile/messages", own.messages, name="own_messages"),
    path("administration/messages", administration.queue, name="manage_messages"),
    path("administration/messages/all", administration.deliveries, name="manage_deliveries"),
    path("administration/messages/retry", administration.retry_all, name="retry_messages"),
    path("administration/messages/<int:number>/retry", administration.retry, name="retry_message"),
    path(
        "administration/messages/<slug:channel>/pause", administration.pause, name="pause_channel"
    ),
    path(
        "administration/messages/<slug:channel>/resume",
        administration.resume,
        name="resume_channel",
    ),
]

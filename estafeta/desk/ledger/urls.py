"""Addresses of the desk: what was sent."""

from django.urls import path

from estafeta.desk.ledger import own, ticket

urlpatterns = [
    path("tickets/<int:number>/told", ticket.told, name="ticket_told"),
    path("profile/messages", own.messages, name="own_messages"),
]

"""Addresses of the desk: cards and the preview pane, fetched when somebody looks."""

from django.urls import path

from estafeta.desk.cards import views

urlpatterns = [
    path("tickets/<int:number>/card", views.ticket_card, name="ticket_card"),
    path("tickets/<int:number>/pane", views.pane, name="ticket_pane"),
    path("people/<int:person>/card", views.person_card, name="person_card"),
]

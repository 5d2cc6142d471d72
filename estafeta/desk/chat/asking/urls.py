"""Addresses of the desk: talks of clients with operators."""

from django.urls import path

from estafeta.desk.chat.asking import ask, calls, handling, reception, ticket

urlpatterns = [
    path("ask", ask.ask, name="chat_ask"),
    path("chat/<int:room>/bar", handling.bar, name="chat_bar"),
    path("chat/<int:room>/accept", handling.accept, name="chat_accept"),
    path("chat/<int:room>/pass-on", handling.pass_on, name="chat_pass_on"),
    path("chat/<int:room>/put-back", handling.put_back, name="chat_put_back"),
    path("chat/<int:room>/close", handling.close, name="chat_close"),
    path("chat/<int:room>/ticket", ticket.make, name="chat_ticket"),
    path("chat/messages/<int:message>/call", calls.call, name="chat_call"),
    path("administration/receptions", reception.overview, name="manage_receptions"),
    path("departments/<int:number>/reception", reception.of_department, name="reception"),
]

"""Addresses of the desk: one line a room; the first that matches answers, so the busy ones come first."""

from django.urls import include, path

from estafeta.desk import brand

urlpatterns = [
    path("", include("estafeta.desk.lists.urls")),
    path("", include("estafeta.desk.tickets.urls")),
    path("brand/<slug:colour>.css", brand.sheet, name="brand_sheet"),
    path("", include("estafeta.desk.dashboard.urls")),
    path("", include("estafeta.desk.bell.urls")),
    path("", include("estafeta.desk.announcements.urls")),
    path("", include("estafeta.desk.presence.urls")),
    path("", include("estafeta.desk.chat.urls")),
    path("", include("estafeta.desk.chat.asking.urls")),
    path("", include("estafeta.desk.feed.urls")),
    path("", include("estafeta.desk.answers.urls")),
    path("", include("estafeta.desk.people.urls")),
    path("", include("estafeta.desk.channels.urls")),
    path("", include("estafeta.desk.profile.urls")),
    path("", include("estafeta.desk.reach.urls")),
    path("", include("estafeta.desk.phone.urls")),
    path("", include("estafeta.desk.webhooks.urls")),
    path("", include("estafeta.desk.ledger.urls")),
    path("", include("estafeta.desk.wishes.urls")),
    path("", include("estafeta.desk.files.urls")),
    path("", include("estafeta.desk.quick_line.urls")),
    path("", include("estafeta.desk.bulk.urls")),
    path("", include("estafeta.desk.board.urls")),
    path("", include("estafeta.desk.cards.urls")),
]

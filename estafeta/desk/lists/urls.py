"""Addresses of the desk: lists."""

from django.urls import path

from estafeta.desk.lists import (
    beside,
    chosen,
    export,
    filtering,
    looks,
    palette,
    saving,
    searching,
    suggesting,
    views,
)

_LISTS = {
    "inbox": "inbox", "sent": "sent", "following": "following", "archive": "archive",
    "tickets": "all",
}  # fmt: skip

urlpatterns = [
    *(
        path(address, views.list_page, {"name": name}, name=f"list_{name}")
        for address, name in _LISTS.items()
    ),
    *(
        path(f"{address}/read", views.read_list, {"name": name}, name=f"read_{name}")
        for address, name in _LISTS.items()
    ),
    path("departments/<int:pk>", views.department_page, name="department"),
    path("departments/<int:pk>/read", views.read_department, name="read_department"),
    path("tickets/chosen", chosen.act_on_chosen, name="chosen_tickets"),
    path("tickets/<int:number>/row", views.row, name="ticket_row"),
    path("lists/<slug:list_name>/export.csv", export.csv_file, name="list_csv"),
    path("lists/<slug:list_name>/export.xlsx", export.xlsx_file, name="list_xlsx"),
    path("lists/<slug:list_name>/print", export.paper, name="list_print"),
    path("views", saving.views_page, name="views"),
    path("views/new", saving.new_view, name="new_view"),
    path("views/counts", saving.counts, name="view_counts"),
    path("views/arrange", saving.arrange, name="arrange_views"),
    path("views/<int:number>", saving.view_page, name="view"),
    path("views/<int:number>/read", saving.read_view, name="read_view"),
    path("views/<int:number>/edit", saving.edit_view, name="edit_view"),
    path("views/<int:number>/keep", saving.keep_query, name="keep_view"),
    path("views/<int:number>/delete", saving.delete_view, name="delete_view"),
    path("lists/filters", filtering.filters, name="list_filters"),
    path("filters/suggest/<slug:what>", suggesting.suggest, name="suggest_filter"),
    path("lists/look", looks.look_dialog, name="list_look"),
    path("search", searching.search, name="search"),
    path("search/beside", beside.beside, name="search_beside"),
    path("search/recent", beside.recent, name="recent_searches"),
    path("search/remember", beside.remember, name="remember_search"),
    path("search/forget", beside.forget, name="forget_searches"),
    path("palette", palette.palette, name="palette"),
    path("navigation", views.sidebar, name="navigation"),
]

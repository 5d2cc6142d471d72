"""Addresses of the desk: one ticket, and what can be done to it."""

from django.urls import path, register_converter

from estafeta.desk.tickets import (
    answers_to_pick,
    comment,
    dialogs,
    draft,
    meanwhile,
    menu,
    page,
    preview,
    proof,
    roll_call,
    suggest,
    suggest_relations,
    suggested,
)
from estafeta.desk.tickets.converter import VerbConverter
from estafeta.desk.tickets.new import new_ticket

register_converter(VerbConverter, "verb")

urlpatterns = [
    path("tickets/<int:number>", page.ticket_page, name="ticket"),
    path("preview", preview.preview, name="preview"),
    path("people/suggest", suggest.people, name="suggest_people"),
    path("departments/suggest", suggest.departments, name="suggest_departments"),
    path("tickets/suggest-performers", suggest.performers, name="suggest_performers"),
    path("tickets/suggest", suggest_relations.tickets, name="suggest_tickets"),
    path("tags/suggest", suggest_relations.tags, name="suggest_tags"),
    path("people/mentions", suggest_relations.names, name="suggest_names"),
    path("tickets/<int:number>/mentions", suggest_relations.names_here, name="suggest_names_here"),
    path("tickets/new", new_ticket, name="new_ticket"),
    path("tickets/<int:number>/story", page.story_fragment, name="ticket_story"),
    path("tickets/<int:number>/meanwhile", meanwhile.meanwhile, name="ticket_meanwhile"),
    path("tickets/<int:number>/print", page.print_page, name="ticket_print"),
    path("tickets/<int:number>/journal-check", page.journal_check, name="ticket_journal_check"),
    path("tickets/<int:number>/roll-call", roll_call.roll_call_page, name="ticket_roll_call"),
    path("tickets/<int:number>/suggested", suggested.suggested_page, name="ticket_suggested"),
    path("tickets/<int:number>/deadlines", roll_call.deadlines_page, name="ticket_deadlines"),
    path("tickets/<int:number>/draft", draft.draft, name="ticket_draft"),
    path("tickets/<int:number>/answers", answers_to_pick.answers, name="ticket_answers"),
    path("tickets/<int:number>/comments/<int:comment>", comment.menu, name="ticket_comment"),
    path("tickets/<int:number>/comments/<int:comment>/react", comment.react, name="comment_react"),
    path(
        "tickets/<int:number>/comments/<int:comment>/readers",
        comment.readers,
        name="comment_readers",
    ),
    path(
        "tickets/<int:number>/comments/<int:comment>/earlier",
        comment.earlier,
        name="comment_earlier",
    ),
    path("tickets/<int:number>/comments/<int:comment>/quote", comment.quote, name="comment_quote"),
    path("tickets/<int:number>/menu", menu.row_menu, name="ticket_menu"),
    path("tickets/<int:number>/why", proof.why_visible, name="ticket_why"),
    path("tickets/<int:number>/file", proof.story_file, name="ticket_story_file"),
    path("tickets/<int:number>/story.json", proof.story_json, name="ticket_story_json"),
    path("tickets/<int:number>/story.pdf", proof.story_pdf, name="ticket_story_pdf"),
    path("tickets/<int:number>/<verb:verb>", dialogs.verb_view, name="ticket_verb"),
]

"""Addresses of the desk: talks."""

from django.urls import path

from estafeta.desk.chat import files, marks, messages, pages, people, search, writing

urlpatterns = [
    path("chat", pages.start, name="chat"),
    path("chat/rooms", pages.rooms, name="chat_rooms"),
    path("chat/unread", marks.unread, name="chat_unread"),
    path("chat/search", search.search, name="chat_search"),
    path("chat/new", people.new, name="chat_new"),
    path("chat/people", people.to_talk_to, name="chat_people"),
    path("chat/with/<int:person>", people.with_person, name="chat_with"),
    path("chat/<int:room>", pages.talk, name="chat_room"),
    path("chat/<int:room>/messages", messages.part, name="chat_messages"),
    path("chat/<int:room>/write", writing.write, name="chat_write"),
    path("chat/<int:room>/read", marks.read, name="chat_read"),
    path("chat/<int:room>/mute", marks.mute, name="chat_mute"),
    path("chat/<int:room>/members", people.members, name="chat_members"),
    path("chat/messages/<int:message>", messages.one, name="chat_message"),
    path("chat/messages/<int:message>/menu", messages.menu, name="chat_message_menu"),
    path("chat/messages/<int:message>/earlier", messages.earlier, name="chat_earlier"),
    path("chat/messages/<int:message>/readers", messages.readers, name="chat_readers"),
    path("chat/messages/<int:message>/edit", writing.edit, name="chat_edit"),
    path("chat/messages/<int:message>/take_back", writing.take_back, name="chat_take_back"),
    path("chat/files", files.upload, name="chat_upload"),
    path("chat/files/<int:file>/drop", files.drop, name="chat_drop_file"),
    path("chat/files/<int:file>/picture/<slug:size>", files.picture, name="chat_file_picture"),
    path("chat/files/<int:file>/pages/<int:page>", files.paper, name="chat_file_page"),
    path("chat/files/<int:file>/file/<str:name>", files.original, name="chat_file"),
]

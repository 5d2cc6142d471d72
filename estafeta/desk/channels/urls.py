"""Addresses of channels and words of messages, and of the link at the end of a letter."""

from django.urls import path

from estafeta.desk.channels import (
    channel,
    channels,
    senders,
    template,
    templates,
    trying,
    unsubscribe,
)

urlpatterns = [
    path("administration/channels", channels.listing, name="manage_channels"),
    path("administration/channels/mail/senders", senders.edit, name="mail_senders"),
    path("administration/channels/<slug:channel>", channel.edit, name="manage_channel"),
    path("administration/channels/<slug:channel>/try", trying.send, name="try_channel"),
    path(
        "administration/channels/<slug:channel>/tries/<int:number>", trying.result,
        name="channel_try",
    ),
    path("administration/templates", templates.listing, name="manage_templates"),
    path(
        "administration/templates/<str:event>/<slug:language>/<slug:channel>", template.edit,
        name="manage_template",
    ),
    path(
        "administration/templates/<str:event>/<slug:language>/<slug:channel>/reset",
        template.reset, name="reset_template",
    ),
    path(
        "administration/templates/<str:event>/<slug:language>/<slug:channel>/preview",
        template.preview, name="preview_template",
    ),
    path("unsubscribe/<str:token>", unsubscribe.unsubscribe, name="unsubscribe"),
]  # fmt: skip

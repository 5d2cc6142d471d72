"""Where Telegram calls."""

from django.urls import path

from estafeta.telegram import webhook

urlpatterns = [path("telegram/updates", webhook.updates)]

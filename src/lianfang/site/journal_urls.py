"""Addresses of the journal."""

from __future__ import annotations

from django.urls import path

from lianfang.site import journal_views

app_name = "journal"
urlpatterns = [
    path("", journal_views.entries, name="list"),
    path("<int:sequence>/", journal_views.entry, name="entry"),
]

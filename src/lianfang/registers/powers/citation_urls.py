"""Addresses of the pages where laws and powers meet."""

from __future__ import annotations

from django.urls import path

from lianfang.registers.powers import citation_views

app_name = "citations"
urlpatterns = [
    path("", citation_views.stale, name="stale"),
    path("laws/<str:number>/", citation_views.law, name="law"),
]

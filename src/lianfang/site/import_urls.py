"""Addresses of the import pages."""

from __future__ import annotations

from django.urls import path

from lianfang.site import import_views

app_name = "imports"
urlpatterns = [
    path("", import_views.start, name="start"),
    path("<str:token>/", import_views.show, name="preview"),
    path("<str:token>/store/", import_views.decide, name="store"),
]

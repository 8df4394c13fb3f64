"""Addresses of the downloads."""

from __future__ import annotations

from django.urls import path

from lianfang.site import export_views

app_name = "exports"
urlpatterns = [path("<str:kind>/", export_views.table, name="table")]

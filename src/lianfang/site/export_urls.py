"""Addresses of the downloads."""

from __future__ import annotations

from django.urls import path

from lianfang.site import export_views

app_name = "exports"
urlpatterns = [
    path("ledger/<str:unit>/", export_views.ledger, name="ledger"),
    path("<str:kind>/", export_views.table, name="table"),
]

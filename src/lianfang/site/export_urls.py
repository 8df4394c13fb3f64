"""Addresses of the downloads."""

from __future__ import annotations

from django.urls import path

from lianfang.site import export_views

app_name = "exports"
urlpatterns = [
    path("ledger/<str:unit>/", export_views.ledger, name="ledger"),
    path("ledger-kept/<str:number>/", export_views.snapshot, name="snapshot"),
    path("post-grades/", export_views.post_grades, name="post_grades"),
    path("negative-list/<str:unit>/", export_views.negative_list, name="negative_list"),
    path("programme/<str:number>/", export_views.programme, name="programme"),
    path("programme/<str:number>/upstream/", export_views.upstream, name="upstream"),
    path("<str:kind>/", export_views.table, name="table"),
]

"""Addresses of the checks."""

from __future__ import annotations

from django.urls import path

from lianfang.site.checks import views

app_name = "checks"
urlpatterns = [
    path("", views.findings, name="list"),
    path("run/", views.run_now, name="run"),
    path("scores/", views.scores, name="scores"),
    path("export/", views.export, name="export"),
    path("findings/<int:key>/", views.finding, name="finding"),
    path("waivers/", views.waivers, name="waivers"),
    path("waivers/revoke/<path:number>/", views.revoke, name="revoke"),
    path("rules/", views.rule_index, name="rules"),
    path("rules/<str:code>/", views.rule, name="rule"),
]

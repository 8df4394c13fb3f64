"""Addresses of the room: the reference of the components."""

from __future__ import annotations

from django.urls import path

from lianfang.foundation.web import views

app_name = "web"
urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/<slug:section>/", views.styleguide, name="section"),
    path("styleguide/errors/<slug:code>/", views.styleguide_error, name="error"),
]

"""Addresses of the law table."""

from __future__ import annotations

from django.urls import path

from lianfang.registers.laws import views

app_name = "laws"
urlpatterns = [
    path("", views.law_list, name="list"),
    path("new/", views.new_law, name="new"),
    path("<str:number>/", views.law_page_of, name="detail"),
    path("<str:number>/edit/", views.edit_law, name="edit"),
    path("<str:number>/repeal/", views.repeal, name="repeal"),
    path("<str:number>/verify/", views.verify, name="verify"),
]

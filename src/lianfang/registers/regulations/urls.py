"""Addresses of the regulations."""

from __future__ import annotations

from django.urls import path

from lianfang.registers.regulations import views

app_name = "regulations"
urlpatterns = [
    path("", views.regulation_list, name="list"),
    path("new/", views.new_regulation, name="new"),
    path("coverage/", views.coverage, name="coverage"),
    path("mechanisms/", views.mechanisms, name="mechanisms"),
    path("<str:number>/", views.regulation_page_of, name="detail"),
    path("<str:number>/edit/", views.edit_regulation, name="edit"),
    path("<str:number>/evaluate/", views.evaluate, name="evaluate"),
    path("<str:number>/enforce/", views.enforce, name="enforce"),
    path("<str:number>/do/<str:step>/", views.take_step, name="step"),
]

"""Addresses of the power list."""

from __future__ import annotations

from django.urls import path

from lianfang.registers.powers import views

app_name = "powers"
urlpatterns = [
    path("", views.power_list, name="list"),
    path("new/", views.new_power, name="new"),
    path("<str:number>/", views.power_page_of, name="detail"),
    path("<str:number>/edit/", views.edit_power, name="edit"),
    path("<str:number>/do/<str:step>/", views.take_step, name="step"),
]

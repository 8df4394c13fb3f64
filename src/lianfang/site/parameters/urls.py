"""Addresses of parameters and their adjustments."""

from __future__ import annotations

from django.urls import path

from lianfang.site.parameters import views

app_name = "parameters"
urlpatterns = [
    path("", views.parameter_list, name="list"),
    path("of/<str:number>/<str:code>/", views.parameter, name="detail"),
    path("of/<str:number>/<str:code>/propose/", views.propose, name="propose"),
    path("changes/", views.changes, name="changes"),
    path("changes/<str:number>/", views.change, name="change"),
    path("changes/<str:number>/revise/", views.revise, name="revise"),
    path("changes/<str:number>/do/<str:step>/", views.take_step, name="step"),
]

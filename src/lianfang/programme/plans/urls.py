"""Addresses of programmes."""

from __future__ import annotations

from django.urls import path

from lianfang.programme.plans import views

app_name = "plans"
urlpatterns = [
    path("", views.programme_list, name="list"),
    path("new/", views.start, name="start"),
    path("parts/<str:number>/", views.part, name="part"),
    path("deliverables/<str:number>/", views.deliverable, name="deliverable"),
    path("receipts/<str:number>/", views.receipt, name="receipt"),
    path("<str:number>/", views.programme, name="detail"),
    path("<str:number>/reading/", views.reading, name="reading"),
    path("<str:number>/upstream/", views.upstream, name="upstream"),
    path("<str:number>/matrix/", views.matrix, name="matrix"),
    path("<str:number>/do/<str:step>/", views.take_step, name="step"),
]

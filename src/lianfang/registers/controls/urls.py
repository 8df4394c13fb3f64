"""Addresses of measures and ledgers."""

from __future__ import annotations

from django.urls import path

from lianfang.registers.controls.views import controls as views
from lianfang.registers.controls.views import ledger as ledger_views

app_name = "controls"
urlpatterns = [
    path("", views.control_list, name="list"),
    path("new/", views.choose_risk, name="choose"),
    path("ledger/", ledger_views.ledger, name="ledger"),
    path("ledger/generate/<str:unit>/", ledger_views.generate, name="generate"),
    path("ledger/<str:number>/", ledger_views.snapshot, name="snapshot"),
    path("risk/<str:risk>/", views.risk_measures, name="risk"),
    path("risk/<str:risk>/new/", views.new_control, name="new"),
    path("<str:number>/", views.control_page_of, name="detail"),
    path("<str:number>/edit/", views.edit_control, name="edit"),
    path("<str:number>/test/", views.test_of, name="test"),
    path("<str:number>/do/<str:step>/", views.take_step, name="step"),
]

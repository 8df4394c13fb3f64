"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from lianfang.registers.risks.views import gradings, negatives, overview, risks, searches

app_name = "risks"
urlpatterns = [
    path("", risks.risk_list, name="list"),
    path("new/", risks.new_risk, name="new"),
    path("matrix/", overview.matrix, name="matrix"),
    path("grades/", overview.grades, name="grades"),
    path("posts/<str:number>/", overview.post_page, name="post"),
    path("powers/<str:number>/chart/", overview.chart, name="chart"),
    path("powers/<str:number>/chart.svg", overview.chart_file, name="chart_file"),
    path("negatives/", negatives.negative_list, name="negatives"),
    path("negatives/new/", negatives.new_negative, name="new_negative"),
    path("negatives/print/", negatives.negative_print, name="negative_print"),
    path("negatives/<str:number>/", negatives.negative_page_of, name="negative"),
    path("negatives/<str:number>/edit/", negatives.edit_negative, name="edit_negative"),
    path("negatives/<str:number>/do/<str:step>/", negatives.take_step, name="negative_step"),
    path("searches/", searches.search_list, name="searches"),
    path("searches/new/", searches.new_search, name="new_search"),
    path("searches/<str:number>/", searches.search_page_of, name="search"),
    path("searches/<str:number>/edit/", searches.edit_search, name="edit_search"),
    path("coverage/", searches.coverage_page, name="coverage"),
    path("gradings/", gradings.grading_list, name="gradings"),
    path("gradings/<path:number>/score/", gradings.score, name="score"),
    path("gradings/<path:number>/raters/", gradings.replace_rater, name="replace_rater"),
    path("gradings/<path:number>/reconcile/", gradings.reconcile, name="reconcile"),
    path("gradings/<path:number>/propose/", gradings.propose, name="propose"),
    path("gradings/<path:number>/do/<str:step>/", gradings.take_step, name="grading_step"),
    path("gradings/<path:number>/", gradings.grading_page_of, name="grading"),
    path("<str:number>/", risks.risk_page_of, name="detail"),
    path("<str:number>/edit/", risks.edit_risk, name="edit"),
    path("<str:number>/merge/", risks.merge_risk, name="merge"),
    path("<str:number>/grading/", gradings.open_grading, name="open_grading"),
    path("<str:number>/do/<str:step>/", risks.take_step, name="step"),
]

"""Addresses of units, posts, people and tenures."""

from __future__ import annotations

from django.urls import path

from lianfang.site.organisation import people_views, post_views, unit_views

app_name = "organisation"
urlpatterns = [
    path("units/", unit_views.units, name="units"),
    path("units/new/", unit_views.new_unit, name="new_unit"),
    path("units/<str:number>/", unit_views.unit, name="unit"),
    path("units/<str:number>/edit/", unit_views.edit_unit, name="edit_unit"),
    path("units/<str:number>/do/<str:step>/", unit_views.unit_step, name="unit_step"),
    path("posts/", post_views.posts, name="posts"),
    path("posts/new/", post_views.new_post, name="new_post"),
    path("posts/<str:number>/", post_views.post, name="post"),
    path("posts/<str:number>/edit/", post_views.edit_post, name="edit_post"),
    path("posts/<str:number>/move/", post_views.move_post, name="move_post"),
    path("posts/<str:number>/close/", post_views.close_post, name="close_post"),
    path("people/", people_views.people, name="people"),
    path("people/new/", people_views.new_person, name="new_person"),
    path("people/<str:number>/", people_views.person, name="person"),
    path("people/<str:number>/edit/", people_views.edit_person, name="edit_person"),
    path("people/<str:number>/leave/", people_views.leave, name="leave"),
    path("tenures/new/", people_views.new_tenure, name="new_tenure"),
    path("tenures/end/", people_views.end_tenure, name="end_tenure"),
]

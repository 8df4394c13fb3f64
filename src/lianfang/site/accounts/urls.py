"""Addresses of accounts, grants and logs."""

from __future__ import annotations

from django.urls import path

from lianfang.site.accounts import log_views, views

app_name = "accounts"
urlpatterns = [
    path("users/", views.users, name="users"),
    path("users/new/", views.new_user, name="new_user"),
    path("users/<str:login>/", views.user_page, name="user"),
    path("users/<str:login>/person/", views.name_person, name="name_person"),
    path("users/<str:login>/do/<str:step>/", views.user_step, name="user_step"),
    path("grants/", views.grants, name="grants"),
    path("grants/new/", views.new_grant, name="new_grant"),
    path("grants/<str:number>/revoke/", views.revoke, name="revoke"),
    path("logs/administrators/", log_views.administrators, name="administrators_log"),
    path("logs/users/", log_views.users, name="users_log"),
    path("roles/", views.matrix, name="matrix"),
]

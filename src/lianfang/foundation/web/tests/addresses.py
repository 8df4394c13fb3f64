"""A small site for the tests of the pages: one address for every way to fail."""

from __future__ import annotations

from django.contrib.auth import views as log_in
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.web.values import NavGroup, NavItem
from lianfang.kernel.errors import Absent, Broken, Conflict, Invalid, LianfangError, Refused

ERRORS: dict[str, Exception] = {
    "refused": Refused("您没有确权的权限。", "请找负责人。"),
    "absent": Absent("没有找到这项职权。"),
    "invalid": Invalid("还有 1 个错误。", details=["PWR001 没有依据。"]),
    "conflict": Conflict("刚刚被张科长修改过。"),
    "broken": Broken("没有写入。"),
    "denied": PermissionDenied("x"),
    "tampered": SuspiciousOperation("x"),
    "contradicting": IntegrityError("UNIQUE constraint failed: secret_table.number"),
    "misspelt": OperationalError("no such column: secret_column"),
    "unforeseen": RuntimeError("secret cause"),
}


def fail(request: HttpRequest, kind: str) -> HttpResponse:
    """Raise what was asked for.

    Raises:
        Exception: always.
    """
    error = ERRORS[kind]
    if isinstance(error, LianfangError):
        raise type(error)(error.message, error.remedy, details=error.details)
    raise error


def page(request: HttpRequest) -> HttpResponse:
    """An ordinary page."""
    return render(request, "base.html")


def away(request: HttpRequest) -> HttpResponse:
    """What a view that demands log-in answers after the session has ended."""
    return HttpResponse(status=302, headers={"Location": "/login/?next=/part/"})


def moved(request: HttpRequest) -> HttpResponse:
    """A redirect that has nothing to do with logging in."""
    return HttpResponse(status=302, headers={"Location": "/elsewhere/"})


urlpatterns = [
    path("", page, name="home"),
    path("things/", page, name="things"),
    path("things/<str:number>/", page, name="thing"),
    path("secrets/", page, name="secrets"),
    path("login/", log_in.LoginView.as_view(), name="login"),
    path("logout/", log_in.LogoutView.as_view(), name="logout"),
    path("fail/<slug:kind>/", fail),
    path("api/fail/<slug:kind>/", fail),
    path("away/", away),
    path("moved/", moved),
    path("", include("lianfang.foundation.web.urls")),
]
handler400 = "lianfang.foundation.web.views.bad_request"
handler403 = "lianfang.foundation.web.views.forbidden"
handler404 = "lianfang.foundation.web.views.not_found"
handler500 = "lianfang.foundation.web.views.server_error"

NAVIGATION = (
    NavGroup("", (NavItem("我的工作", "home", "home"),)),
    NavGroup(
        "登记",
        (
            NavItem("事项", "things", "table", inside=("/parts-of-things/",)),
            NavItem("授权", "secrets", "key", Permission.ROLES_GRANT),
        ),
    ),
)
RECORD_PAGES = {"things": "thing"}

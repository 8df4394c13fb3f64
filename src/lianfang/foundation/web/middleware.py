"""Errors become answers here, once for all views; answers for somebody are not kept; log-out reaches fragments too."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import resolve_url

from lianfang.foundation.web.answers import answer, is_fragment, noted
from lianfang.kernel.errors import Conflict, Invalid, LianfangError

OPENED = Invalid("这个地址只能由页面上的按钮使用，没有办理任何事情。", "请打开那一条，再点要办理的按钮。")
CONTRADICTING = Conflict(
    "提交的内容与已有的记录矛盾，没有保存。",
    "请核对编号：新条目的编号不能与已有的重复，引用的单位、岗位、人员和其他条目必须已经登记。",
)
"""What a constraint of the database refused: mostly somebody saved the same at the same moment."""
ANSWERED_BY_DJANGO = (Http404, PermissionDenied, SuspiciousOperation)
"""Django turns these into 404, 403 and 400 and then asks our views for the page."""


class NothingKept:
    """Lets no browser keep what a signed-in person saw: desks are shared, and "back" works after log-out too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header to every answer that was made for somebody."""
        response = self._get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class ErrorPages:
    """Answers the five errors of the house; gives every unforeseen failure a number before Django handles it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; only a redirect to log in is changed, and only for a fragment."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return answer(request, Invalid("地址里有不能识别的字符。", "请从页面上的链接进入。"), status=400)
        response = self._get_response(request)
        if response.status_code == 302 and is_fragment(request):
            return _to_log_in(request, response)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return _told(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to an error of the house, or ``None`` to leave the exception to Django."""
        if isinstance(exception, LianfangError):
            incident = noted(request, exception) if exception.status >= 500 else ""
            return answer(request, exception, incident=incident)
        if isinstance(exception, IntegrityError):
            noted(request, exception)
            return answer(request, CONTRADICTING)
        if not isinstance(exception, ANSWERED_BY_DJANGO):
            noted(request, exception)
        return None


def _told(request: HttpRequest, response: HttpResponseNotAllowed) -> HttpResponse:
    """Django refuses a method with an empty page: whoever comes back by an address of a step would see nothing."""
    page = answer(request, OPENED, status=response.status_code)
    page["Allow"] = response["Allow"]
    return page


def _to_log_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A fragment request would put the log-in page into the middle of the page: let the browser go there itself."""
    if urlsplit(response["Location"]).path != resolve_url(settings.LOGIN_URL):
        return response
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = shown.path + (f"?{shown.query}" if shown.query else "")
    instead = HttpResponse(status=200)
    instead["HX-Redirect"] = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({REDIRECT_FIELD_NAME: back or '/'})}"
    return instead

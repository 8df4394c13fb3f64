"""One error, three answers: a page for a browser, a toast for a fragment request, JSON for the API."""

from __future__ import annotations

import logging
import secrets
from typing import Any
from urllib.parse import urlsplit

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone

from lianfang.foundation.web.context import Chrome
from lianfang.kernel.errors import Broken, LianfangError
from lianfang.kernel.outages import outage, state_of

API_PREFIX = "/api/"
STEP = "/do/"
"""What divides, in an address, a record from a step that is taken of it."""
TOAST_TARGET = "#toasts"
TITLES = {
    400: "提交的内容有误",
    403: "不能这样做",
    404: "没有找到",
    405: "这个地址不能直接打开",
    409: "这一步没有办成",
    422: "还需要修改",
    429: "尝试次数过多",
    500: "系统出错了",
    503: "系统暂时不能使用",
}
INCIDENT = "lianfang.incident"
logger = logging.getLogger(__name__)


def problem(error: LianfangError) -> dict[str, Any]:
    """The error as the API writes it: stable code, sentence, what to do, details."""
    return {
        "code": error.code,
        "status": error.status,
        "message": error.message,
        "remedy": error.remedy,
        "details": list(error.details),
    }


def new_incident() -> str:
    """A number that the person can read out and that stands in the server's log: time and six random characters."""
    return f"{timezone.localtime():%m%d-%H%M}-{secrets.token_hex(3)}"


def noted(request: HttpRequest, exception: BaseException | None) -> str:
    """The number under which the server's log has this failure; a failure that several layers meet is logged once."""
    if INCIDENT not in request.META:
        request.META[INCIDENT] = new_incident()
        logger.error("incident %s: %s %s", request.META[INCIDENT], request.method, request.path, exc_info=exception)
    return str(request.META[INCIDENT])


def unusable(exception: BaseException | None) -> Broken | None:
    """What to say where the database cannot be used at all: everybody waits, and the administrator reads what to do."""
    if not isinstance(exception, DatabaseError | InterfaceError):
        return None
    words = outage(str(exception), state=state_of(exception))
    if words is None:
        return None
    what, remedy = words
    wait = "请过几分钟再打开；仍然这样的，把页面上的时间和编号告诉系统管理员。"
    return Broken(f"{what}这次操作没有办成，没有写入任何内容。", wait, details=[f"系统管理员：{remedy}"])


def is_fragment(request: HttpRequest) -> bool:
    """Whether only a part of a page was asked for (a boosted link asks for a whole page)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def answer(request: HttpRequest, error: LianfangError, *, status: int = 0, incident: str = "") -> HttpResponse:
    """The response for ``error`` in the form that the request can read; ``status`` overrides the error's own."""
    status = status or error.status
    if request.path.startswith(API_PREFIX):
        extra = {"incident": incident} if incident else {}
        return JsonResponse({**problem(error), "status": status, **extra}, status=status)
    if is_fragment(request):
        return _toast(error, status, incident)
    return _page(request, error, status, incident)


def _toast(error: LianfangError, status: int, incident: str) -> HttpResponse:
    html = render_to_string("ui/toast.html", {"error": error, "incident": incident, "tone": "bad", "text": ""})
    response = HttpResponse(html, status=status)
    response["HX-Retarget"] = TOAST_TARGET
    response["HX-Reswap"] = "beforeend"
    return response


def record_behind(request: HttpRequest) -> str:
    """The page of the record whose step this address takes, "" where there is none: steps stand under ``…/do/``."""
    record, step, _ = request.path.partition(STEP)
    if not step:
        return ""
    try:
        resolve(f"{record}/")
    except Resolver404:
        return ""
    return f"{record}/"


def _came_from(request: HttpRequest) -> str:
    """The page of this site from which somebody came, as the browser tells it; "" where it does not."""
    before = urlsplit(request.headers.get("Referer", ""))
    is_ours = before.netloc == request.headers.get("Host") and before.path.startswith("/")
    if not is_ours or before.path.startswith("//"):
        return ""
    return before.path + (f"?{before.query}" if before.query else "")


def _page(request: HttpRequest, error: LianfangError, status: int, incident: str) -> HttpResponse:
    """Server errors use the frame without navigation: whatever broke might break the frame as well."""
    user = getattr(request, "user", None) if status < 500 else None
    layout = "base.html" if user is not None and user.is_authenticated else "bare.html"
    shown = {
        "layout": layout,
        "chrome": Chrome(request),
        "error": error,
        "status": status,
        "title": TITLES.get(status, TITLES[500]),
        "incident": incident,
        "at": timezone.localtime(),
        "record_url": record_behind(request),
        "back_url": _came_from(request),
        "again_url": request.get_full_path() if status >= 500 and request.method == "GET" else "",
    }
    html = render_to_string("errors/error.html", shown, request if status < 500 else None)
    return HttpResponse(html, status=status)

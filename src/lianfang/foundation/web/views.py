"""Pages for what Django itself refuses, in the words of the house, and the reference of the components."""

from __future__ import annotations

import os
import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lianfang.foundation.web import styleguide as specimens
from lianfang.foundation.web.answers import answer, noted, unusable
from lianfang.kernel.errors import Absent, Broken, Invalid, Refused


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django passes it by name
    """400: too large, malformed, or tampered with."""
    remedy = "请返回上一页重新操作；一次提交的内容过多时，请分几次提交。"
    return answer(request, Invalid("服务器不能接受这次提交的内容。", remedy), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django passes it by name
    """403 raised by Django."""
    return answer(request, Refused("您没有打开这个页面的权限。"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django passes it by name
    """404 for an address that leads nowhere."""
    return answer(
        request, Absent("没有这个页面，地址可能有误，或者页面已经移动。", "请核对网址，或从左侧导航重新进入。")
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it by name
    """403 for a form whose token is missing or old: nearly always a page left open for too long."""
    remedy = "请返回上一页并刷新，再提交一次；有自动暂存的表单会提示恢复刚才填写的内容。"
    return answer(request, Refused("页面停留时间过长，安全凭据已经失效，这次提交没有保存。", remedy))


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with the number under which the server's log has it; 503 where the database cannot be used.

    Django calls this while the failure is being handled, wherever it arose: in a view, or in a layer above all views.
    """
    failure = sys.exception()
    incident, outage = noted(request, failure), unusable(failure)
    if outage is not None:
        return answer(request, outage, status=503, incident=incident)
    return answer(request, Broken("系统没有完成这次操作，已有的记录没有被改动。"), incident=incident)


def styleguide(request: HttpRequest, section: str = "marks") -> HttpResponse:
    """The reference of all components, in sections; only where a developer asked for it.

    Raises:
        Absent: on an ordinary deployment, and for an unknown section.
    """
    if not (settings.DEBUG or os.environ.get("LIANFANG_STYLEGUIDE") == "1"):
        raise Absent("没有这个页面。")
    if section not in specimens.SECTIONS:
        raise Absent(f"组件样例没有“{section}”这一节。")
    return render(request, f"web/styleguide/{section}.html", specimens.page(section, request))


def styleguide_error(request: HttpRequest, code: str) -> HttpResponse:
    """Raise one of the five errors, to see its page.

    Raises:
        LianfangError: always.
    """
    styleguide(request)
    raise specimens.error(code)

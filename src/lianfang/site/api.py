"""The JSON interface: one router a register, errors as the pages give them, an OpenAPI description."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.security import django_auth

from lianfang.kernel.errors import Invalid, LianfangError
from lianfang.registers.powers.api import router as powers

api = NinjaAPI(title="廉防", version="1", auth=django_auth, docs_url=None, urls_namespace="api")
api.add_router("/powers", powers)


def _answer(request: HttpRequest, error: LianfangError) -> HttpResponse:
    body = {"code": error.code, "message": error.message, "remedy": error.remedy, "details": error.details}
    return api.create_response(request, body, status=error.status)


@api.exception_handler(LianfangError)
def _known(request: HttpRequest, error: LianfangError) -> HttpResponse:
    return _answer(request, error)


@api.exception_handler(ValidationError)
def _shapeless(request: HttpRequest, error: ValidationError) -> HttpResponse:
    details = [f"{'.'.join(str(part) for part in fault['loc'])}：{fault['msg']}" for fault in error.errors]
    return _answer(request, Invalid("提交的内容格式不对。", "请按接口说明填写各字段。", details=details))

"""The JSON interface: one router a register, errors as the pages give them, an OpenAPI description in Chinese."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.db import DataError, IntegrityError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.renderers import JSONRenderer
from ninja.security import SessionAuth

from lianfang.foundation.accounts.models import User
from lianfang.foundation.journal.texts import tidy_json
from lianfang.foundation.web.answers import answer
from lianfang.foundation.web.middleware import CONTRADICTING
from lianfang.foundation.web.once import KEY, REPLAYED
from lianfang.kernel.errors import Broken, Invalid, LianfangError, Refused
from lianfang.programme.plans.api import router as programmes
from lianfang.registers.controls import api as controls
from lianfang.registers.laws.api import router as laws
from lianfang.registers.powers.api import router as powers
from lianfang.registers.regulations.api import router as regulations
from lianfang.registers.risks.api import gradings, negatives, risks, searches
from lianfang.site.api_words import describe
from lianfang.site.checks.api import router as checks
from lianfang.site.organisation.api import people, posts, units
from lianfang.site.parameters.api import router as parameters

HOW_TO_WRITE = "先登录；写入时把 Cookie 里的 csrftoken 放进请求头 X-CSRFToken，HTTPS 下还要带上同源的 Referer。"
"""What a client without a form does to be believed."""
HOW_TO_RESEND = (
    f"提交以后没有收到回答的，不知道办成没有：POST 时在请求头 {KEY} 里放一个自定的键（例如 UUID），"
    f"一天以内用同一个键、同样的内容重发，系统只办理一次，回答与第一次相同，并带响应头 {REPLAYED}: true；"
    "重发时按当时的权限重新核对，已经无权的回答 403 或 404；键相同而内容不同的不办理（422），"
    "第一次还没有办完的回答 409，没有办成的可以原样重发；已经办成而回答没有留下的回答 409，details 是办成的编号。"
)
"""What a client does when an answer was lost."""


ONE_TIME = ("您还在使用一次性密码，或者密码已经到期，不能使用接口。", "请先在网页上登录并修改密码。")


class SignedIn(SessionAuth):
    """The session of the browser, with a token for every write; a one-time password opens nothing."""

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        """The signed-in person.

        Raises:
            Refused: the password is still the one-time password.
        """
        user = super().authenticate(request, key)
        if not isinstance(user, User):
            return None
        if user.owes_password:
            raise Refused(*ONE_TIME)
        return user


class ReadableJson(JSONRenderer):
    """JSON in which Chinese stands as itself."""

    json_dumps_params = {"ensure_ascii": False}


class CleanJson(Parser):
    """Bodies whose texts are as a form would hand them on, so that every door stores the same."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body, its texts tidied."""
        return tidy_json(super().parse_body(request))


class Interface(NinjaAPI):
    """The interface with names and words of the house in its description."""

    _description: OpenAPISchema | None = None

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Room or part, and function: ``gradings_score``."""
        module = operation.view_func.__module__.removesuffix(".api").rpartition(".")[2]
        return f"{module}_{operation.view_func.__name__}"

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description with Chinese words for every field, parameter and answer; made once, it never changes."""
        if self._description is None:
            self._description = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
            describe(self._description)
        return self._description


def _described_to_the_signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The description names every door of the house: whoever has no key needs no map."""

    @functools.wraps(view)
    def described(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return answer(request, Refused("请先登录。", HOW_TO_WRITE), status=401)
        if user.owes_password:
            raise Refused(*ONE_TIME)
        return view(request, *given, **named)

    return described


api = Interface(
    title="廉防",
    version="1",
    description=f"与网页同一套查询和办理，权限和范围完全一致。{HOW_TO_WRITE}{HOW_TO_RESEND}",
    auth=SignedIn(),
    renderer=ReadableJson(),
    parser=CleanJson(),
    docs_url=None,
    docs_decorator=_described_to_the_signed_in,
    urls_namespace="api",
)
ROUTERS: dict[str, Router] = {
    "/units": units.router,
    "/posts": posts.router,
    "/people": people.router,
    "/tenures": people.tenures,
    "/laws": laws,
    "/powers": powers,
    "/negatives": negatives.router,
    "/searches": searches.router,
    "/risks": risks.router,
    "/gradings": gradings.router,
    "/regulations": regulations,
    "/controls": controls.router,
    "/ledgers": controls.ledgers,
    "/programmes": programmes,
    "/checks": checks,
    "/parameters": parameters,
}
for address, router in ROUTERS.items():
    api.add_router(address, router)


def _answer(request: HttpRequest, error: LianfangError, status: int = 0) -> HttpResponse:
    body = {"code": error.code, "message": error.message, "remedy": error.remedy, "details": error.details}
    return api.create_response(request, body, status=status or error.status)


@api.exception_handler(LianfangError)
def _known(request: HttpRequest, error: LianfangError) -> HttpResponse:
    return _answer(request, error)


@api.exception_handler(ValidationError)
def _shapeless(request: HttpRequest, error: ValidationError) -> HttpResponse:
    details = [_told(fault) for fault in error.errors]
    return _answer(request, Invalid("提交的内容格式不对。", "请按接口说明填写各字段。", details=details))


def _told(fault: Mapping[str, Any]) -> str:
    """One fault of a body or an address: which field, and what is wrong with it."""
    if fault["type"] == "extra_forbidden":
        return f"{fault['loc'][-1]}：没有这个字段，请核对拼写，或者去掉。"
    return f"{'.'.join(str(part) for part in fault['loc'])}：{fault['msg']}"


@api.exception_handler(AuthenticationError)
def _signed_out(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return _answer(request, Refused("请先登录。", HOW_TO_WRITE), status=401)


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == Refused.status:
        return _answer(request, Refused("安全凭据缺失或已失效，这次提交没有保存。", HOW_TO_WRITE))
    shapeless = error.status_code < Broken.status
    found = Invalid("提交的内容不能读取。", "请提交 JSON，编码为 UTF-8。") if shapeless else Broken("系统出错了。")
    return _answer(request, found, status=error.status_code)


@api.exception_handler(IntegrityError)
def _contradicting(request: HttpRequest, _error: IntegrityError) -> HttpResponse:
    return _answer(request, CONTRADICTING)


@api.exception_handler(DataError)
def _oversized(request: HttpRequest, _error: DataError) -> HttpResponse:
    return _answer(request, Invalid("有一项内容过长或超出范围，没有保存。", "请对照登记表说明缩短后再提交。"))

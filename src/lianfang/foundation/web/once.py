"""What is sent twice is done once: a button pressed again, and a write that a program sends again under its key.

Every page gives its forms a mask of the security token of their own. A form with the same mask and the same content is
therefore the same press of the same button, and not a second wish; whoever wants the thing twice opens the page again.
A program says the same by a key of its own making in the header ``Idempotency-Key``: a second POST under the same key
is answered as the first one was.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lianfang.foundation.web.answers import API_PREFIX, answer
from lianfang.foundation.web.models import Press
from lianfang.kernel.errors import Conflict, Invalid, LianfangError

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
KEY, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
LONGEST_KEY = 200
CLAIMED = "lianfang.press"
KEPT = datetime.timedelta(days=1)
GIVEN_UP = datetime.timedelta(minutes=2)
"""A press without an end for that long was cut off: it may be sent again."""
PATIENCE, PAUSE = 30, 0.1
"""How often, and after how many seconds, the second press asks whether the first has ended."""
MOVED = frozenset({302, 303})
DONE = frozenset({200, 201})


@dataclass(frozen=True, slots=True)
class Sending:
    """What tells one sending from all others; a write also says its ``content``, because its key does not hold it."""

    digest: str
    content: str = ""


class OncePressed:
    """Middleware: remembers each form that led somewhere and each keyed write that was done; answers their twins.

    It stands last, so that log-in and security token have been looked at before. What was refused, or shown again to be
    mended, is forgotten at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; afterwards note what came of it."""
        response = self._get_response(request)
        if digest := request.META.get(CLAIMED):
            _settle(request, digest, response)
        return response

    def process_view(self, request: HttpRequest, *_called: object) -> HttpResponse | None:
        """``None`` for what comes for the first time; for its twin what came of the first one."""
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        if len(request.headers.get(KEY, "")) > LONGEST_KEY and _is_write(request):
            return answer(request, Invalid(f"{KEY} 太长。", f"请使用不超过 {LONGEST_KEY} 个字符的键，例如一个 UUID。"))
        sending = _write_in(request) if _is_write(request) else _form_in(request)
        if sending is None:
            return None
        if _claim(sending):
            request.META[CLAIMED] = sending.digest
            return None
        return _answered_again(request, sending)


def _is_write(request: HttpRequest) -> bool:
    return request.path.startswith(API_PREFIX)


def _form_in(request: HttpRequest) -> Sending | None:
    if not request.POST.get(TOKEN):
        return None
    said = sorted((name, tuple(values)) for name, values in request.POST.lists())
    files = sorted((name, file.name, file.size) for name, sent in request.FILES.lists() for file in sent)
    return Sending(_digest(request.user.pk, request.get_full_path(), said, files))


def _write_in(request: HttpRequest) -> Sending | None:
    key = request.headers.get(KEY)
    if not key:
        return None
    return Sending(_digest(request.user.pk, request.get_full_path(), KEY, key), _digest(request.body))


def _digest(*parts: object) -> str:
    return salted_hmac("lianfang.once", repr(parts), algorithm="sha256").hexdigest()


def _claim(sending: Sending) -> bool:
    """Whether this press is the first; decided by the database, also between two processes."""
    now = timezone.now()
    Press.objects.filter(at__lt=now - KEPT).delete()
    _, is_first = Press.objects.get_or_create(digest=sending.digest, defaults={"content": sending.content, "at": now})
    abandoned = Press.objects.filter(digest=sending.digest, content=sending.content, address="", at__lt=now - GIVEN_UP)
    return is_first or bool(abandoned.update(at=now))


def _settle(request: HttpRequest, digest: str, response: HttpResponse) -> None:
    """Note where the form led or what the program was told; forget what came to nothing."""
    press = Press.objects.filter(digest=digest)
    if _is_write(request) and response.status_code in DONE:
        press.update(address=request.path, status=response.status_code, answer=response.content.decode())
    elif response.status_code in MOVED:
        press.update(address=response["Location"])
    else:
        press.delete()


def _answered_again(request: HttpRequest, sending: Sending) -> HttpResponse:
    for _ in range(PATIENCE):
        press = Press.objects.filter(digest=sending.digest).first()
        if press is None:
            break
        if press.content != sending.content:
            remedy = f"同一个 {KEY} 只用于同一次提交的重发；内容不同的，请换一个新的键。"
            return answer(request, Invalid("这个键已经用于内容不同的提交，这次没有办理。", remedy))
        if press.address:
            return _told_again(request, press)
        time.sleep(PAUSE)
    return answer(request, _still_at_work(request))


def _told_again(request: HttpRequest, press: Press) -> HttpResponse:
    if press.status:
        told = HttpResponse(press.answer, status=press.status, content_type="application/json; charset=utf-8")
        told[REPLAYED] = "true"
        return told
    messages.info(request, "这份内容刚才已经提交，系统只办理了一次。")
    return HttpResponseRedirect(press.address)


def _still_at_work(request: HttpRequest) -> LianfangError:
    remedy = "请稍等片刻，刷新页面查看结果；没有办成的，再提交一次。"
    if _is_write(request):
        remedy = "请稍等片刻，用同一个键和同样的内容再发一次。"
    return Conflict("这份内容刚刚提交过，正在办理。", remedy)

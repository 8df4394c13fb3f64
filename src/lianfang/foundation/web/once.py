"""A button pressed twice acts once: the second of two identical forms is led to where the first one led.

Every page gives its forms a mask of the security token of their own. A form with the same mask and the same content is
therefore the same press of the same button, and not a second wish; whoever wants the thing twice opens the page again.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lianfang.foundation.web.answers import answer
from lianfang.foundation.web.models import Press
from lianfang.kernel.errors import Conflict

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
CLAIMED = "lianfang.press"
KEPT = datetime.timedelta(days=1)
GIVEN_UP = datetime.timedelta(minutes=2)
"""A press without an end for that long was cut off: the form may be sent again."""
PATIENCE, PAUSE = 30, 0.1
"""How often, and after how many seconds, the second press asks whether the first has ended."""
MOVED = frozenset({302, 303})


class OncePressed:
    """Middleware: remembers each form that led somewhere, and leads its twin there instead of acting again.

    It stands last, so that log-in and security token have been looked at before. A form that was refused, or shown
    again to be mended, is forgotten at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; afterwards note where its form led."""
        response = self._get_response(request)
        if digest := request.META.get(CLAIMED):
            _settle(digest, response)
        return response

    def process_view(self, request: HttpRequest, *_called: object) -> HttpResponse | None:
        """``None`` for a form that comes for the first time; where the first one led for its twin."""
        digest = digest_of(request)
        if not digest:
            return None
        if _claim(digest):
            request.META[CLAIMED] = digest
            return None
        return _led_again(request, digest)


def digest_of(request: HttpRequest) -> str:
    """What tells one press of a button from all others; "" for whatever is no form of a signed-in person."""
    if request.method != "POST" or not request.user.is_authenticated or not request.POST.get(TOKEN):
        return ""
    said = sorted((name, tuple(values)) for name, values in request.POST.lists())
    files = sorted((name, file.name, file.size) for name, sent in request.FILES.lists() for file in sent)
    return salted_hmac(
        "lianfang.once", repr((request.user.pk, request.get_full_path(), said, files)), algorithm="sha256"
    ).hexdigest()


def _claim(digest: str) -> bool:
    """Whether this press is the first; decided by the database, also between two processes."""
    now = timezone.now()
    Press.objects.filter(at__lt=now - KEPT).delete()
    _, is_first = Press.objects.get_or_create(digest=digest, defaults={"at": now})
    abandoned = Press.objects.filter(digest=digest, address="", at__lt=now - GIVEN_UP)
    return is_first or bool(abandoned.update(at=now))


def _settle(digest: str, response: HttpResponse) -> None:
    """Note where the form led, or forget it where it led nowhere."""
    press = Press.objects.filter(digest=digest)
    if response.status_code in MOVED:
        press.update(address=response["Location"])
    else:
        press.delete()


def _led_again(request: HttpRequest, digest: str) -> HttpResponse:
    for _ in range(PATIENCE):
        address = Press.objects.filter(digest=digest).values_list("address", flat=True).first()
        if address:
            messages.info(request, "这份内容刚才已经提交，系统只办理了一次。")
            return HttpResponseRedirect(address)
        if address is None:
            break
        time.sleep(PAUSE)
    still = Conflict("这份内容刚刚提交过，正在办理。", "请稍等片刻，刷新页面查看结果；没有办成的，再提交一次。")
    return answer(request, still)

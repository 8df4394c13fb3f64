"""What is sent twice is done once: a button pressed again, and a write that a program sends again under its key.

Every page gives its forms a mask of the security token of their own. A form with the same mask and the same content is
therefore the same press of the same button, and not a second wish; whoever wants the thing twice opens the page again.
A program says the same by a key of its own making in the header ``Idempotency-Key``: a second POST under the same key
is answered as the first one was, to whoever may still do it.

That it was done is written in the transaction that does it (``BESIDE`` of the journal), and only by the run that owns
the press. So no time limit decides: a run that was taken for dead and comes back finds that it owns nothing, and what
it did is rolled back; and what was committed is known to be done even if the answer never left the house.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lianfang.foundation.journal.recording import BESIDE
from lianfang.foundation.web.answers import API_PREFIX, answer
from lianfang.foundation.web.models import Press
from lianfang.foundation.web.navigation import record_address
from lianfang.kernel.errors import Conflict, Invalid, LianfangError

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
KEY, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
LONGEST_KEY = 200
CLAIMED = "lianfang.press"
KEPT = datetime.timedelta(days=1)
GIVEN_UP = datetime.timedelta(minutes=2)
"""A press that did nothing for that long may be taken over; should it live, it can do nothing any more."""
PATIENCE, PAUSE = 30, 0.1
"""How often, and after how many seconds, the second press asks whether the first has ended."""
MOVED = frozenset({302, 303})
DONE = frozenset({200, 201})
TOO_LATE = frozenset({Conflict.status, Invalid.status})
"""What a run is told that may do the thing and finds it done; who may not do it is told that (403, 404)."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What tells one sending from all others; a write also says its ``content``, because its key does not hold it."""

    digest: str
    content: str = ""
    owner: str = field(default_factory=partial(secrets.token_hex, 16))


class OncePressed:
    """Middleware: remembers each form that led somewhere and each keyed write that was done; answers their twins.

    It stands last, so that log-in and security token have been looked at before. What was refused, or shown again to be
    mended, is forgotten at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; afterwards note what came of it."""
        outside = BESIDE.set(None)
        try:
            response = self._get_response(request)
        finally:
            BESIDE.reset(outside)
        sending: Sending | None = request.META.get(CLAIMED)
        return _settled(request, sending, response) if sending else response

    def process_view(self, request: HttpRequest, *_called: object) -> HttpResponse | None:
        """``None`` for what comes for the first time; for its twin what came of the first one.

        The twin of a write that was done is let through to be asked whether this person may still do it: the journal
        refuses its entry, so that it does nothing (:func:`_note_done`).
        """
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        if len(request.headers.get(KEY, "")) > LONGEST_KEY and _is_write(request):
            return answer(request, Invalid(f"{KEY} 太长。", f"请使用不超过 {LONGEST_KEY} 个字符的键，例如一个 UUID。"))
        sending = _write_in(request) if _is_write(request) else _form_in(request)
        if sending is None:
            return None
        if not _claim(sending):
            told = _answered_again(request, sending)
            if told is not None:
                return told
        request.META[CLAIMED] = sending
        BESIDE.set(partial(_note_done, sending))
        return None


def _is_write(request: HttpRequest) -> bool:
    return request.path.startswith(API_PREFIX)


def _form_in(request: HttpRequest) -> Sending | None:
    if not request.POST.get(TOKEN):
        return None
    said = sorted((name, tuple(values)) for name, values in request.POST.lists())
    files = sorted((name, file.name, _content_of(file)) for name, sent in request.FILES.lists() for file in sent)
    return Sending(_digest(request.user.pk, request.get_full_path(), said, files))


def _content_of(file: UploadedFile[bytes]) -> str:
    """The fingerprint of an upload, read piece by piece; the view finds it at its beginning again."""
    found = hashlib.sha256()
    for piece in file.chunks():
        found.update(piece)
    file.seek(0)
    return found.hexdigest()


def _write_in(request: HttpRequest) -> Sending | None:
    """The address counts without what stands behind its question mark: no write of the interface reads that."""
    key = request.headers.get(KEY)
    if not key:
        return None
    return Sending(_digest(request.user.pk, request.path, KEY, key), _digest(request.body))


def _digest(*parts: object) -> str:
    return salted_hmac("lianfang.once", repr(parts), algorithm="sha256").hexdigest()


def _claim(sending: Sending) -> bool:
    """Whether this run owns the press: the first does, or who takes over from one that did nothing and is silent."""
    now = timezone.now()
    Press.objects.filter(at__lt=now - KEPT).delete()
    fresh = {"content": sending.content, "owner": sending.owner, "at": now}
    _, is_first = Press.objects.get_or_create(digest=sending.digest, defaults=fresh)
    silent = Press.objects.filter(digest=sending.digest, content=sending.content, at__lt=now - GIVEN_UP)
    return is_first or bool(silent.filter(address="", kind="").update(owner=sending.owner, at=now))


def _note_done(sending: Sending, kind: str, number: str) -> None:
    """Write into the transaction of the action that the press has its effect.

    Raises:
        Conflict: the press is another run's, which did it or will do it; what this one did must not be kept.
    """
    own = Press.objects.filter(digest=sending.digest, owner=sending.owner)
    if not own.filter(kind="").update(kind=kind, number=number) and not own.exists():
        raise Conflict("这份内容已经由另一次提交办理，这一次没有重复办理。", "请刷新页面查看结果。")


def _settled(request: HttpRequest, sending: Sending, response: HttpResponse) -> HttpResponse:
    """Note where the form led or what the program was told; forget what came to nothing.

    Returns:
        ``response``, or what came of the press if another run has done it.
    """
    own = Press.objects.filter(digest=sending.digest, owner=sending.owner)
    if _is_write(request) and response.status_code in DONE:
        own.update(address=request.path, status=response.status_code, answer=response.content.decode())
    elif not _is_write(request) and response.status_code in MOVED:
        own.update(address=response["Location"])
    else:
        own.filter(kind="").delete()
        if response.status_code in TOO_LATE and not own.exists():
            return _of_another_run(request, sending) or response
    return response


def _of_another_run(request: HttpRequest, sending: Sending) -> HttpResponse | None:
    press = _done(sending).first()
    return _told_again(request, press) if press else None


def _done(sending: Sending) -> QuerySet[Press]:
    known = Press.objects.filter(digest=sending.digest, content=sending.content)
    return known.exclude(address="", kind="")


def _answered_again(request: HttpRequest, sending: Sending) -> HttpResponse | None:
    """What to say to the second press; ``None`` for a write that was done: that has to be asked for once more."""
    for press in _looked_at(sending):
        if press.content != sending.content:
            remedy = f"同一个 {KEY} 只用于同一次提交的重发；内容不同的，请换一个新的键。"
            return answer(request, Invalid("这个键已经用于内容不同的提交，这次没有办理。", remedy))
        if press.address:
            return None if _is_write(request) else _told_again(request, press)
    if (done := _done(sending).first()) is None:
        return answer(request, _still_at_work(request))
    return None if _is_write(request) else _told_again(request, done)


def _looked_at(sending: Sending) -> Iterator[Press]:
    """The press of the first run, again and again until it is forgotten or patience ends."""
    for _ in repeat(None, PATIENCE):
        press = Press.objects.filter(digest=sending.digest).first()
        if press is None:
            return
        yield press
        time.sleep(PAUSE)


def _told_again(request: HttpRequest, press: Press) -> HttpResponse:
    if not _is_write(request):
        messages.info(request, "这份内容刚才已经提交，系统只办理了一次。")
        return HttpResponseRedirect(press.address or record_address(press.kind, press.number) or "/")
    if not press.status:
        return answer(request, _without_answer(press))
    told = HttpResponse(press.answer, status=press.status, content_type="application/json; charset=utf-8")
    told[REPLAYED] = "true"
    return told


def _without_answer(press: Press) -> LianfangError:
    remedy = "请读取这一条查看结果，不要换一个键重发。"
    return Conflict(f"这份内容已经办成（{press.number}），只是第一次的回答没有留下。", remedy, details=[press.number])


def _still_at_work(request: HttpRequest) -> LianfangError:
    remedy = "请稍等片刻，刷新页面查看结果；没有办成的，再提交一次。"
    if _is_write(request):
        remedy = "请稍等片刻，用同一个键和同样的内容再发一次。"
    return Conflict("这份内容刚刚提交过，正在办理。", remedy)

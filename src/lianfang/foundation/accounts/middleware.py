"""How long a log-in lasts and where it leads first: idle and absolute limits, and the change of a one-time password."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from lianfang.foundation.accounts.models import User
from lianfang.foundation.journal.tellers import ASKING

BEGAN, SEEN = "log_in_began", "log_in_seen"
INTERFACE = "/api/"
"""Programs are not sent to pages: the interface itself answers them, as JSON."""
WRITE_EVERY_SECONDS = 30
"""The session is written at most this often for being seen, so that reading pages stays reading."""


class LogInLimits:
    """Ends a log-in after ``LOG_IN_IDLE_SECONDS`` without a click, or ``LOG_IN_SECONDS`` in all.

    Desks in a bureau are shared and left; the limits are the deployment's to set (GB/T 22239-2019 8.1.4.1).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request pass, or send the person to log in again, back to the same page."""
        if request.user.is_authenticated and _is_over(request):
            logout(request)
            if request.path.startswith(INTERFACE):
                return self._get_response(request)
            back = request.get_full_path() if request.method == "GET" else "/"
            address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back, 'expired': '1'})}"
            return HttpResponseRedirect(address)
        return self._get_response(request)


def _is_over(request: HttpRequest) -> bool:
    now = int(time.time())
    began = request.session.setdefault(BEGAN, now)
    seen = request.session.get(SEEN, now)
    if now - began >= settings.LOG_IN_SECONDS or now - seen >= settings.LOG_IN_IDLE_SECONDS:
        return True
    if SEEN not in request.session or now - seen >= WRITE_EVERY_SECONDS:
        request.session[SEEN] = now
    return False


class KnowsWhoAsks:
    """Tells the journal for whom it speaks, so that nobody reads of the own second window as of somebody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Name the person for this request, and nobody after it."""
        named = ASKING.set(request.user.login if isinstance(request.user, User) else "")
        try:
            return self._get_response(request)
        finally:
            ASKING.reset(named)


class OwnPasswordFirst:
    """Whoever still has a one-time password sees nothing but the page where it is changed (the interface refuses)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send the person to the change of password, from wherever."""
        user = request.user
        if isinstance(user, User) and user.owes_password and not _is_open(request.path):
            return HttpResponseRedirect(resolve_url(settings.PASSWORD_CHANGE_URL))
        return self._get_response(request)


def _is_open(path: str) -> bool:
    pages = {resolve_url(name) for name in (settings.PASSWORD_CHANGE_URL, settings.LOGIN_URL, settings.LOGOUT_URL)}
    return path in pages or path.startswith(INTERFACE)

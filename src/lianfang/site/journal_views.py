"""The pages of the journal."""

from __future__ import annotations

import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianfang.foundation.web.register_pages import actor_of
from lianfang.site.journal import Asked, entry_detail, journal_page, kinds_and_verbs


def _asked(request: HttpRequest) -> Asked:
    before, day = request.GET.get("before", ""), request.GET.get("day", "")
    return Asked(
        kind=request.GET.get("kind", ""),
        verb=request.GET.get("verb", ""),
        actor=request.GET.get("actor", "").strip(),
        day=_day(day),
        before=int(before) if before.isdecimal() and len(before) < 19 else 0,
    )


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


@login_required
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """What was done, newest first, filtered by register, act, person and day."""
    asked = _asked(request)
    kinds, verbs = kinds_and_verbs()
    context = {
        "page": journal_page(actor_of(request), asked),
        "asked": asked,
        "kinds": kinds,
        "verbs": verbs,
    }
    return render(request, "site/journal/list.html", context)


@login_required
@require_safe
def entry(request: HttpRequest, sequence: int) -> HttpResponse:
    """One entry: what changed, the bytes that were sealed, and how to check the seal."""
    return render(request, "site/journal/entry.html", {"detail": entry_detail(actor_of(request), sequence)})

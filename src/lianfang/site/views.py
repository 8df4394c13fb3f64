"""Pages where all rooms meet: the person's own work."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianfang.foundation.web.register_pages import actor_of


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, across all registers."""
    return render(request, "site/home.html", {"actor": actor_of(request)})

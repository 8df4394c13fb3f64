"""When log-in is locked: by name and address together, and by the name alone when tries come from many addresses."""

from __future__ import annotations

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_failure_limit
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest


class LockoutHandler(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """As axes counts, and one limit more: ``AXES_USERNAME_FAILURE_LIMIT`` failures of one name from anywhere."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Failures of this name at this address; at least the limit once the name itself is locked."""
        failures = int(super().get_failures(request, credentials))
        name = get_client_username(request, credentials)
        if name and _failures_of(request, name) >= settings.AXES_USERNAME_FAILURE_LIMIT:
            return max(failures, int(get_failure_limit(request, credentials)))
        return failures


def _failures_of(request: HttpRequest, name: str) -> int:
    recent = AccessAttempt.objects.filter(username=name, attempt_time__gte=get_cool_off_threshold(request))
    return int(recent.aggregate(total=Sum("failures_since_start"))["total"] or 0)


def client_address(request: HttpRequest) -> str:
    """The address that a log-in comes from, as the outermost of ``TRUSTED_PROXIES`` reverse proxies saw it.

    Counted from the end of ``X-Forwarded-For``, because whatever stands before it the client wrote itself.
    """
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    hops = settings.TRUSTED_PROXIES
    if hops and len(told) >= hops:
        return str(told[-hops])
    return str(request.META.get("REMOTE_ADDR", ""))

"""The context processor of the page frame: everything is computed on first use, so fragments pay nothing."""

from __future__ import annotations

import datetime
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.parameters.queries.values import parameters_for
from lianfang.foundation.web.navigation import MenuGroup, address, menu_for

SIDEBAR_COOKIE = "sidebar"
"""Set by the page when the person folds the side navigation, read here so that the page never jumps."""


class Chrome:
    """What the frame of a page needs to know about this request."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    system = "廉政风险防控"
    """What the system is called beside the bureau's name."""

    @cached_property
    def bureau(self) -> str:
        """Name of the bureau, from the deployment's settings; the system's own name until one is given."""
        return str(getattr(settings, "BUREAU_NAME", "")) or self.system

    @cached_property
    def menu(self) -> list[MenuGroup]:
        """Side navigation of this person."""
        return menu_for(getattr(self._request, "user", None), self._request.path)

    @cached_property
    def home_url(self) -> str:
        """The person's own work."""
        return address("home") or "/"

    @cached_property
    def search_url(self) -> str:
        """Search over all registers, or "" where the site has none."""
        return address("search")

    @cached_property
    def logout_url(self) -> str:
        """Ending the session."""
        return address("logout")

    @cached_property
    def password_url(self) -> str:
        """Changing one's own password."""
        return address("password_change")

    @cached_property
    def may_import(self) -> bool:
        """Whether this person may take in files anywhere: lists then offer it."""
        user = getattr(self._request, "user", None)
        return isinstance(user, User) and user.may_anywhere(Permission.REGISTERS_IMPORT)

    @cached_property
    def soon_days(self) -> int:
        """Days before its last one from which on a due date is marked, as decided where this person works (S88)."""
        user = getattr(self._request, "user", None)
        scopes = [grant.scope for grant in user.grants] if isinstance(user, User) else []
        return parameters_for(max(scopes, key=len, default="")).due_soon_days

    @cached_property
    def is_folded(self) -> bool:
        """Whether the side navigation shows icons only."""
        return self._request.COOKIES.get(SIDEBAR_COOKIE) == "folded"

    @cached_property
    def now(self) -> datetime.datetime:
        """Printed at the foot of a sheet: a paper says when it was true."""
        return timezone.localtime()


def chrome(request: HttpRequest) -> dict[str, Chrome]:
    """Put the frame's values into every template as ``chrome``."""
    return {"chrome": Chrome(request)}

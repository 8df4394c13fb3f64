"""The command line's own account: it has grants like anyone, and no password."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role

LOGIN = "console"


@transaction.atomic
def console_actor() -> User:
    """The account under which commands act when no other is named; made on first use."""
    user, created = User.objects.get_or_create(login=LOGIN, defaults={"title": "命令行", "password": "!"})
    if created:
        Grant.objects.create(
            user=user, role=Role.COORDINATOR.value, scope="", start=timezone.localdate(), reason="安装时设立"
        )
    return user

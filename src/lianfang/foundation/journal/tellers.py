"""Who changed a thing last, and when, in the words of a refusal: with the day, and never as if oneself were another."""

from __future__ import annotations

from contextvars import ContextVar

from django.utils import timezone

from lianfang.foundation.journal.models import Entry

ASKING: ContextVar[str] = ContextVar("asking", default="")
"""Log-in name of the person whom the answer is for; "" outside of requests."""
ONESELF = "您自己（另一个页面）"


def changed_by(entry: Entry | None) -> str:
    """``今天 22:34 被小李修改过``, or with an earlier day as ``2026-11-20``; without an entry, somebody did."""
    if entry is None:
        return "已经被别人修改过"
    local = timezone.localtime(entry.at)
    day = "今天" if local.date() == timezone.localdate() else f"{local:%Y-%m-%d}"
    who = ONESELF if entry.actor == ASKING.get() else entry.actor_title or entry.actor
    return f"{day} {local:%H:%M} 被{who}修改过"

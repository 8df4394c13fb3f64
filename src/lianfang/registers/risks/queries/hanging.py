"""The risk points that hang on a power or a post, for whoever is about to end it (S65, S66)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from lianfang.foundation.accounts.models import User
from lianfang.foundation.web.hanging import Hanging
from lianfang.registers.risks.queries.risks import IN_FORCE, visible_risks


def risks_of_power(actor: User, number: str) -> Hanging:
    """Live risk points of the power with this number."""
    return _hanging(actor, "power", number, "取消这项职权以前", "个在控的风险点对应这项职权")


def risks_of_post(actor: User, number: str) -> Hanging:
    """Live risk points of the post with this number."""
    return _hanging(actor, "post", number, "撤销这个岗位以前", "个在控的风险点在这个岗位名下")


def _hanging(actor: User, field: str, number: str, title: str, what: str) -> Hanging:
    live = visible_risks(actor).filter(IN_FORCE, **{f"{field}_id": number})
    todo = "。它们不会随之结束，仍在台账上：请逐条办理销号，或者启动复核，改到接手的职权、岗位名下。"
    return Hanging(title, live.count(), what, todo, f"{reverse('risks:list')}?{urlencode({field: number})}")

"""Two pages where laws and powers meet: who cites a law, and which bases no longer hold."""

from __future__ import annotations

import datetime
from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import units_where
from lianfang.foundation.web.register_pages import actor_of, wanted_of
from lianfang.foundation.web.values import Column
from lianfang.kernel.errors import Invalid
from lianfang.registers.laws.queries import law_detail
from lianfang.registers.laws.views import tabs_of, tabs_of_law
from lianfang.registers.powers.citations import powers_citing, stale_bases

CITING_COLUMNS = (
    Column("number", "编号", "code"),
    Column("name", "职权", "name"),
    Column("unit", "单位"),
    Column("cited", "怎样引用", "name"),
    Column("state", "状态", "state"),
)
STALE_COLUMNS = (
    Column("number", "编号", "code"),
    Column("name", "职权", "name"),
    Column("unit", "单位"),
    Column("cited", "现在的依据", "name"),
    Column("successor", "新法对应（线索）", "name"),
)


@login_required
@require_safe
def law(request: HttpRequest, number: str) -> HttpResponse:
    """Who cites one law."""
    actor = actor_of(request)
    detail = law_detail(actor, number)
    context = {
        "row": detail.row,
        "detail": detail,
        "tabs": tabs_of_law(number),
        "lines": powers_citing(actor, detail.row),
        "columns": CITING_COLUMNS,
    }
    return render(request, "powers/citing.html", context)


@login_required
@require_safe
def stale(request: HttpRequest) -> HttpResponse:
    """Bases that do not hold on a day, today if none is named."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.LAWS_READ)
    wanted = wanted_of(request)
    given = request.GET.get("day", "")
    day = _day(given) if given else timezone.localdate()
    lines = stale_bases(actor, day, wanted.path)
    chosen = request.GET.get("law", "")
    laws = Counter((line.law.number, line.law.title) for line in lines)
    context = {
        "tabs": tabs_of(),
        "lines": [line for line in lines if not chosen or line.law.number == chosen],
        "columns": STALE_COLUMNS,
        "day": day,
        "laws": [(number, f"{title}（{count}）") for (number, title), count in laws.most_common()],
        "powers": len({line.number for line in lines}),
        "unmapped": sum(not line.is_mapped for line in lines),
        "units": units_where(actor, Permission.POWERS_READ, Permission.POWERS_READ_APPROVED),
    }
    return render(request, "powers/stale_bases.html", context)


def _day(given: str) -> datetime.date:
    try:
        day = parse_date(given)
    except ValueError:
        day = None
    if day is None:
        raise Invalid(f"“{given}”不是日期。", "请写成 2026-08-15。")
    return day

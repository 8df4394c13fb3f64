"""The pages of the ledger: as it stands, as it was taken, what changed between."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import PAGE_SIZE
from lianfang.foundation.organisation.queries import bureaus_under, units_where
from lianfang.foundation.web.register_pages import actor_of
from lianfang.foundation.web.row_form import whole_number
from lianfang.foundation.web.values import pager_for
from lianfang.registers.controls import actions
from lianfang.registers.controls.queries.ledger import (
    compared,
    ledger_page,
    ledger_unit,
    lines_of,
    visible_snapshots,
)


@login_required
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger of a unit as it would be generated now, and the snapshots taken so far."""
    actor = actor_of(request)
    units = units_where(actor, Permission.LEDGER_READ)
    bureaus = bureaus_under(actor.paths(Permission.LEDGER_READ))
    fallback = bureaus[0].number if bureaus else (units[0][0] if units else "")
    unit = ledger_unit(actor, request.GET.get("unit") or fallback)
    found = ledger_page(unit.path, whole_number(request.GET.get("page", ""), 1), PAGE_SIZE)
    context = {
        "unit": unit,
        "units": units,
        "lines": found.lines,
        "deviations": found.deviations,
        "total": found.total,
        "pager": pager_for(found.page, PAGE_SIZE, found.total),
        "snapshots": visible_snapshots(actor).filter(unit=unit)[:20],
        "may_generate": actor.may(Permission.LEDGER_GENERATE, unit.path),
    }
    return render(request, "controls/ledger.html", context)


@login_required
@require_POST
def generate(request: HttpRequest, unit: str) -> HttpResponse:
    """Take a snapshot of a unit's ledger."""
    snapshot = actions.generate_ledger(actor=actor_of(request), unit=unit)
    messages.success(request, f"已生成台账 {snapshot.number}，共 {snapshot.line_count} 行。")
    return HttpResponseRedirect(reverse("controls:snapshot", args=[snapshot.number]))


@login_required
@require_safe
def snapshot(request: HttpRequest, number: str) -> HttpResponse:
    """One snapshot page by page, and on the first what changed since the one before it."""
    found = compared(actor_of(request), number)
    lines = lines_of(found.snapshot)
    pager = pager_for(whole_number(request.GET.get("page", ""), 1), PAGE_SIZE, len(lines))
    shown = lines[pager.first - 1 : pager.first - 1 + PAGE_SIZE] if lines else []
    return render(request, "controls/snapshot.html", {"found": found, "lines": shown, "pager": pager})

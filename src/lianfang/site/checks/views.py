"""The pages of the checks."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import PAGE_SIZE
from lianfang.foundation.lint.actions import grant_waiver, revoke_waiver
from lianfang.foundation.organisation.queries import units_where
from lianfang.foundation.web.register_pages import actor_of
from lianfang.foundation.web.row_form import whole_number
from lianfang.foundation.web.values import Column, pager_for
from lianfang.kernel.errors import Absent, LianfangError
from lianfang.kernel.findings import Severity
from lianfang.site.checks.counts import MEANING, open_counts, scope_of
from lianfang.site.checks.documents import self_check_document
from lianfang.site.checks.forms import WaiverForm
from lianfang.site.checks.queries import (
    QUESTIONS,
    FindingsPage,
    Sought,
    checkable_bureaus,
    finding_detail,
    findings_page,
    reach_of,
    readable_scores,
    waiver_lines,
)
from lianfang.site.checks.rule_pages import READING_NOTICES, RULE_BY_CODE, example_tables
from lianfang.site.checks.running import check_in_browser
from lianfang.site.export_views import download
from lianfang.site.material import ROW_BY_KIND
from lianfang.site.rules import FAMILIES, RULES

COLUMNS = (
    Column("severity", "级别", "word"),
    Column("code", "规则", "code"),
    Column("number", "条目", "code"),
    Column("message", "问题", "name"),
    Column("unit", "单位"),
)
SCORE_COLUMNS = (
    Column("unit", "单位"),
    Column("question", "维度", "word"),
    Column("count", "没有问题的条目", "number"),
    Column("share", "得分", "number"),
)
WAIVER_COLUMNS = (
    Column("rule", "规则", "code"),
    Column("entry", "条目", "code"),
    Column("reason", "理由", "name"),
    Column("approver", "批准人"),
    Column("expires", "有效期至", "date"),
    Column("actions", "", "actions"),
)
SEVERITIES = [(level.value, level.label) for level in Severity]
DIMENSIONS = [(dimension.value, f"{dimension.value}（{question}）") for dimension, question in QUESTIONS.items()]
KINDS = [(kind, row.label) for kind, row in ROW_BY_KIND.items()]


def _sought(request: HttpRequest) -> Sought:
    return Sought(
        unit=request.GET.get("unit", ""),
        kind=request.GET.get("kind", ""),
        code=request.GET.get("code", "").strip(),
        severity=request.GET.get("severity", ""),
        dimension=request.GET.get("dimension", ""),
        waived=request.GET.get("waived") == "1",
        page=whole_number(request.GET.get("page", ""), 1),
    )


@login_required
@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """What the last check found: counts, scores, and the list, filtered and paged."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.FINDINGS_READ)
    sought = _sought(request)
    page = findings_page(actor, sought)
    context = {
        "page": page,
        "stats": _stats(page, sought),
        "meaning": MEANING,
        "columns": COLUMNS,
        "pager": pager_for(page.page, PAGE_SIZE, page.total),
        "units": units_where(actor, Permission.FINDINGS_READ),
        "kinds": KINDS,
        "severities": SEVERITIES,
        "dimensions": DIMENSIONS,
        "codes": [(code, f"{code} {rule.title}") for code, rule in sorted(RULE_BY_CODE.items())],
        "bureaus": checkable_bureaus(actor),
    }
    return render(request, "site/checks/list.html", context)


def _stats(page: FindingsPage, sought: Sought) -> list[tuple[str, int, str, str]]:
    """``(label, count, address, tone)`` of each severity and of what is waived, keeping the chosen unit."""
    kept = f"&unit={quote(sought.unit)}" if sought.unit else ""
    counted = [
        (f"未处理的{level.label}", count, f"?severity={level.value}{kept}")
        for level, count in page.counts.by_severity.items()
    ]
    tones = ("warn", "", "")
    lines = [(*line, tone if line[1] else "") for line, tone in zip(counted, tones, strict=True)]
    return [*lines, ("已豁免", page.counts.waived, f"?waived=1{kept}", "")]


@login_required
@require_POST
def run_now(request: HttpRequest) -> HttpResponse:
    """Check one bureau while the person waits, then show what was found."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.FINDINGS_CHECK)
    check_in_browser(actor, request.POST.get("unit", ""))
    # Of what this person may read, as the list says it: a check is always of the whole bureau.
    found = open_counts(actor).under(reach_of(actor))
    counted = "，".join(f"{level.label} {count} 条" for level, count in found.by_severity.items())
    messages.success(request, f"检查完成。{scope_of(actor)}未处理的：{counted}。")
    return HttpResponseRedirect(reverse("checks:list"))


@login_required
@require_safe
def scores(request: HttpRequest) -> HttpResponse:
    """Score card of every unit, with the counts behind each share and how it is computed."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.FINDINGS_READ)
    reach = reach_of(actor, request.GET.get("unit", ""))
    context = {
        "lines": readable_scores(actor, reach),
        "columns": SCORE_COLUMNS,
        "units": units_where(actor, Permission.FINDINGS_READ),
    }
    return render(request, "site/checks/scores.html", context)


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The self-check as a document (``?format=docx|pdf|xlsx``), with the filters of the list."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.FINDINGS_READ)
    return download(self_check_document(actor, _sought(request)), request.GET.get("format", "docx"))


@login_required
def finding(request: HttpRequest, key: int) -> HttpResponse:
    """One finding: what its rule says, the waivers of its entry, and the form that tolerates it."""
    actor = actor_of(request)
    detail = finding_detail(actor, key)
    form = WaiverForm(request.POST or None, longest=detail.longest)
    if request.method == "POST" and form.is_valid():
        try:
            grant_waiver(actor=actor, finding=detail.tolerated(), **form.cleaned_data)
        except LianfangError as error:
            if error.status != 422:
                raise
            form.add_error(None, f"{error.message}{error.remedy}")
        else:
            messages.success(request, "已豁免。得分在下次检查时更新。")
            return HttpResponseRedirect(reverse("checks:finding", args=[key]))
    context = {"detail": detail, "line": detail.line, "form": form}
    return render(request, "site/checks/finding.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def waivers(request: HttpRequest) -> HttpResponse:
    """Waivers in force and expired."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.FINDINGS_READ)
    return render(request, "site/checks/waivers.html", {"lines": waiver_lines(actor), "columns": WAIVER_COLUMNS})


@login_required
@require_POST
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    """End a waiver today."""
    row = revoke_waiver(actor=actor_of(request), number=number, note=request.POST.get("note", "").strip())
    messages.success(request, f"已撤销对 {row.entry} 的豁免（{row.rule}），这条检查结果重新计入。")
    return HttpResponseRedirect(reverse("checks:waivers"))


@login_required
@require_safe
def rule_index(request: HttpRequest) -> HttpResponse:
    """All rules, family by family, and the notices of reading a file."""
    order = list(FAMILIES)
    ordered = sorted(RULES, key=lambda rule: (order.index(rule.family), rule.code))
    families = [
        (family, FAMILIES[family], tuple(members)) for family, members in groupby(ordered, attrgetter("family"))
    ]
    context = {"families": families, "total": len(RULES), "notices": READING_NOTICES.values()}
    return render(request, "site/checks/rules.html", context)


@login_required
@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it checks, why, how to mend it, its source, and an example on each side of the line."""
    if code in READING_NOTICES:
        return render(request, "site/checks/notice.html", {"notice": READING_NOTICES[code]})
    found = RULE_BY_CODE.get(code)
    if found is None:
        raise Absent(f"没有代码为“{code}”的检查规则。", "请从规则目录进入。")
    context = {"rule": found, "parts": found.explanation.items(), "examples": example_tables(found)}
    return render(request, "site/checks/rule.html", context)

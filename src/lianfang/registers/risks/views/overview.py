"""The pages that follow from the register: matrix, grades of posts, one post, the flow chart of a power."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import unit_paths, units_where
from lianfang.foundation.web.register_pages import actor_of
from lianfang.foundation.web.values import Column
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.queries.charts import power_chart
from lianfang.registers.risks.queries.matrix import risk_matrix
from lianfang.registers.risks.queries.posts import post_detail, readable_post_grades

GRADE_COLUMNS = (
    Column("post", "岗位", "name"),
    Column("unit", "单位"),
    Column("holders", "在岗人员"),
    Column("grade", "岗位风险等级", "word"),
    Column("high", "高", "number"),
    Column("medium", "中", "number"),
    Column("low", "低", "number"),
)


@login_required
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Risk points in force by probability and harm."""
    actor = actor_of(request)
    unit = request.GET.get("unit", "")
    context = {
        "matrix": risk_matrix(actor, unit_paths([unit]).get(unit, "?") if unit else ""),
        "units": units_where(actor, Permission.RISKS_READ, Permission.RISKS_READ_APPROVED),
        "unit": unit,
    }
    return render(request, "risks/matrix.html", context)


@login_required
@require_safe
def grades(request: HttpRequest) -> HttpResponse:
    """岗位风险等级清单: every post with its derived grade (S29, S30)."""
    actor = actor_of(request)
    unit = request.GET.get("unit", "")
    lines = readable_post_grades(actor, unit_paths([unit]).get(unit, "?") if unit else "")
    context = {
        "lines": lines,
        "columns": GRADE_COLUMNS,
        "units": units_where(actor, Permission.RISKS_READ, Permission.RISKS_READ_APPROVED),
        "totals": [(grade, sum(line.grade is grade for line in lines)) for grade in Grade],
        "ungraded": sum(line.grade is None for line in lines),
    }
    return render(request, "risks/grades.html", context)


@login_required
@require_safe
def post_page(request: HttpRequest, number: str) -> HttpResponse:
    """One post with everything that hangs on it."""
    actor = actor_of(request)
    detail = post_detail(actor, number)
    context = {"detail": detail, "row": detail.row, "may_draft": actor.may_anywhere(Permission.RISKS_DRAFT)}
    return render(request, "risks/post.html", context)


@login_required
@require_safe
def chart(request: HttpRequest, number: str) -> HttpResponse:
    """权力运行流程图 of one power, on screen and on paper."""
    actor = actor_of(request)
    shown = power_chart(actor, number)
    may_draft = actor.may_anywhere(Permission.RISKS_DRAFT)
    context = {"shown": shown, "row": shown.row, "chart": shown.chart, "may_draft": may_draft}
    return render(request, "risks/chart.html", context)


@login_required
@require_safe
def chart_file(request: HttpRequest, number: str) -> HttpResponse:
    """The same drawing in one piece, as a file for documents."""
    shown = power_chart(actor_of(request), number, in_one_piece=True)
    sheet = shown.chart.sheets[0] if shown.chart.sheets else None
    text = render_to_string("risks/_sheet.svg", {"sheet": sheet, "standalone": True, "title": shown.row.title})
    response = HttpResponse(text, content_type="image/svg+xml; charset=utf-8")
    name = quote(f"权力运行流程图_{shown.row.number}.svg")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response

"""Pages of the logs: administrators' acts for the auditor, users' acts and failed log-ins for SECADM."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.queries import administrators_acts, failed_log_ins, users_acts
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.web.register_pages import actor_of, wanted_of
from lianfang.foundation.web.values import Column
from lianfang.site.accounts.logs import log_page

COLUMNS = (
    Column("sequence", "序号", "number"),
    Column("at", "时间", "date"),
    Column("actor", "操作人", "name"),
    Column("act", "动作", "word"),
    Column("number", "对象"),
)
GROUNDS = Column("basis", "依据、说明")
FAILED_COLUMNS = (
    Column("at", "时间", "date"),
    Column("login", "登录名", "code"),
    Column("address", "来自", "code"),
    Column("count", "连续失败", "number"),
)


@login_required
@require_safe
def administrators(request: HttpRequest) -> HttpResponse:
    """What the administrators did, and what was done to accounts and grants."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.ADMIN_LOGS_READ)
    wanted = wanted_of(request)
    lines, pager = log_page(administrators_acts(actor), text=wanted.text, page=wanted.page)
    context = {
        "lines": lines,
        "pager": pager,
        "columns": (*COLUMNS, GROUNDS),
        "shows_grounds": True,
        "failed": [],
        "title": "管理员日志",
    }
    return render(request, "accounts/log.html", context)


@login_required
@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """What users did, without its content, and who failed to log in."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.USER_LOGS_READ)
    wanted = wanted_of(request)
    lines, pager = log_page(users_acts(actor), text=wanted.text, page=wanted.page)
    context = {
        "lines": lines,
        "pager": pager,
        "columns": COLUMNS,
        "failed": failed_log_ins(actor),
        "failed_columns": FAILED_COLUMNS,
        "title": "用户日志",
    }
    return render(request, "accounts/log.html", context)

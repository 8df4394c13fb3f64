"""Pages of accounts: accounts for SYS, grants for SECADM, logs for SECADM and AUD, the matrix and the own password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from lianfang.foundation.accounts import actions
from lianfang.foundation.accounts.models import CONSOLE
from lianfang.foundation.accounts.passwords import one_time_password
from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.queries import (
    demand_nameless,
    grant_rows,
    role_apart,
    user_choices,
    user_lines,
    user_named,
    user_titles,
)
from lianfang.foundation.accounts.roles import ADMINISTRATORS, EVERYBODY, MATRIX, Permission, Role
from lianfang.foundation.accounts.rows import UserRow
from lianfang.foundation.journal.queries import history_of
from lianfang.foundation.organisation.overview import path_choices, path_names
from lianfang.foundation.web.register_pages import act_on, actor_of
from lianfang.foundation.web.values import Column, Step
from lianfang.kernel.errors import Absent, Invalid, Refused
from lianfang.site.accounts.forms import GrantForm, PasswordForm, PersonForm, UserForm

USER_COLUMNS = (
    Column("login", "登录名", "code"),
    Column("title", "称谓", "name"),
    Column("person", "人员编号", "code"),
    Column("roles", "现有角色"),
    Column("last_login", "上次登录", "date"),
    Column("state", "状态", "state"),
)
GRANT_COLUMNS = (
    Column("user", "账户", "name"),
    Column("role", "角色", "word"),
    Column("scope", "范围"),
    Column("start", "自", "date"),
    Column("end", "至", "date"),
    Column("reason", "依据"),
    Column("actions", "", "actions"),
)


@login_required
@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """All accounts with their roles of today."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.USERS_MANAGE)
    lines = user_lines(actor, request.GET.get("q", "").strip())
    return render(request, "accounts/users.html", {"lines": lines, "columns": USER_COLUMNS})


@login_required
@never_cache
def new_user(request: HttpRequest) -> HttpResponse:
    """Open an account; its one-time password is shown in the answer and nowhere else."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.USERS_MANAGE)
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = one_time_password()
        try:
            row = actions.create_user(actor=actor, row=form.to_row(), password=password)
        except Invalid as fault:
            form.add_error("login", f"{fault.message}{fault.remedy}")
        else:
            return _handed_over(request, row, password, "账户已经开设")
    context = {"form": form, "cancel": reverse("accounts:users")}
    return render(request, "accounts/new_user.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def user_page(request: HttpRequest, login: str) -> HttpResponse:
    """One account: what can be done with it, and what was done."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.USERS_MANAGE)
    user = user_named(login)
    apart = role_apart(user)
    context = {
        "row": user.to_row(),
        "apart": apart,
        "is_console": login == CONSOLE,
        "last_login": user.last_login,
        "roles": [role.label for role in sorted(user.roles)],
        "steps": [] if apart or login == CONSOLE or user.pk == actor.pk else _user_steps(user.to_row()),
        "history": history_of(UserRow.kind, login),
    }
    return render(request, "accounts/user.html", context)


def _user_steps(row: UserRow) -> list[Step]:
    def step(label: str, name: str, note: Any, **more: Any) -> Step:
        return Step(label, reverse("accounts:user_step", args=[row.number, name]), note=note, note_label="原因", **more)

    if not row.is_active:
        return [step("恢复账户", "enable", "required", why="恢复后发给新的一次性密码。")]
    named = [] if row.person else [_naming(row)]
    return [
        *named,
        step("重设密码", "reset", "required", why="旧密码随即失效，已登录的也会退出。"),
        step("停用账户", "disable", "required", danger=True),
    ]


def _naming(row: UserRow) -> Step:
    why = "开户时没有登记是谁的账户；登记以后才能授予业务角色，只能登记一次。"
    return Step("登记人员编号", reverse("accounts:name_person", args=[row.number]), why=why, method="get")


@login_required
def name_person(request: HttpRequest, login: str) -> HttpResponse:
    """Say whose an account is that was opened without a person."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.USERS_MANAGE)
    row = user_named(login).to_row()
    demand_nameless(row)
    form, back = PersonForm(request.POST or None), reverse("accounts:user", args=[login])

    def act() -> tuple[str, str]:
        given = form.cleaned_data
        named = actions.name_person(actor=actor, login=login, person=given["person"], note=given["note"])
        return f"账户 {login} 已经登记为人员 {named.person} 的账户。", back

    return act_on(request, form, act, ("accounts/name_person.html", {"row": row, "cancel": back}))


@login_required
@require_POST
@never_cache
def user_step(request: HttpRequest, login: str, step: str) -> HttpResponse:
    """Disable, enable or reset an account."""
    actor, note = actor_of(request), request.POST.get("note", "").strip()
    if step == "disable":
        actions.disable_user(actor=actor, login=login, note=note)
        messages.success(request, f"账户 {login} 已经停用。")
        return HttpResponseRedirect(reverse("accounts:user", args=[login]))
    renewals: dict[str, tuple[Callable[..., UserRow], str]] = {
        "enable": (actions.enable_user, "账户已经恢复"),
        "reset": (actions.reset_password, "密码已经重设"),
    }
    if step not in renewals:
        raise Absent(f"没有“{step}”这一步。")
    renew, heading = renewals[step]
    password = one_time_password()
    return _handed_over(request, renew(actor=actor, login=login, password=password, note=note), password, heading)


def _handed_over(request: HttpRequest, row: UserRow, password: str, heading: str) -> HttpResponse:
    return render(request, "accounts/one_time.html", {"row": row, "password": password, "heading": heading})


@login_required
@require_safe
def grants(request: HttpRequest) -> HttpResponse:
    """Grants that stand, or all that ever were."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.ROLES_GRANT)
    everything = request.GET.get("all") == "1"
    rows = grant_rows(
        actor, text=request.GET.get("q", "").strip(), role=request.GET.get("role", ""), standing=not everything
    )
    titles, places = user_titles(row.user for row in rows), path_names(row.scope for row in rows)
    context = {
        "lines": [(row, titles.get(row.user, row.user), places.get(row.scope, row.scope)) for row in rows],
        "columns": GRANT_COLUMNS,
        "roles": Role.choices(),
        "everything": everything,
        "own": actor.login,
    }
    return render(request, "accounts/grants.html", context)


@login_required
def new_grant(request: HttpRequest) -> HttpResponse:
    """Give somebody a role; a refusal is shown at the form, with the reason."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.ROLES_GRANT)
    initial = {"user": request.GET.get("user", "")}
    form = GrantForm(request.POST or None, users=user_choices(actor), scopes=path_choices(actor), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.grant_role(actor=actor, row=form.to_row())
        except (Invalid, Refused) as fault:
            form.add_error(None, f"{fault.message}{fault.remedy}")
        else:
            messages.success(request, f"已经授予 {row.user} {row.role.label}。")
            return HttpResponseRedirect(reverse("accounts:grants"))
    context = {"form": form, "cancel": reverse("accounts:grants")}
    return render(request, "accounts/new_grant.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    """Take a grant back."""
    row = actions.revoke_grant(actor=actor_of(request), number=number, reason=request.POST.get("note", ""))
    messages.success(request, f"已经收回 {row.user} 的{row.role.label}，下一次点击就生效。")
    return HttpResponseRedirect(reverse("accounts:grants"))


@login_required
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """What each role may do: the very table that the permission check reads."""
    columns = [("", "权限"), *((role.value, role.label) for role in Role)]
    lines = [
        (permission, [permission in MATRIX[role] or permission in EVERYBODY for role in Role])
        for permission in Permission
    ]
    context = {
        "columns": columns,
        "lines": lines,
        "administrators": [role.label for role in Role if role in ADMINISTRATORS],
    }
    return render(request, "accounts/matrix.html", context)


@login_required
@never_cache
@sensitive_post_parameters()
def password_change(request: HttpRequest) -> HttpResponse:
    """Change the own password; this log-in goes on, all others of the account end."""
    actor = actor_of(request)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_password(actor=actor, old=form.cleaned_data["old"], new=form.cleaned_data["new"])
        except Invalid as fault:
            field = "old" if not actor.check_password(form.cleaned_data["old"]) else "new"
            form.add_error(field, [fault.message, *fault.details])
        else:
            update_session_auth_hash(request, actor)
            messages.success(request, "密码已经修改，其他地方的登录已经退出。")
            return HttpResponseRedirect(reverse("home"))
    context = {
        "form": form,
        "is_first": actor.must_change_password,
        "is_old": actor.owes_password,
        "days": settings.PASSWORD_DAYS,
    }
    return render(request, "accounts/password.html", context, status=422 if form.errors else 200)

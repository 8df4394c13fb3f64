"""Pages where all rooms meet: the person's own work, the overview of bureaus, the search over all registers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianfang.foundation.accounts.queries import accounts_of_nobody, accounts_without_role
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.web.register_pages import actor_of
from lianfang.foundation.web.values import Column
from lianfang.site.checks.counts import MEANING
from lianfang.site.desk import desk_of
from lianfang.site.overview import overview_of
from lianfang.site.search import LONGEST, found_by, is_searchable

OVERVIEW_COLUMNS = (
    Column("name", "单位"),
    Column("powers", "职权确权", "number", hint="已确权÷全部未取消的职权"),
    Column("areas", "重点领域", "number", hint="七个重点领域中有职权的个数"),
    Column("grades", "风险（高 / 中 / 低）", "number", hint="在控和复核中的风险点；待定级的另计"),
    Column("searched", "岗位排查", "number", hint="列入防控范围的岗位中已排查的"),
    Column("measures", "每个高风险的措施", "number", hint="施行中的措施数÷高风险数"),
    Column("covered", "一权一制", "number", hint="有现行制度覆盖的职权"),
    Column("findings", "未处理的错误 / 警告", "number", hint=MEANING),
    Column("scores", "准 / 全 / 深 / 序", "number", hint="最近一次检查的质量得分，百分比"),
    Column("ledger", "最近台账", "date"),
)
TEACHING = {
    Role.POST: "从权力清单或风险点开始：填好本岗位的职权和风险，提交给科室负责人。已有 Excel、Word 清单的，直接导入。",
    Role.HEAD: "科室提交的职权、风险点和低风险措施会列在这里，等您清权、受理、审定。现在可以先检查清单质量。",
    Role.DEPUTY: "中风险和它的措施由您审定，负面清单由您审定。有送审的，会列在这里。",
    Role.SECRETARY: "确权、高风险、任何降级都要您主持的局党组会研究后审定。有送审的，会列在这里；全局情况见总览。",
    Role.COORDINATOR: "评分齐了的风险点会列在这里，等您组织会商、提出等级。现在可以导入各科室的清单，或检查清单质量。",
    Role.LEGAL: "科室清权之后的职权、起草好的制度会列在这里，等您审核合法性。",
    Role.COMMISSION: "您可以查看各单位已审定的内容和检查结果。各局的进度并排列在总览里。",
    Role.SYSTEM: "系统管理员只管账户和单位，不看业务内容。",
    Role.SECURITY: "安全管理员只管授权和用户日志，不看业务内容。",
    Role.AUDITOR: "安全审计员只看管理员的操作日志，不看业务内容。",
}
"""Role → what its desk is for, shown while nothing lies on it."""
DOORS = {
    Role.COMMISSION: (("总览", "overview"), ("检查结果", "checks:list"), ("防控措施台账", "controls:ledger")),
    Role.SYSTEM: (("账户", "accounts:users"), ("单位和岗位", "organisation:units")),
    Role.SECURITY: (("授权", "accounts:grants"), ("用户日志", "accounts:users_log")),
    Role.AUDITOR: (("管理员日志", "accounts:administrators_log"),),
}
"""Role for which nothing is ever handed up → where its own work is done."""


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, across all registers."""
    actor = actor_of(request)
    desk = desk_of(actor)
    context = {
        "actor": actor,
        "desk": desk,
        "is_busy": desk.decides and bool(desk.piles or desk.elsewhere or desk.returned or desk.drafts),
        "teaching": [TEACHING[role] for role in Role if role in actor.roles],
        "doors": [door for role in DOORS if role in actor.roles for door in DOORS[role]],
        "idle_accounts": accounts_without_role(actor),
        "accounts_of_nobody": accounts_of_nobody(actor),
    }
    return render(request, "site/home.html", context)


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything the person may read that holds the words, register by register."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    context = {"q": asked, "searchable": is_searchable(asked), "groups": found_by(actor_of(request), asked)}
    return render(request, "site/search.html", context)


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All bureaus side by side, or one bureau with its units: from tallies and the last check."""
    shown = overview_of(actor_of(request))
    title = f"{shown.bureaus[0].name}总览" if len(shown.bureaus) == 1 else "总览"
    return render(request, "site/overview.html", {"overview": shown, "columns": OVERVIEW_COLUMNS, "title": title})

"""The side navigation, and the page of each kind of record."""

from __future__ import annotations

from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.web.values import NavGroup, NavItem

P = Permission
NAVIGATION = (
    NavGroup(
        "",
        (
            NavItem("我的工作", "home", "home"),
            NavItem("总览", "overview", "chart-bar", P.OVERVIEW_READ),
        ),
    ),
    NavGroup("方案", (NavItem("方案", "plans:list", "file-text", P.PLANS_READ),)),
    NavGroup(
        "登记",
        (
            NavItem(
                "权力清单", "powers:list", "list-check", P.POWERS_READ, P.POWERS_READ_APPROVED, ("/risks/powers/",)
            ),
            NavItem("负面清单", "risks:negatives", "ban", P.RISKS_READ, P.RISKS_READ_APPROVED, ("/risks/coverage/",)),
            NavItem("排查记录", "risks:searches", "zoom-question", P.RISKS_READ),
            NavItem("风险点", "risks:list", "alert-triangle", P.RISKS_READ, P.RISKS_READ_APPROVED),
            NavItem("风险评级", "risks:gradings", "scale", P.RISKS_READ),
            NavItem("岗位风险等级", "risks:grades", "id-badge-2", P.RISKS_READ, inside=("/risks/posts/",)),
            NavItem("风险矩阵", "risks:matrix", "chart-bar", P.RISKS_READ),
            NavItem("法规依据", "laws:list", "gavel", P.LAWS_READ, inside=("/citations/",)),
            NavItem("制度", "regulations:list", "book-2", P.REGULATIONS_READ, P.REGULATIONS_READ_APPROVED),
            NavItem("防控措施", "controls:list", "shield-check", P.CONTROLS_READ, P.CONTROLS_READ_APPROVED),
            NavItem("防控措施台账", "controls:ledger", "notes", P.LEDGER_READ),
        ),
    ),
    NavGroup(
        "质量",
        (
            NavItem("检查结果", "checks:list", "checkup-list", P.FINDINGS_READ),
            NavItem("参数", "parameters:list", "adjustments", P.PARAMETERS_READ, P.PARAMETERS_READ_APPROVED),
            NavItem("操作日志", "journal:list", "history", P.JOURNAL_READ),
        ),
    ),
    NavGroup(
        "单位和账户",
        (
            NavItem("单位和岗位", "organisation:units", "sitemap", P.ORGANISATION_READ, inside=("/organisation/",)),
            NavItem("账户", "accounts:users", "users", P.USERS_MANAGE),
            NavItem("授权", "accounts:grants", "key", P.ROLES_GRANT),
            NavItem("用户日志", "accounts:users_log", "history", P.USER_LOGS_READ),
            NavItem("管理员日志", "accounts:administrators_log", "history", P.ADMIN_LOGS_READ),
            NavItem("角色权限表", "accounts:matrix", "table"),
        ),
    ),
)
RECORD_PAGES = {
    "units": "organisation:unit",
    "people": "organisation:person",
    "laws": "laws:detail",
    "users": "accounts:user",
    "programmes": "plans:detail",
    "plans": "plans:reading",
    "stages": "plans:part",
    "deliverables": "plans:part",
    "receipts": "plans:receipt",
    "rules": "checks:rule",
    "adjustments": "parameters:change",
    "powers": "powers:detail",
    "regulations": "regulations:detail",
    "controls": "controls:detail",
    "negatives": "risks:negative",
    "searches": "risks:search",
    "risks": "risks:detail",
    "measures": "controls:risk",
    "gradings": "risks:grading",
    "posts": "risks:post",
    "charts": "risks:chart",
}

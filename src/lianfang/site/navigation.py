"""The side navigation, and the page of each kind of record."""

from __future__ import annotations

from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.web.values import NavGroup, NavItem

NAVIGATION = (
    NavGroup("", (NavItem("我的工作", "home", "home"),)),
    NavGroup(
        "登记",
        (
            NavItem("权力清单", "powers:list", "list-check", Permission.POWERS_READ),
            NavItem("制度", "regulations:list", "book-2", Permission.REGULATIONS_READ),
            NavItem("防控措施", "controls:list", "shield-check", Permission.CONTROLS_READ),
            NavItem("防控措施台账", "controls:ledger", "notes", Permission.LEDGER_READ),
        ),
    ),
    NavGroup(
        "质量",
        (NavItem("检查结果", "checks:list", "checkup-list", Permission.FINDINGS_READ),),
    ),
)
RECORD_PAGES = {
    "rules": "checks:rule",
    "powers": "powers:detail",
    "regulations": "regulations:detail",
    "controls": "controls:detail",
}

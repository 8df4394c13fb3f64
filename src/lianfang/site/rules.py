"""The one table of lint rules: what runs on the registers, on a workbook before import, and on a public download."""

from __future__ import annotations

from lianfang.foundation.lint import rules as lint_rules
from lianfang.foundation.lint.rule import Rule
from lianfang.programme.plans import programme_rules
from lianfang.programme.plans import rules as plan_rules
from lianfang.registers.controls import rules as control_rules
from lianfang.registers.powers import rules as power_rules
from lianfang.registers.regulations import rules as regulation_rules
from lianfang.registers.risks import rules as risk_rules

RULES: tuple[Rule, ...] = (
    *lint_rules.RULES,
    *power_rules.RULES,
    *risk_rules.RULES,
    *regulation_rules.RULES,
    *control_rules.RULES,
    *plan_rules.RULES,
    *programme_rules.RULES,
)

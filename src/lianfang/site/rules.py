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
    *programme_rules.RULES,
    # The calendar of a plan is judged on the programme that is kept; its wording only where the text itself is at hand.
    *(rule for rule in plan_rules.RULES if rule.family == "DOC"),
)
FAMILIES = {
    "ORG": "单位、岗位",
    "PWR": "权力清单",
    "NEG": "负面清单",
    "RSK": "风险点与定级",
    "RUL": "制度",
    "CTL": "防控措施",
    "LDG": "台账",
    "PRG": "方案与报送",
    "DOC": "文字规范",
}
"""What the letters of a code stand for, in the order of the catalogue."""

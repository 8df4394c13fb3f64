"""Whether every unit has entries in each of its three lists; handing them in is the programme's matter (PRG005)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.roster import Roster
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.organisation.rows import PostRow, UnitKind, UnitRow
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.risks.rows import NegativeRow, RiskRow
from lianfang.registers.risks.rules.examples import BUREAU, NEGATIVE, POST, POWER, RISK, SECTION

SUBMITTERS = frozenset({UnitKind.SECTION, UnitKind.BRIGADE, UnitKind.STATION})
"""Units that search and hand in lists of their own; the leadership searches for the whole bureau."""


def unit_without_its_lists(material: Material) -> Iterator[Finding]:
    """ORG003.

    检查什么：每个现存的科室、大队、监测站，是否在权力清单、负面清单、风险点（岗位风险等级清单由此生成）中各有条目。
    没有在册岗位的单位不检查；报送手续由 PRG005 检查。
    为什么：方案要求各科室、监察大队、监测站提交三张清单。缺一张，汇总到单位的清单就不全。
    怎么改：通知该单位补报；确实没有职权的综合单位，登记其内部职权。
    来源：S31、S70。
    """
    lists = {
        "权力清单": {power.unit for power in material.of(PowerRow)},
        "负面清单": {entry.unit for entry in material.of(NegativeRow)},
        "岗位风险等级清单": {risk.unit for risk in material.of(RiskRow)},
    }
    roster = material.derived(Roster)
    staffed = {post.unit for post in roster.open_posts()}
    for unit in roster.live_units():
        if unit.unit_kind in SUBMITTERS and unit.number in staffed:
            missing = [name for name, units in lists.items() if unit.number not in units]
            if missing:
                yield Finding(unit.number, "number", f"“{unit.name}”还没有{'、'.join(missing)}。")


RULES: tuple[Rule, ...] = (
    Rule(
        code="ORG003",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="单位的三张清单缺项",
        check=unit_without_its_lists,
        subject=UnitRow,
        reads=(UnitRow, PostRow, PowerRow, NegativeRow, RiskRow),
        whole=True,
        sources=("S31", "S70"),
        fails=(BUREAU, SECTION, POST, POWER, RISK),
        passes=(BUREAU, SECTION, POST, POWER, RISK, NEGATIVE, replace(SECTION, number="U03", name="监测站")),
    ),
)
